import Claims
internal import Logging
internal import Postgres

extension Registry {
    /// Keeps a batch of papers with their records, in one transaction: all of it or, when it throws, nothing.
    ///
    /// A paper that is known (by an identifier, or by its text) and says nothing new changes nothing. One that is known
    /// with another text, more identifiers or an older version of the extractor is read anew: records found again keep
    /// their ids, those no longer found are retired, and fields that a person has set stay. A paper that comes more than
    /// once in the batch is taken up again in a transaction after the first, where it says anything more. Safe to call from many connections at once,
    /// also with the same papers.
    ///
    /// - Parameter papers: the papers, in any number; some hundreds at a time are quickest.
    /// - Returns: one outcome for each paper, in the same order.
    /// - Throws: `RegistryError` (conflict) where others kept getting in between, (unavailable) where the database is not
    ///   there; nothing of the batch was written then, unless the connection broke at the very end: ingesting the batch
    ///   again finds out, and does no harm.
    package func ingest(_ papers: [IngestPaper]) async throws -> [IngestOutcome] {
        var outcomes: [Int: IngestOutcome] = [:]
        var waiting: [PreparedPaper] = []
        var originals: [[UInt8]: PreparedPaper] = [:]
        var copies: [(place: Int, original: Int)] = []
        for (place, input) in papers.enumerated() {
            if let reason = IngestLimits.refusal(of: input) {
                outcomes[place] = IngestOutcome(result: .refused(reason: reason), paperID: nil, counts: RecordCounts())
            } else {
                let paper = PreparedPaper(place: place, input: input)
                if let original = originals[paper.textHash], original.saysAll(of: paper) {
                    copies.append((place, original.place))
                } else {
                    originals[paper.textHash] = originals[paper.textHash] ?? paper
                    waiting.append(paper)
                }
            }
        }
        while !waiting.isEmpty {
            let (round, rest) = Self.firstRound(of: waiting)
            var later = rest
            let results = try await ingestRound(round)
            for (paper, outcome) in zip(round, results) {
                if let outcome { outcomes[paper.place] = outcome } else { later.append(paper) }
            }
            waiting = later.sorted { $0.place < $1.place }
        }
        for (place, original) in copies {
            guard var outcome = outcomes[original] else { continue }
            if outcome.paperID != nil { outcome.result = .unchanged }
            outcomes[place] = outcome
        }
        return papers.indices.compactMap { outcomes[$0] }
    }

    /// Splits off the papers that no earlier one shares a text or an identifier with.
    private static func firstRound(of papers: [PreparedPaper]) -> (round: [PreparedPaper], later: [PreparedPaper]) {
        var seen: Set<String> = []
        var round: [PreparedPaper] = []
        var later: [PreparedPaper] = []
        for paper in papers {
            let handles = paper.handles
            if seen.isDisjoint(with: handles) { round.append(paper) } else { later.append(paper) }
            seen.formUnion(handles)
        }
        return (round, later)
    }

    private func ingestRound(_ papers: [PreparedPaper]) async throws -> [IngestOutcome?] {
        try await inRound { try await $0.run(papers) }
    }

    /// Runs a round, and again where another writer was quicker with the same paper or name.
    func inRound<Outcomes: Sendable>(
        _ body: @Sendable (IngestRound) async throws -> Outcomes
    ) async throws -> Outcomes {
        for attempt in 1...Self.attempts {
            do {
                return try await client.transaction { transaction in
                    try await body(IngestRound(transaction: transaction))
                }
            } catch is IngestRace {
                logger.debug("another writer was quicker, trying again", metadata: ["attempt": "\(attempt)"])
            } catch let error as PostgresError where error.isRetryable || error.isUniqueViolation() {
                logger.debug("another writer got in between, trying again", metadata: ["attempt": "\(attempt)"])
            } catch {
                throw Database.translated(error)
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 1...5 * attempt)))
        }
        throw RegistryError(.unavailable, "other writers kept getting in between; nothing was written")
    }

    /// Each lost race is another's success, so that this many in a row mean that something is wrong.
    private static let attempts = 20
}

/// Another transaction has just made what this one wanted to make; seen anew, it will be found.
struct IngestRace: Error {}
