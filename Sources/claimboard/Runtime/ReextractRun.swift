import Extraction
import Registry

/// Reads stored papers anew, batch by batch.
struct ReextractRun {
    let registry: Registry
    let talk: TalkOptions

    /// A transaction's worth, as for ingest.
    private static let batchSize = 512
    /// Batches between two lines where there is no terminal to show progress on: some 10,000 papers.
    private static let batchesPerLine = 20

    /// Reads the papers of a scope anew.
    ///
    /// - Returns: what became of them; `unchanged` are those that somebody else changed meanwhile.
    /// - Throws: `RegistryError`, `PostgresError`, `CancellationError`; the batches before are kept then.
    func reextract(_ scope: ReextractionScope) async throws -> IngestTotals {
        let extractor = try await Extractor(knowing: registry)
        var walk = try await registry.beginReextraction(by: Extractor.version, scope: scope)
        let progress = Progress(isWanted: !talk.quiet)
        defer { progress.clear() }
        let start = ContinuousClock.now
        var totals = IngestTotals()
        var batches = 0
        while true {
            try Task.checkCancellation()
            let papers = try await registry.nextPapers(of: &walk, limit: Self.batchSize)
            guard !papers.isEmpty else { return totals }
            let records = await extractor.extract(papers.map(\.paper))
            let readings = zip(papers, records).map { PaperReadAnew(paper: $0, records: $1) }
            for (paper, outcome) in zip(papers, try await registry.keep(readings, readBy: Extractor.version)) {
                if case .refused(let reason) = outcome.result {
                    progress.clear()
                    StandardError.write("paper \(paper.id): \(reason)")
                }
                totals.add(outcome)
            }
            batches += 1
            let done = totals.papers + totals.refused
            let count = max(walk.count, done)
            progress.show(
                "\(Progress.bar(Double(done) / Double(count)))  \(done) of \(count) papers  "
                    + Progress.rate(done, since: start)
            )
            if batches.isMultiple(of: Self.batchesPerLine), !StandardError.isTerminal {
                talk.say("\(done) of \(count) papers read anew")
            }
        }
    }
}
