import Claims

@testable import Importers

/// Everything that comes out of one source.
struct Imported: Equatable {
    var papers: [Paper] = []
    var paperLines: [Int] = []
    var problems: [ImportProblem] = []
    var summary = ImportSummary()

    /// The problems as `line kind severity`; `-` for no line.
    var codes: [String] {
        problems.map { "\($0.line.map(String.init) ?? "-") \($0.kind.rawValue) \($0.severity.rawValue)" }
    }

    mutating func add(_ item: ImportItem) {
        switch item {
        case .paper(let paper, let line):
            papers.append(paper)
            paperLines.append(line)
        case .problem(let problem): problems.append(problem)
        }
    }

    /// Feeds bytes to a parser in pieces.
    ///
    /// - Parameters:
    ///   - bytes: the source.
    ///   - limits: how much of one record is taken.
    ///   - failure: why the source cannot be read on after its bytes, if so.
    ///   - pieceSize: the size of the next piece.
    /// - Returns: what came out.
    static func of(
        _ bytes: some Sequence<UInt8>,
        limits: ImportLimits = ImportLimits(),
        failure: SourceFailure? = nil,
        pieceSize: () -> Int = { 4096 }
    ) -> Imported {
        var parser = PaperParser(source: "input", limits: limits)
        var imported = Imported()
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let piece = rest.prefix(max(1, pieceSize()))
            rest = rest.dropFirst(piece.count)
            piece.withUnsafeBytes { parser.append($0) }
            while let item = parser.next() { imported.add(item) }
        }
        if let failure { parser.fail(failure) } else { parser.finish() }
        while let item = parser.next() { imported.add(item) }
        imported.summary = parser.summary
        return imported
    }

    static func of(_ text: String, limits: ImportLimits = ImportLimits()) -> Imported { of(text.utf8, limits: limits) }
}
