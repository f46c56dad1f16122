/// Makes papers of bytes, however they come in: finds out the format, unpacks gzip, and goes on after bad records.
///
/// Bytes go in with ``append(_:)`` as they arrive and ``finish()`` at their end; papers and problems come out of
/// ``next()``, which gives `nil` when it needs more. It reads nothing by itself, so that files, requests and tests feed it
/// alike. What it keeps is bounded by ``ImportLimits`` and the size of the pieces, however long the input is.
package struct PaperParser {
    private enum Packing {
        case unknown
        case none
        case gzip(Inflater)
    }

    /// The source's name in problems.
    package let source: String
    /// What came out so far.
    package private(set) var summary = ImportSummary()

    private let limits: ImportLimits
    private var packing = Packing.unknown
    private var input = ByteQueue()
    private var text = ByteQueue()
    private var reader: (any RecordReader)?
    private var items: [ImportItem] = []
    private var itemsTaken = 0
    private var failure: RecordDefect?
    private var isDone = false

    /// Makes a parser for one source.
    ///
    /// - Parameters:
    ///   - source: its name in problems.
    ///   - limits: how much of one record is taken.
    package init(source: String, limits: ImportLimits = ImportLimits()) {
        self.source = source
        self.limits = limits
    }

    /// Takes the next piece of the source.
    ///
    /// Ask ``next()`` until it gives `nil` before the next piece; otherwise pieces heap up.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        precondition(input.end == nil, "the source has ended")
        input.append(bytes)
    }

    /// Says that everything came.
    package mutating func finish() { input.end = input.end ?? .complete }

    /// Says that the source could not be read on.
    ///
    /// What came last may be half a record and is left out.
    package mutating func fail(_ failure: SourceFailure) {
        guard input.end == nil else { return }
        input.end = failure.kind == .changed ? .complete : .cutShort
        self.failure = RecordDefect(kind: failure.kind, what: failure.what, remedy: failure.remedy)
    }

    /// The next paper or problem; `nil` when there is none before more bytes come, or at all after the end.
    package mutating func next() -> ImportItem? {
        while itemsTaken == items.count {
            items.removeAll(keepingCapacity: true)
            itemsTaken = 0
            guard !isDone, advance() else { return nil }
        }
        let item = items[itemsTaken]
        itemsTaken += 1
        switch item {
        case .paper: summary.papers += 1
        case .problem(let problem) where problem.severity == .note: summary.notes += 1
        case .problem: summary.refused += 1
        }
        return item
    }

    /// - Returns: whether anything happened.
    private mutating func advance() -> Bool {
        let hasUnpacked = unpack()
        if reader == nil {
            guard detectFormat() else { return isDone || hasUnpacked }
        }
        reader?.read(&text, into: &items)
        summary.furnitureLines = reader?.furnitureLines ?? 0
        if text.end != nil { conclude() }
        return hasUnpacked || isDone
    }

    /// Moves bytes on from the input to the text.
    private mutating func unpack() -> Bool {
        switch packing {
        case .unknown:
            guard input.count >= 2 || input.end != nil else { return false }
            input.consume { bytes in
                if bytes.starts(with: [0x1F, 0x8B]) { summary.isCompressed = true }
                return 0
            }
            packing = summary.isCompressed ? .gzip(Inflater()) : .none
            return true
        case .none:
            guard input.count > 0 || input.end != text.end else { return false }
            input.consume { bytes in
                text.append(bytes)
                return bytes.count
            }
            text.end = input.end
            return true
        case .gzip(let inflater):
            guard text.end == nil else { return false }
            switch inflater.step(&input, into: &text) {
            case .progress: return true
            case .needsInput: return false
            case .finished(let defect):
                failure = failure ?? defect
                text.end = .complete
            case .failed(let defect):
                failure = failure ?? defect
                text.end = .cutShort
            }
            return true
        }
    }

    /// - Returns: whether there is a reader now.
    private mutating func detectFormat() -> Bool {
        var finding = FormatDetection.Finding.undecided
        let isWhole = text.end != nil
        text.consume { bytes in
            finding = FormatDetection.find(in: bytes, isWhole: isWhole)
            if case .format(_, let count) = finding { return count }
            return 0
        }
        switch finding {
        case .undecided: return false
        case .empty: conclude()
        case .unsupported(let defect):
            failure = defect
            text.consume { $0.count }
            conclude()
        case .format(let format, _):
            summary.format = format
            reader = makeReader(format)
        }
        return reader != nil
    }

    private func makeReader(_ format: ImportFormat) -> any RecordReader {
        switch format {
        case .jsonLines: JSONLinesReader(source: source, limits: limits)
        case .json: JSONElementReader(source: source, limits: limits)
        case .listingPage: ListingPageReader(source: source, limits: limits)
        case .text: PlainTextReader(source: source, limits: limits)
        }
    }

    private mutating func conclude() {
        isDone = true
        let hasFoundSomething = summary.papers + summary.refused > 0 || !items.isEmpty
        if failure == nil && !hasFoundSomething {
            failure = RecordDefect(
                kind: .empty,
                what: summary.format == nil ? "it is empty" : "there is no paper in it",
                remedy: "Give JSON Lines, plain text, or the copied text of a listing page."
            )
        }
        guard let failure else { return }
        items.append(
            .problem(
                ImportProblem(
                    source: source,
                    line: nil,
                    kind: failure.kind,
                    severity: .fatal,
                    what: failure.what,
                    remedy: failure.remedy
                )
            )
        )
    }
}
