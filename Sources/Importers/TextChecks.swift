import Claims

extension RecordDefect {
    /// What to do about text in another encoding.
    static let encodingRemedy = "Save it as UTF-8; `iconv -f WINDOWS-1252 -t UTF-8` makes UTF-8 of old Western files."

    /// Makes sure that a text is within its limit and holds no NUL, which no database text can.
    static func check(_ text: String, _ name: String, limit: Int) throws(RecordDefect) {
        guard text.utf8.count <= limit else {
            throw RecordDefect(
                kind: .tooLong,
                what: "the \(name) has \(text.utf8.count) bytes; at most \(limit) are taken"
            )
        }
        guard !text.holdsNUL else {
            throw RecordDefect(kind: .encoding, what: "the \(name) holds a NUL character", remedy: "Take it out.")
        }
    }

    /// A title as it is kept.
    static func title(_ text: String) throws(RecordDefect) -> String {
        guard let title = PaperText.title(text) else {
            throw RecordDefect(kind: .encoding, what: "the title holds a control character", remedy: "Take it out.")
        }
        return title
    }

    /// A record over the limit.
    static func recordTooLong(_ count: Int, limit: Int) -> RecordDefect {
        RecordDefect(
            kind: .tooLong,
            what: "the record has \(count) bytes; at most \(limit) are taken",
            remedy: "Put each paper on a line of its own."
        )
    }

    /// A record whose end is missing because its source could not be read on.
    static let cutShort = RecordDefect(kind: .unreadable, what: "the record was left out, because its end is missing")
}

extension UnsafeRawBufferPointer {
    /// The first byte that cannot stand where it does in UTF-8; `nil` when all is well.
    var firstInvalidUTF8: Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: assumingMemoryBound(to: UInt8.self).span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }
}

extension String {
    fileprivate var holdsNUL: Bool {
        utf8.withContiguousStorageIfAvailable { UnsafeRawBufferPointer($0).firstOffset(of: 0) != nil }
            ?? utf8.contains(0)
    }
}

extension String {
    /// The text's start, fit to be shown in a message: without what a terminal would obey.
    var excerpt: String {
        let start = prefix(60)
        var shown = String.UnicodeScalarView()
        for scalar in start.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: shown.append("\u{FFFD}")
            default: shown.append(scalar)
            }
        }
        return String(shown) + (start.endIndex < endIndex ? "…" : "")
    }
}

extension StringProtocol {
    /// Whether there is nothing in it but white space.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
