import Claims
import Extraction
import Formats
import Importers
import Registry

/// Reads files into a registry: one batch is kept while the next one is read.
struct IngestRun {
    let registry: Registry
    let talk: TalkOptions
    private let extractor: Extractor

    /// Makes a run whose extractor looks for what the registry knows now.
    ///
    /// - Throws: `PostgresError`.
    init(registry: Registry, talk: TalkOptions) async throws {
        self.registry = registry
        self.talk = talk
        self.extractor = try await Extractor(knowing: registry)
    }

    /// A transaction's worth: large enough that its fixed costs do not count, small enough that little is lost when it
    /// is interrupted.
    private static let batchSize = 512

    /// Reads files, one after the other.
    ///
    /// - Returns: what became of their papers.
    /// - Throws: `RegistryError`, `PostgresError`, `CancellationError`; the batches before are kept then.
    func ingest(_ files: [String]) async throws -> IngestTotals {
        let stream = PaperStream(paths: files)
        let progress = Progress(isWanted: !talk.quiet)
        defer { progress.clear() }
        let start = ContinuousClock.now
        var totals = IngestTotals()
        var kept: Task<[IngestOutcome], any Error>?
        var isLastOfFile = false
        var source = ""
        var lines: [Int] = []

        /// Takes the outcome of the batch that is being kept.
        func settle() async throws {
            guard let task = kept else { return }
            kept = nil
            let outcomes = try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
            for (line, outcome) in zip(lines, outcomes) {
                if case .refused(let reason) = outcome.result {
                    progress.clear()
                    StandardError.write("\(source):\(line): \(reason)")
                }
                totals.add(outcome)
            }
            if isLastOfFile { talk.say(totals.endFile(source)) }
        }

        while let batch = await stream.next(limit: Self.batchSize) {
            try Task.checkCancellation()
            let prepared = await prepare(batch)
            try await settle()
            report(batch.problems, progress)
            (source, isLastOfFile) = (batch.source, batch.isLast)
            lines = batch.papers.map(\.line)
            if batch.isLast { totals.refused += batch.refused }
            kept = Task { [registry] in try await registry.ingest(prepared) }
            progress.show(Self.line(totals, batch, since: start))
        }
        try await settle()
        return totals
    }

    private func prepare(_ batch: PaperStream.Batch) async -> [IngestPaper] {
        let records = await extractor.extract(batch.papers.map(\.paper))
        let file = batch.source.split(separator: "/").last.map(String.init)
        return zip(batch.papers, records).map { entry, records in
            IngestPaper(
                paper: entry.paper,
                records: records,
                extractor: Extractor.version,
                source: IngestSource(file: file, line: entry.line)
            )
        }
    }

    private static func line(
        _ totals: IngestTotals,
        _ batch: PaperStream.Batch,
        since start: ContinuousClock.Instant
    ) -> String {
        let text = "\(batch.source)  \(totals.papers) papers  \(Progress.rate(totals.papers, since: start))"
        return batch.fraction.map { "\(Progress.bar($0))  \(text)" } ?? text
    }
}
