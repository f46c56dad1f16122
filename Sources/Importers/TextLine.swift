import Claims

/// One line of a text, without white space at its ends.
struct TextLine {
    /// From 1.
    let number: Int
    let text: String
    /// Why the record that this line belongs to cannot be taken.
    let defect: RecordDefect?

    /// Whether there is nothing in it.
    var isBlank: Bool { text.isEmpty && defect == nil }

    /// Whether it ends as sentences do, or holds an address, as the last lines of abstracts do.
    var isSentence: Bool { text.endsSentence || text.contains("://") }

    /// Makes a line of what a splitter found; a line that is not text keeps its readable part, for finding the records.
    init(_ line: LineSplitter.Line, limit: Int) {
        self.number = line.number
        switch line.content {
        case .whole(let bytes):
            self.text = String(decoding: bytes, as: UTF8.self).trimmingSpaces()
            if let offset = bytes.firstInvalidUTF8 {
                self.defect = RecordDefect(
                    kind: .encoding,
                    what: "not valid UTF-8 at byte \(offset + 1) of line \(line.number)",
                    remedy: RecordDefect.encodingRemedy
                )
            } else if bytes.contains(0) {
                self.defect = RecordDefect(
                    kind: .encoding,
                    what: "line \(line.number) holds a NUL character",
                    remedy: "Take it out."
                )
            } else {
                self.defect = nil
            }
        case .tooLong(let count):
            self.text = ""
            self.defect = RecordDefect(
                kind: .tooLong,
                what: "line \(line.number) has \(count) bytes; at most \(limit) are taken"
            )
        case .cutShort:
            self.text = ""
            self.defect = RecordDefect.cutShort
        }
    }
}

extension TextLine {
    /// Makes one line of several that follow each other.
    ///
    /// - Parameter lines: at least one.
    init(joining lines: [TextLine]) {
        self.number = lines[0].number
        self.text = lines.map(\.text).joined(separator: " ")
        self.defect = lines.lazy.compactMap(\.defect).first
    }
}

extension String {
    /// Whether its last character, quotation marks and brackets aside, ends a sentence.
    var endsSentence: Bool {
        let last = last { !"\"'”’)]}*".contains($0) }
        return last == "." || last == "。"
    }
}

extension String {
    /// Whether nearly all of its longer words start with capitals, and it holds no address.
    var isInTitleCase: Bool {
        let words = split(whereSeparator: \.isWhitespace).filter { $0.utf8.count > 3 }
        return words.count >= 3 && words.count { $0.first?.isUppercase ?? false } * 10 >= words.count * 7
            && !contains("://")
    }
}
