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
        try await steadily(query, of: known) { try await sota(query, of: $0) }
    }

    private func sota(
        _ query: BoardQuery,
        of known: BenchmarkBoards
    ) async throws -> (value: SOTAReport, positions: [Int64]) {
        let boards = try await chosenBoards(query, of: known)
        let sql = Self.sotaSQL(
            benchmark: known.benchmark.id,
            boards: boards.map(\.id),
            lines: BoardLines(.active, at: known.moment),
            filter: BoardFilter(query)
        )
        async let statements = statements(on: known)
        let rows = try await client.read(sql.named("sota"))
        let byID = Dictionary(uniqueKeysWithValues: boards.map { ($0.id, $0) })
        let best = try rows.compactMap { row -> SOTAEntry? in
            var columns = ColumnReader(row)
            columns.skip(1)
            let board = byID[try columns.next(Int64.self)]
            let tieCount = try columns.next(Int.self)
            var entry = try BoardEntry(reading: &columns)
            entry.rank = 1
            return board.map { SOTAEntry(board: $0, entry: entry, tieCount: tieCount) }
        }
        let report = SOTAReport(
            benchmark: known.benchmark,
            best: best,
            statements: try await statements,
            logPosition: known.logPosition,
            snapshot: known.snapshot
        )
        // Statements are read beside: only where there are none does one look at the counter see all.
        return (report, known.hasStatements ? [] : try rows.prefix(1).map { try $0.decode(column: 0) })
    }

    /// The query behind a report: for each board one descent of its index, and one for the ties.
    ///
    /// Each row begins with the benchmark's counter, as it is at the moment of the query. The inner SELECT keeps the planner
    /// from counting the boards: where it knows their number it plans anew each time, which costs more than the query.
    static func sotaSQL(benchmark: Int64, boards: [Int64], lines: BoardLines, filter: BoardFilter) -> SQL {
        """
        SELECT
            (SELECT n.log_position FROM benchmark n WHERE n.id = \(benchmark)), b.id, e.ties - 1, \(lines.values.columns)
        FROM unnest((SELECT \(boards)::bigint[])) WITH ORDINALITY AS b (id, place)
        CROSS JOIN LATERAL (
            SELECT e.sort_key FROM \(lines.source)
            WHERE e.board_id = b.id \(filter.sql)
            ORDER BY e.sort_key, e.claim_id
            LIMIT 1
        ) top
        CROSS JOIN LATERAL (
            SELECT e.claim_id, e.paper_id, e.model_id, e.parameters, e.has_code, count(*) OVER () AS ties
            FROM \(lines.source)
            WHERE e.board_id = b.id AND e.sort_key = top.sort_key \(filter.sql)
            ORDER BY e.published NULLS LAST, e.claim_id
            LIMIT 1
        ) e
        \(lines.values.joins)
        ORDER BY b.place
        """
    }

    private func statements(on boards: BenchmarkBoards) async throws -> [SOTAStatement] {
        guard boards.hasStatements else { return [] }
        let benchmark = boards.benchmark.id
        let past = boards.moment.position.map { Self.pastStatementsSQL(on: benchmark, $0) }
        let sql = past ?? Self.statementsSQL(on: benchmark)
        return try await client.read(sql).map { row in
            var columns = ColumnReader(row)
            let id = try columns.next(Int64.self)
            let model = try columns.model()
            let paper = try columns.paper()
            return SOTAStatement(id: id, statement: try SOTAClaim(reading: &columns), model: model, paper: paper)
        }
    }

    private static func statementsSQL(on benchmark: Int64) -> SQL {
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
    }

    private static func pastStatementsSQL(on benchmark: Int64, _ position: Int64) -> SQL {
        """
        SELECT
            known.id, \(Past.model("(s.state ->> 'model_id')::bigint", "d.state")),
            \(Past.paper("(s.state ->> 'paper')::bigint", "p.state")), s.state ->> 'strength', s.state ->> 'subject',
            \(Past.printedBenchmarks("s.state")), \(Past.evidence("s.state")), \(Past.sureness("s.state"))
        FROM (
            SELECT sb.sota_claim_id AS id FROM sota_claim_benchmark sb WHERE sb.benchmark_id = \(benchmark)
            UNION
            SELECT f.record_id FROM former_reference f
            WHERE f.record_type = 'sota_claim' AND f.target_type = 'benchmark' AND f.target_id = \(benchmark)
        ) known
        JOIN \(Past.state("sota_claim", "known.id", position)) s ON true
        JOIN \(Past.state("paper", "(s.state ->> 'paper')::bigint", position)) p ON true
        LEFT JOIN \(Past.state("model", "(s.state ->> 'model_id')::bigint", position)) d ON true
        WHERE s.state ->> 'status' = 'active'
            AND s.state -> 'benchmarks' @> jsonb_build_array(jsonb_build_object('id', \(benchmark)::bigint))
        ORDER BY \(Past.firstDay("p.state")) DESC NULLS LAST, known.id DESC
        LIMIT 100
        """
    }

    /// How the record on a board progressed.
    ///
    /// - Parameters:
    ///   - query: the benchmark, board and filters; the page plays no part.
    ///   - known: the benchmark's boards where they are known already, which spares a query.
    /// - Returns: the entries that were better than all published before them, oldest first.
    /// - Throws: `RegistryError` (notFound).
    /// - Complexity: O(d log n) for a board of n entries of d different days.
    package func history(_ query: BoardQuery, of known: BenchmarkBoards? = nil) async throws -> HistoryReport {
        try await steadily(query, of: known) { (try await history(query, of: $0), []) }
    }

    private func history(_ query: BoardQuery, of known: BenchmarkBoards) async throws -> HistoryReport {
        guard let board = try await chosenBoards(query, of: known).first else {
            return HistoryReport(
                benchmark: known.benchmark,
                board: nil,
                records: [],
                undatedCount: 0,
                logPosition: known.logPosition,
                snapshot: known.snapshot
            )
        }
        let filter = BoardFilter(query).sql
        let lines = BoardLines(.active, at: known.moment)
        async let undated = client.read(
            "SELECT count(*) FROM \(lines.source) WHERE e.board_id = \(board.id) AND e.published IS NULL \(filter)"
        )
        let rows = try await client.read(Self.historySQL(board: board.id, lines: lines, filter: BoardFilter(query)))
        let records = try rows.map { row in
            var columns = ColumnReader(row)
            return try BoardEntry(reading: &columns)
        }
        return HistoryReport(
            benchmark: known.benchmark,
            board: board,
            records: records,
            undatedCount: try await undated.value(Int.self) ?? 0,
            logPosition: known.logPosition,
            snapshot: known.snapshot
        )
    }

    /// The query behind a history: from the best entry of each day to that of the next by one descent of an index; of
    /// these, those that are better than all before.
    static func historySQL(board: Int64, lines: BoardLines, filter: BoardFilter) -> SQL {
        let dayColumns: SQL = "e.published, e.sort_key, e.claim_id"
        return """
            WITH RECURSIVE day AS (
                (
                    SELECT \(dayColumns) FROM \(lines.source)
                    WHERE e.board_id = \(board) AND e.published IS NOT NULL \(filter.sql)
                    ORDER BY \(dayColumns) LIMIT 1
                )
                UNION ALL
                SELECT next.published, next.sort_key, next.claim_id
                FROM day
                CROSS JOIN LATERAL (
                    SELECT \(dayColumns) FROM \(lines.source)
                    WHERE e.board_id = \(board) AND e.published > day.published \(filter.sql)
                    ORDER BY \(dayColumns) LIMIT 1
                ) next
            ),
            record AS (
                SELECT r.published, r.sort_key, r.claim_id
                FROM (
                    SELECT
                        d.published, d.sort_key, d.claim_id, min(d.sort_key) OVER (
                            ORDER BY d.published ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS best
                    FROM day d
                ) r
                WHERE r.best IS NULL OR r.sort_key < r.best
            )
            SELECT \(lines.values.columns)
            FROM record r
            CROSS JOIN LATERAL (
                SELECT e.claim_id, e.paper_id, e.model_id, e.parameters, e.has_code FROM \(lines.source)
                WHERE e.board_id = \(board) AND e.sort_key = r.sort_key AND e.claim_id = r.claim_id
            ) e
            \(lines.values.joins)
            ORDER BY r.published
            """
    }
}
