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

/// A paper of a text as its lines come in.
struct TextDraft {
    /// The line of the title.
    let title: TextLine
    private let limits: ImportLimits
    private var abstract = ""
    private var defect: RecordDefect?

    init(title: TextLine, limits: ImportLimits) {
        self.title = title
        self.limits = limits
        self.defect = title.defect
    }

    /// Adds a line to the abstract; over the limit the text is dropped and the paper refused in the end.
    mutating func add(_ line: TextLine, startsParagraph: Bool) {
        defect = defect ?? line.defect
        guard defect == nil else { return }
        if !abstract.isEmpty { abstract += startsParagraph ? "\n\n" : "\n" }
        abstract += line.text
        if abstract.utf8.count > limits.abstractBytes {
            defect = RecordDefect(kind: .tooLong, what: "the abstract has more than \(limits.abstractBytes) bytes")
            abstract = ""
        }
    }

    /// The paper, or why it cannot be taken.
    func item(in source: String) -> ImportItem {
        do throws(RecordDefect) {
            if let defect { throw defect }
            try RecordDefect.check(title.text, "title", limit: limits.titleBytes)
            return .paper(Paper(title: title.text, abstract: abstract), line: title.number)
        } catch {
            return .problem(error.problem(in: source, line: title.number))
        }
    }
}

extension RecordDefect {
    /// A line that looks like a title and has no text after it.
    static func noAbstract(_ title: TextLine) -> RecordDefect {
        let shown = title.text.count > 60 ? title.text.prefix(60) + "…" : Substring(title.text)
        return RecordDefect(
            kind: .shape,
            what: "no abstract follows the title “\(shown)”",
            remedy: "Put the abstract after its title, with a full stop at its end."
        )
    }

    /// A text before the first title.
    static let noTitle = RecordDefect(
        kind: .shape,
        what: "an abstract stands without a title",
        remedy: "Put the title on a line of its own before it."
    )
}
