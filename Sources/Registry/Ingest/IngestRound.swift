import Claims
internal import Postgres

/// One transaction of an ingest: papers of which no two share a text or an identifier.
///
/// Locks are taken in one order (papers, the names that they hold, identifiers, new names, each sorted, then the log's head), so that two rounds
/// cannot wait for each other. What counts and ranks is written under the log's lock, one transaction at a time.
struct IngestRound: Sendable {
    let transaction: Transaction

    /// A paper that is to be written.
    struct Work: Sendable {
        /// The position in the round.
        var position: Int
        var id: Int64
        var isNew: Bool
        var paper: PreparedPaper
        var extractorID: Int
    }

    /// Brings the papers into the registry.
    ///
    /// - Returns: an outcome for each; `nil` for one that turned out to be the same paper as an earlier one of the round
    ///   and has to wait for the next.
    func run(_ papers: [PreparedPaper]) async throws -> [IngestOutcome?] {
        var outcomes = [IngestOutcome?](repeating: nil, count: papers.count)
        var papers = papers
        try await goByIndexes()
        let sorted = try await sort(&papers, refusing: &outcomes)
        let written = sorted.new + sorted.changed.map(\.position)
        if !written.isEmpty {
            let extractors = try await extractorIDs(written.map { papers[$0].input.extractor })
            let created = try await insert(sorted.new.map { papers[$0] }, extractors: extractors)
            let ids = created.map { ($0, true) } + sorted.changed.map { ($0.id, false) }
            let work = try zip(written, ids).map { position, paper in
                let extractor = papers[position].input.extractor
                // A version that another transaction has just made comes into sight at the next try.
                guard let extractorID = extractors[extractor] else { throw IngestRace() }
                return Work(
                    position: position,
                    id: paper.0,
                    isNew: paper.1,
                    paper: papers[position],
                    extractorID: extractorID
                )
            }
            try await write(work.sorted { $0.position < $1.position }, into: &outcomes)
        }
        let counts = try await recordCounts(sorted.unchanged.map(\.id))
        for (position, id) in sorted.unchanged {
            outcomes[position] = IngestOutcome(result: .unchanged, paperID: id, counts: counts[id] ?? RecordCounts())
        }
        return outcomes
    }

    /// Has the planner look up what the papers touch by index, until the transaction ends.
    ///
    /// Each statement starts from a few hundred keys. The planner goes by statistics, which lag behind a database that is
    /// being filled: it takes tables for nearly empty and reads all of them, so that each batch costs more than the last.
    func goByIndexes() async throws {
        _ = try await transaction.query(
            """
            SELECT
                set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
                set_config('enable_mergejoin', 'off', true)
            """
        )
    }

    /// Writes papers that are locked or new, with their records.
    func write(_ work: [Work], into outcomes: inout [IngestOutcome?]) async throws {
        let read = work.filter { !$0.paper.keepsReading }
        let work = read + work.filter(\.paper.keepsReading)
        let known = work.filter { !$0.isNew }
        try await holdNames(of: known.filter { !$0.paper.keepsReading }.map(\.id))
        try await updatePapers(known)
        try await insertIdentifiers(work)
        let names = try await resolveNames(read)
        let before = try await usage(of: known.map(\.id))
        let written = try await writeRecords(read, names: names)
        try await finish(work, names: names, before: before, models: written.models)
        let kept = try await recordCounts(work[read.count...].map(\.id))
        let counts = written.counts + work[read.count...].map { kept[$0.id] ?? RecordCounts() }
        for (item, counts) in zip(work, counts) {
            outcomes[item.position] = IngestOutcome(
                result: item.isNew ? .created : .updated,
                paperID: item.id,
                counts: counts
            )
        }
    }

    /// New ids of a table, in order.
    func newIDs(_ count: Int, of table: String) async throws -> [Int64] {
        guard count > 0 else { return [] }
        let rows = try await transaction.query(
            "SELECT nextval(\(table + "_id_seq")::regclass) FROM generate_series(1, \(count))"
        )
        return try rows.values()
    }

    /// The ids of extractors, which are made where they are not known.
    func extractorIDs(_ wanted: [ExtractorVersion]) async throws -> [ExtractorVersion: Int] {
        let extractors = Set(wanted).sorted { $0.description < $1.description }
        let names = extractors.map(\.name)
        let versions = extractors.map(\.version)
        let read: SQL = """
            SELECT e.id, e.name, e.version
            FROM unnest(\(names)::text[], \(versions)::text[]) AS wanted (name, version)
            JOIN extractor e ON e.name = wanted.name AND e.version = wanted.version
            """
        var rows = try await transaction.query(read)
        if rows.count < extractors.count {
            try await transaction.execute(
                """
                INSERT INTO extractor (name, version)
                SELECT wanted.name, wanted.version
                FROM unnest(\(names)::text[], \(versions)::text[]) AS wanted (name, version)
                ORDER BY wanted.name, wanted.version
                ON CONFLICT (name, version) DO NOTHING
                """
            )
            rows = try await transaction.query(read)
        }
        return Dictionary(
            uniqueKeysWithValues: try rows.decode(Int.self, String.self, String.self).map { id, name, version in
                (ExtractorVersion(name: name, version: version), id)
            }
        )
    }

    private func recordCounts(_ papers: [Int64]) async throws -> [Int64: RecordCounts] {
        guard !papers.isEmpty else { return [:] }
        let rows = try await transaction.query(
            """
            SELECT
                p.id,
                (SELECT count(*) FROM claim r WHERE r.paper_id = p.id AND r.status = 'active'),
                (SELECT count(*) FROM paper_benchmark r WHERE r.paper_id = p.id AND r.status = 'active'),
                (SELECT count(*) FROM sota_claim r WHERE r.paper_id = p.id AND r.status = 'active'),
                (SELECT count(*) FROM model_size r WHERE r.paper_id = p.id AND r.status = 'active'),
                (SELECT count(*) FROM link r WHERE r.paper_id = p.id AND r.status = 'active')
            FROM unnest(\(papers)::bigint[]) AS p (id)
            """
        )
        let counts = try rows.decode(Int64.self, Int.self, Int.self, Int.self, Int.self, Int.self).map { row in
            let counts = RecordCounts(
                claims: row.1,
                benchmarks: row.2,
                sotaClaims: row.3,
                modelSizes: row.4,
                links: row.5
            )
            return (row.0, counts)
        }
        return Dictionary(counts) { first, _ in first }
    }
}
