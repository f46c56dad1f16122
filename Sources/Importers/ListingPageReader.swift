/// Reads the copied text of a page that lists papers: furniture, then title and abstract in turn, each on a line.
///
/// A long line is an abstract; the last short line before it that is no furniture is its title. What is known to be
/// furniture is passed over anywhere, other short lines before the first title as well. After it nothing is lost without
/// a word: a sentence belongs to the abstract before it, and a title without an abstract is a problem.
struct ListingPageReader: RecordReader {
    private let source: String
    private let limits: ImportLimits
    private var splitter: LineSplitter
    private var draft: TextDraft?
    /// Short lines since the last abstract, none of them blank or known furniture.
    private var candidates: [TextLine] = []
    private var isNameNext = false
    private(set) var furnitureLines = 0

    /// From this many bytes on a line is an abstract: the longest titles have some 250, the shortest abstracts 300.
    static let abstractBytes = 300
    /// From this many bytes on a line that ends a sentence is an abstract, where a title waits for one.
    static let shortAbstractBytes = 80
    /// More short lines in a row than this are a menu, whatever they say, and only the last are kept.
    private static let maximumCandidates = 64

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
        if line.isBlank { return }
        if line.defect == nil && (isNameNext || PageFurniture.contains(line.text)) {
            isNameNext = PageFurniture.announcesName(line.text)
            furnitureLines += 1
            return
        }
        let isWaiting = !candidates.isEmpty
        let isAbstract =
            line.text.utf8.count >= Self.abstractBytes || line.defect?.kind == .tooLong
            || isWaiting && line.text.utf8.count >= Self.shortAbstractBytes && line.text.endsSentence
        guard isAbstract else {
            candidates.append(line)
            if candidates.count > Self.maximumCandidates {
                candidates.removeFirst()
                furnitureLines += 1
            }
            return
        }
        if isWaiting {
            begin(&items)
        } else if draft == nil {
            items.append(.problem((line.defect ?? .noTitle).problem(in: source, line: line.number)))
            return
        }
        draft?.add(line, startsParagraph: true)
    }

    /// Starts the paper whose title is the last candidate that reads like one.
    private mutating func begin(_ items: inout [ImportItem]) {
        let index = candidates.lastIndex { $0.text.hasWords(3) } ?? candidates.count - 1
        let title = candidates[index]
        let strays = candidates[..<index] + candidates[(index + 1)...]
        candidates = []
        settle(strays, &items)
        if let draft { items.append(draft.item(in: source)) }
        draft = TextDraft(title: title, limits: limits)
    }

    /// Decides on short lines that turned out to be no titles.
    private mutating func settle(_ strays: some Sequence<TextLine>, _ items: inout [ImportItem]) {
        for line in strays {
            if draft != nil && line.isSentence {
                draft?.add(line, startsParagraph: true)
            } else if draft != nil && (line.text.hasWords(4) || line.defect != nil) {
                items.append(.problem((line.defect ?? .noAbstract(line)).problem(in: source, line: line.number)))
            } else {
                furnitureLines += 1
            }
        }
    }

    private mutating func finish(_ end: ByteQueue.End, _ items: inout [ImportItem]) {
        let strays = candidates
        candidates = []
        if end == .complete { settle(strays, &items) }
        guard let draft else { return }
        self.draft = nil
        switch end {
        case .complete: items.append(draft.item(in: source))
        case .cutShort: items.append(.problem(RecordDefect.cutShort.problem(in: source, line: draft.title.number)))
        }
    }
}

extension String {
    /// Whether there are at least so many words in it, and enough letters that they are words.
    fileprivate func hasWords(_ count: Int) -> Bool {
        split(maxSplits: count, omittingEmptySubsequences: true, whereSeparator: \.isWhitespace).count >= count
            && utf8.count >= count * 4
    }
}
