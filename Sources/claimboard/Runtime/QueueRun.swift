import Extraction
import Registry

/// Reads papers of the queue, batch by batch.
struct QueueRun {
    let registry: Registry
    let talk: TalkOptions
    let rules: QueueRules

    /// A transaction's worth, as for ingest.
    private static let batchSize = 512
    /// How long to look away where nothing is due.
    private static let pause = Duration.milliseconds(500)
    /// Batches between two readings of what the registry knows, and between two lines without a terminal.
    private static let batchesPerTurn = 20

    /// Works until it is cancelled or, where that is wanted, until the queue is empty.
    ///
    /// What it has taken when it is cancelled goes back at once.
    ///
    /// - Returns: what became of the papers.
    /// - Throws: `RegistryError` where the database stays away, `CancellationError`.
    func work(untilEmpty: Bool) async throws -> IngestTotals {
        let progress = Progress(isWanted: !talk.quiet)
        defer { progress.clear() }
        let start = ContinuousClock.now
        var totals = IngestTotals()
        var extractor = try await Extractor(knowing: registry)
        var batches = 0
        while true {
            try Task.checkCancellation()
            let lease = try await registry.takeFromQueue(limit: Self.batchSize, rules: rules)
            guard !lease.papers.isEmpty else {
                if untilEmpty, try await registry.queueLength().waiting == 0 { return totals }
                try await Task.sleep(for: Self.pause)
                continue
            }
            for outcome in try await keep(lease, with: extractor, progress) { totals.add(outcome) }
            batches += 1
            let done = totals.papers + totals.refused
            if batches.isMultiple(of: Self.batchesPerTurn) {
                extractor = try await Extractor(knowing: registry)
                let length = try await registry.queueLength()
                if !StandardError.isTerminal { talk.say("\(done) papers read, \(length.waiting) wait") }
            }
            progress.show("\(done) papers read  \(Progress.rate(done, since: start))")
        }
    }

    /// - Returns: the outcomes; none where the batch failed and was given back.
    private func keep(
        _ lease: QueueLease,
        with extractor: Extractor,
        _ progress: Progress
    ) async throws -> [IngestOutcome] {
        do {
            let records = await extractor.extract(lease.papers.map(\.paper))
            let papers = zip(lease.papers, records).map { queued, records in
                IngestPaper(
                    paper: queued.paper,
                    records: records,
                    extractor: Extractor.version,
                    source: queued.source
                )
            }
            let outcomes = try await registry.ingest(papers)
            try await registry.finish(lease, outcomes)
            return outcomes
        } catch {
            let isStopped = error is CancellationError || Task.isCancelled
            // A task of its own, since a cancelled one gets nothing done.
            let giving = Task { [registry, rules] in
                try await registry.giveBack(lease, because: isStopped ? nil : "\(error)", rules: rules)
            }
            do {
                try await giving.value
            } catch {
                progress.clear()
                talk.say("\(lease.papers.count) papers wait until their lease is over: \(error)")
            }
            guard !isStopped else { throw error }
            progress.clear()
            talk.say("\(lease.papers.count) papers are tried again later: \(error)")
            return []
        }
    }
}
