import Importers
import Registry

/// Puts the papers of files into the queue.
struct QueueFilling {
    let registry: Registry
    let talk: TalkOptions

    private static let batchSize = 512
    /// So many papers keep all workers busy for a minute or two; more only fill the disk.
    private static let longest = 100_000

    /// Reads files, one after the other, and waits while the queue is long.
    ///
    /// - Returns: how many papers are in the queue now because of it, and how many records could not be read.
    /// - Throws: `RegistryError`, `CancellationError`; the batches before are in the queue then.
    func fill(from files: [String]) async throws -> (queued: Int, refused: Int) {
        let stream = PaperStream(paths: files)
        let progress = Progress(isWanted: !talk.quiet)
        defer { progress.clear() }
        let start = ContinuousClock.now
        var totals = (queued: 0, refused: 0)
        while let batch = await stream.next(limit: Self.batchSize) {
            try Task.checkCancellation()
            report(batch.problems, progress)
            if batch.isLast { totals.refused += batch.refused }
            let file = batch.source.split(separator: "/").last.map(String.init)
            let papers = batch.papers.map {
                QueuedPaper(paper: $0.paper, source: IngestSource(file: file, line: $0.line))
            }
            while try await registry.queueLength().waiting > Self.longest {
                progress.show("\(batch.source)  \(totals.queued) papers queued; the queue is long, waiting for workers")
                try await Task.sleep(for: .milliseconds(500))
            }
            try await registry.enqueue(papers)
            totals.queued += papers.count
            progress.show(
                "\(batch.source)  \(totals.queued) papers queued  \(Progress.rate(totals.queued, since: start))"
            )
        }
        return totals
    }
}
