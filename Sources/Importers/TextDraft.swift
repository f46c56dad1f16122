import Claims

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
            let paper = Paper(title: try RecordDefect.title(title.text), abstract: PaperText.abstract(abstract))
            return .paper(paper, line: title.number)
        } catch {
            return .problem(error.problem(in: source, line: title.number))
        }
    }
}

extension RecordDefect {
    /// A line that looks like a title and has no text after it.
    static func noAbstract(_ title: TextLine) -> RecordDefect {
        RecordDefect(
            kind: .shape,
            what: "no abstract follows the title “\(title.text.excerpt)”",
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
