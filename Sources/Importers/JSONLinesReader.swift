/// Reads JSON Lines: one object a line, blank lines between them allowed.
struct JSONLinesReader: RecordReader {
    private let source: String
    private let limits: ImportLimits
    private var splitter: LineSplitter

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
                switch line.content {
                case .whole(let bytes):
                    if !bytes.isBlank { items.append(record: bytes, at: line.number, in: source, limits: limits) }
                case .tooLong(let count):
                    let defect = RecordDefect.recordTooLong(count, limit: limits.recordBytes)
                    items.append(.problem(defect.problem(in: source, line: line.number)))
                case .cutShort:
                    items.append(.problem(RecordDefect.cutShort.problem(in: source, line: line.number)))
                }
            }
            return offset
        }
    }
}

extension [ImportItem] {
    /// Appends what one JSON record gives: a paper with notes, or a problem.
    mutating func append(
        record bytes: UnsafeRawBufferPointer,
        at line: Int,
        in source: String,
        limits: ImportLimits
    ) {
        do throws(RecordDefect) {
            let (paper, notes) = try PaperJSON.read(bytes, limits: limits)
            append(.paper(paper, line: line))
            for note in notes { append(.problem(note.problem(in: source, line: line, severity: .note))) }
        } catch {
            append(.problem(error.problem(in: source, line: line)))
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether there is nothing in it but spaces and tabs.
    fileprivate var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}
