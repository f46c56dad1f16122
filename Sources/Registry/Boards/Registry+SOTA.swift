import Claims
internal import Postgres

extension Registry {
    /// The best claim of each of a benchmark's boards, and what papers say about the state of the art on it.
    ///
    /// Of equal claims the one published first is the best.
    ///
    /// - Parameters:
    ///   - query: the benchmark and the filters; the metric and unit, where given, narrow the boards.
    ///   - known: the benchmark's boards where they are known already, which spares a query.
    /// - Returns: the report; empty lists where there is nothing to report.
    /// - Throws: `RegistryError` (notFound).
    package func sota(_ query: BoardQuery, of known: BenchmarkBoards? = nil) async throws -> SOTAReport {
        let (benchmark, _, boards) = try await chosenBoards(query, of: known)
        async let statements = statements(on: benchmark.id)
        let rows = try await client.read(
            Self.sotaSQL(boards: boards.map(\.id), filter: BoardFilter(query)).named("sota")
        )
        let byID = Dictionary(uniqueKeysWithValues: boards.map { ($0.id, $0) })
        let best = try rows.compactMap { row -> SOTAEntry? in
            var columns = ColumnReader(row)
            let board = byID[try columns.next(Int64.self)]
            let tieCount = try columns.next(Int.self)
            var entry = try BoardEntry(reading: &columns)
            entry.rank = 1
            return board.map { SOTAEntry(board: $0, entry: entry, tieCount: tieCount) }
        }
        return SOTAReport(benchmark: benchmark, best: best, statements: try await statements)
    }

    /// The query behind a report: for each board one descent of its index, and one for the ties.
    static func sotaSQL(boards: [Int64], filter: BoardFilter) -> SQL {
        """
        SELECT b.id, best.ties - 1, \(Columns.boardEntry(parameters: "best.parameters"))
        FROM unnest(\(boards)::bigint[]) WITH ORDINALITY AS b (id, place)
        CROSS JOIN LATERAL (
            SELECT e.sort_key FROM board_entry e
            WHERE e.board_id = b.id \(filter.sql)
            ORDER BY e.sort_key, e.claim_id
            LIMIT 1
        ) top
        CROSS JOIN LATERAL (
            SELECT e.claim_id, e.parameters, count(*) OVER () AS ties
            FROM board_entry e
            WHERE e.board_id = b.id AND e.sort_key = top.sort_key \(filter.sql)
            ORDER BY e.published NULLS LAST, e.claim_id
            LIMIT 1
        ) best
        JOIN claim c ON c.id = best.claim_id
        JOIN paper p ON p.id = c.paper_id
        LEFT JOIN model d ON d.id = c.model_id
        ORDER BY b.place
        """
    }

    private func statements(on benchmark: Int64) async throws -> [SOTAStatement] {
        let rows = try await client.read(
            """
            SELECT s.id, \(Columns.model), \(Columns.paper), \(Columns.sotaClaim)
            FROM sota_claim s
            JOIN paper p ON p.id = s.paper_id
            LEFT JOIN model d ON d.id = s.model_id
            WHERE s.status = 'active' AND s.id IN (
                SELECT sb.sota_claim_id FROM sota_claim_benchmark sb WHERE sb.benchmark_id = \(benchmark))
            ORDER BY p.published DESC NULLS LAST, s.id DESC
            LIMIT 100
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            let id = try columns.next(Int64.self)
            let model = try columns.model()
            let paper = try columns.paper()
            return SOTAStatement(id: id, statement: try SOTAClaim(reading: &columns), model: model, paper: paper)
        }
    }

    /// How the record on a board progressed.
    ///
    /// - Parameters:
    ///   - query: the benchmark, board and filters; the page plays no part.
    ///   - known: the benchmark's boards where they are known already, which spares a query.
    /// - Returns: the entries that were better than all published before them, oldest first.
    /// - Throws: `RegistryError` (notFound).
    package func history(_ query: BoardQuery, of known: BenchmarkBoards? = nil) async throws -> HistoryReport {
        let (benchmark, _, boards) = try await chosenBoards(query, of: known)
        guard let board = boards.first else {
            return HistoryReport(benchmark: benchmark, board: nil, records: [], undatedCount: 0)
        }
        let filter = BoardFilter(query).sql
        async let undated = client.read(
            "SELECT count(*) FROM board_entry e WHERE e.board_id = \(board.id) AND e.published IS NULL \(filter)"
        )
        let rows = try await client.read(
            """
            SELECT \(Columns.boardEntry(parameters: "e.parameters"))
            FROM (
                SELECT
                    e.claim_id, e.parameters, e.published, e.sort_key,
                    min(e.sort_key) OVER (
                        ORDER BY e.published, e.sort_key, e.claim_id
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS record
                FROM board_entry e
                WHERE e.board_id = \(board.id) AND e.published IS NOT NULL \(filter)
            ) e
            JOIN claim c ON c.id = e.claim_id
            JOIN paper p ON p.id = c.paper_id
            LEFT JOIN model d ON d.id = c.model_id
            WHERE e.record IS NULL OR e.sort_key < e.record
            ORDER BY e.published, e.sort_key DESC
            """
        )
        let records = try rows.map { row in
            var columns = ColumnReader(row)
            return try BoardEntry(reading: &columns)
        }
        return HistoryReport(
            benchmark: benchmark,
            board: board,
            records: records,
            undatedCount: try await undated.value(Int.self) ?? 0
        )
    }
}
