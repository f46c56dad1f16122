/// Reads plain text: a title line, then the abstract, blank lines between papers.
///
/// The abstract may follow its title on the next line, or after a blank line; it may have several lines and paragraphs.
/// A paragraph of one line is a title when it does not end a sentence or has its words in capitals; any other belongs to
/// the abstract before it.
struct PlainTextReader: RecordReader {
    /// How the text sets titles; as its first paper does it.
    private enum Style {
        /// The abstract follows on the next line.
        case attached
        /// The title is a paragraph of its own.
        case apart
    }

    private let source: String
    private let limits: ImportLimits
    private var splitter: LineSplitter
    private var style: Style?
    private var title: TextLine?
    private var draft: TextDraft?
    /// The first lines of a paragraph: so many as it takes to tell what it is.
    private var opening: [TextLine] = []
    /// Whether the paragraph's lines go to the draft as they come.
    private var isInAbstract = false

    /// What is longer is no title but an abstract, even if it ends no sentence: the longest titles have some 250 bytes.
    private static let titleBytes = 300
    /// Titles are set over as many lines at most.
    private static let titleLines = 3

    init(source: String, limits: ImportLimits) {
        self.source = source
        self.limits = limits
        self.splitter = LineSplitter(limit: limits.recordBytes)
    }

    mutating func read(_ queue: inout ByteQueue, into items: inout [ImportItem]) {
        let end = queue.end
        queue.consume { bytes in
            var offset = 0
            while let line = splitter.next(in: bytes, at: &offset, end: end) {
                read(TextLine(line, limit: limits.recordBytes), &items)
            }
            return offset
        }
        if let end { finish(end, &items) }
    }

    private mutating func read(_ line: TextLine, _ items: inout [ImportItem]) {
        if line.isBlank {
            endParagraph(&items)
        } else if isInAbstract {
            draft?.add(line, startsParagraph: false)
        } else {
            opening.append(line)
            // A paragraph of more lines than a title has is an abstract, with or without its title on the first line.
            let isLong = line.text.utf8.count > Self.titleBytes || line.defect?.kind == .tooLong
            if isLong || opening.count > Self.titleLines { openAbstract(&items) }
        }
    }

    private mutating func endParagraph(_ items: inout [ImportItem]) {
        if !isInAbstract && !opening.isEmpty {
            if isAbstract(opening) {
                openAbstract(&items)
            } else if !isHeading(opening) {
                takeTitle(opening, &items)
            }
            opening = []
        }
        isInAbstract = false
    }

    private func isHeading(_ lines: [TextLine]) -> Bool {
        lines.count == 1 && Self.headings.contains(lines[0].text.lowercased())
    }

    /// Whether a paragraph of a few lines belongs to an abstract, though it may start with its title.
    private func isAbstract(_ lines: [TextLine]) -> Bool {
        let text = lines.map(\.text).joined(separator: " ")
        if text.utf8.count > Self.titleBytes || lines.count > 1 && style == .attached { return true }
        guard lines.last?.isSentence == true else { return false }
        // A title may end with a full stop as well, where one can stand.
        let canBeTitle = title == nil && (lines.count == 1 || style == .apart)
        return !canBeTitle || draft != nil && !text.isInTitleCase
    }

    private mutating func takeTitle(_ lines: [TextLine], _ items: inout [ImportItem]) {
        if let title { refuse(.noAbstract(title), at: title, &items) }
        flush(&items)
        title = lines.count == 1 ? lines[0] : TextLine(joining: lines)
    }

    /// Gives the paragraph's lines so far to the paper that they belong to; the others follow them.
    private mutating func openAbstract(_ items: inout [ImportItem]) {
        var lines = opening[...]
        opening = []
        isInAbstract = true
        if startsWithTitle(lines), let first = lines.popFirst() {
            style = style ?? .attached
            takeTitle([first], &items)
        } else if title != nil {
            style = style ?? .apart
        } else if draft == nil, let first = lines.first {
            refuse(first.defect ?? .noTitle, at: first, &items)
        }
        if let title { draft = TextDraft(title: title, limits: limits) }
        title = nil
        for (index, line) in lines.enumerated() { draft?.add(line, startsParagraph: index == 0) }
    }

    private func startsWithTitle(_ lines: ArraySlice<TextLine>) -> Bool {
        guard let first = lines.first, let second = lines.dropFirst().first,
            !first.text.endsSentence || first.text.isInTitleCase, first.text.utf8.count <= Self.titleBytes
        else { return false }
        return style == .attached || title == nil && (style == nil || second.text.utf8.count > Self.titleBytes)
    }

    private mutating func flush(_ items: inout [ImportItem]) {
        if let draft { items.append(draft.item(in: source)) }
        draft = nil
    }

    private mutating func finish(_ end: ByteQueue.End, _ items: inout [ImportItem]) {
        if end == .cutShort {
            let line = draft?.title ?? title ?? opening.first
            if let line { refuse(.cutShort, at: line, &items) }
            (draft, title, opening) = (nil, nil, [])
            return
        }
        endParagraph(&items)
        flush(&items)
        if let title { refuse(.noAbstract(title), at: title, &items) }
        title = nil
    }

    private func refuse(_ defect: RecordDefect, at line: TextLine, _ items: inout [ImportItem]) {
        items.append(.problem(defect.problem(in: source, line: line.number)))
    }

    private static let headings: Set<String> = ["abstract", "abstract:", "summary", "summary:"]
}
