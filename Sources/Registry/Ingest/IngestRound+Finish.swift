import Claims
internal import Postgres

/// How often papers use a name.
struct NameUsage: Sendable, Hashable {
    var claims = 0
    var papers = 0
}

/// A benchmark, metric or model.
struct NameID: Sendable, Hashable {
    var kind: NameKind
    var id: Int64
}

extension IngestRound {
    /// How often papers use names, now.
    func usage(of papers: [Int64]) async throws -> [NameID: NameUsage] {
        guard !papers.isEmpty else { return [:] }
        let rows = try await transaction.query(
            """
            SELECT 'benchmark', u.benchmark_id, count(DISTINCT u.claim_id), count(DISTINCT u.paper_id)
            FROM (
                SELECT cb.benchmark_id, c.id AS claim_id, c.paper_id
                FROM claim c
                JOIN claim_benchmark cb ON cb.claim_id = c.id
                WHERE c.paper_id = ANY (\(papers)::bigint[]) AND c.status = 'active'
                UNION ALL
                SELECT n.benchmark_id, NULL, n.paper_id
                FROM paper_benchmark n
                WHERE n.paper_id = ANY (\(papers)::bigint[]) AND n.status = 'active'
                UNION ALL
                -- A statement counts for nothing, but it is shown with the benchmark.
                SELECT sb.benchmark_id, NULL, NULL
                FROM sota_claim s
                JOIN sota_claim_benchmark sb ON sb.sota_claim_id = s.id
                WHERE s.paper_id = ANY (\(papers)::bigint[])
            ) u
            GROUP BY u.benchmark_id
            UNION ALL
            SELECT 'metric', c.metric_id, count(*), 0
            FROM claim c
            WHERE c.paper_id = ANY (\(papers)::bigint[]) AND c.status = 'active' AND c.metric_id IS NOT NULL
            GROUP BY c.metric_id
            UNION ALL
            SELECT 'model', c.model_id, count(*), 0
            FROM claim c
            WHERE c.paper_id = ANY (\(papers)::bigint[]) AND c.status = 'active' AND c.model_id IS NOT NULL
            GROUP BY c.model_id
            """
        )
        var usage: [NameID: NameUsage] = [:]
        for row in rows {
            var columns = ColumnReader(row)
            let name = NameID(kind: try columns.word(), id: try columns.next())
            usage[name] = NameUsage(claims: try columns.next(), papers: try columns.next())
        }
        return usage
    }

    /// Writes what follows from the records (boards, counts, sizes) and the history, one transaction at a time.
    func finish(
        _ work: [Work],
        names: RoundNames,
        before: [NameID: NameUsage],
        models: Set<Int64>
    ) async throws {
        try await transaction.execute("SELECT position FROM log_head FOR UPDATE")
        let touched = try await rebuildBoards(work, models: models)
        let after = try await usage(of: work.map(\.id))
        let position = try await recordHistory(work, names: names)
        try await touched.write(position: position, in: transaction)
        try await count(before: before, after: after, position: position)
    }

    /// Adds the revisions and log entries.
    ///
    /// - Returns: the log's new head position.
    private func recordHistory(_ work: [Work], names: RoundNames) async throws -> Int64 {
        var position: Int64 = 0
        let groups = Dictionary(grouping: work.indices) { work[$0].paper.input.extractor.description }
        for (author, positions) in groups.sorted(by: { $0.key < $1.key }) {
            let items = positions.map { work[$0] }
            let changed = names.changed.filter { positions.contains($0.paper) }
            let rows = try await transaction.query(
                """
                SELECT record_changes(
                    \(author), \(items.map(\.id))::bigint[],
                    \(items.map { $0.isNew ? "paper.created" : "paper.updated" })::text[],
                    \(items.map(\.paper.input.source.reason))::text[],
                    \(changed.map(\.kind.rawValue))::text[], \(changed.map(\.id))::bigint[],
                    \(changed.map { work[$0.paper].id })::bigint[])
                """
            )
            position = try rows.value(Int64.self) ?? position
        }
        return position
    }

    /// Brings the counts of names up to date.
    private func count(before: [NameID: NameUsage], after: [NameID: NameUsage], position: Int64) async throws {
        for kind in NameKind.allCases {
            let ids = Set(before.keys).union(after.keys).filter { $0.kind == kind }.sorted { $0.id < $1.id }
            guard !ids.isEmpty else { continue }
            let claims = ids.map { (after[$0]?.claims ?? 0) - (before[$0]?.claims ?? 0) }
            let papers = ids.map { (after[$0]?.papers ?? 0) - (before[$0]?.papers ?? 0) }
            let more: SQL =
                kind == .benchmark ? ", paper_count = t.paper_count + d.papers, log_position = \(position)" : ""
            try await transaction.execute(
                """
                UPDATE \(unescaped: kind.rawValue) t SET claim_count = t.claim_count + d.claims \(more)
                FROM unnest(\(ids.map(\.id))::bigint[], \(claims)::integer[], \(papers)::integer[])
                    AS d (id, claims, papers)
                WHERE t.id = d.id
                """
            )
        }
    }
}

extension IngestSource {
    /// What a revision says about where it comes from.
    var reason: String {
        switch (file, line) {
        case (let file?, let line?): "read from \(file), line \(line)"
        case (let file?, nil): "read from \(file)"
        default: "read from the text"
        }
    }
}
