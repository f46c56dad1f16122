import Claims
internal import Postgres

extension IngestRound {
    /// A new reading of a stored paper, ready to be kept.
    struct NewReading: Sendable {
        var paper: PaperToRead
        var prepared: PreparedPaper
    }

    /// Keeps new readings of the papers that are still as they were when they were handed out.
    ///
    /// - Returns: an outcome for each, in the same order.
    func keep(_ readings: [NewReading], readBy extractor: ExtractorVersion) async throws -> [IngestOutcome] {
        try await goByIndexes()
        let stored = try await lock(readings.map(\.paper.id))
        let current = readings.indices.filter { index in
            let reading = readings[index]
            return stored[reading.paper.id].map {
                $0.readAt == reading.paper.readAt && $0.textHash == reading.prepared.textHash
            } ?? false
        }
        var outcomes = [IngestOutcome?](repeating: nil, count: readings.count)
        if !current.isEmpty {
            // A version that another transaction has just made comes into sight at the next try.
            guard let extractorID = try await extractorIDs([extractor])[extractor] else { throw IngestRace() }
            let work = current.map { index in
                Work(
                    position: index,
                    id: readings[index].paper.id,
                    isNew: false,
                    paper: readings[index].prepared,
                    extractorID: extractorID
                )
            }
            try await write(work, into: &outcomes)
        }
        return zip(readings, outcomes).map { reading, outcome in
            outcome ?? IngestOutcome(result: .unchanged, paperID: reading.paper.id, counts: RecordCounts())
        }
    }

    /// Locks papers as an ingest does, and tells the state in which they are; retracted ones are left out.
    private func lock(_ ids: [Int64]) async throws -> [Int64: (textHash: [UInt8], readAt: String)] {
        let rows = try await transaction.query(
            """
            SELECT p.id, p.text_hash, \(Columns.time("p.extracted_at"))
            FROM paper p
            WHERE p.id = ANY (\(ids)::bigint[]) AND p.status = 'active'
            ORDER BY p.id
            FOR NO KEY UPDATE
            """
        )
        let states = try rows.decode(Int64.self, [UInt8].self, String.self).map { ($0, (textHash: $1, readAt: $2)) }
        return Dictionary(states) { first, _ in first }
    }
}
