import Claims
internal import Postgres

extension Registry {
    /// All boards of a benchmark that show anything, the one with most entries first.
    func boards(of benchmark: Int64, at moment: Moment = .now) async throws -> [Board] {
        let sql = moment.position.map { Self.pastBoardsSQL(of: benchmark, $0) } ?? Self.boardsSQL(of: benchmark)
        return try await client.read(sql).map { row in
            var columns = ColumnReader(row)
            return try Board(reading: &columns)
        }
    }

    private static func boardsSQL(of benchmark: Int64) -> SQL {
        """
        SELECT b.id, \(Columns.metric), b.unit, b.direction, b.direction_assumed, b.entry_count, b.log_position
        FROM board b
        LEFT JOIN metric m ON m.id = b.metric_id
        WHERE b.benchmark_id = \(benchmark)
            AND (b.entry_count > 0 OR EXISTS (SELECT FROM board_aside a WHERE a.board_id = b.id))
        ORDER BY b.entry_count DESC, b.metric_id IS NULL, b.id
        """
    }

    /// One descent of an index for each board that the benchmark has ever had, however often they have changed.
    private static func pastBoardsSQL(of benchmark: Int64, _ position: Int64) -> SQL {
        """
        WITH RECURSIVE known AS (
            (SELECT h.board_id FROM board_history h WHERE h.benchmark_id = \(benchmark) ORDER BY h.board_id LIMIT 1)
            UNION ALL
            SELECT (
                SELECT h.board_id FROM board_history h
                WHERE h.benchmark_id = \(benchmark) AND h.board_id > known.board_id ORDER BY h.board_id LIMIT 1)
            FROM known
            WHERE known.board_id IS NOT NULL
        )
        SELECT
            b.board_id, \(Past.metric("b.metric_id", "m.state")), b.unit, b.direction, b.direction_assumed,
            b.entry_count, b.log_position
        FROM known
        CROSS JOIN LATERAL (
            SELECT
                h.board_id, h.benchmark_id, h.metric_id, h.unit, h.direction, h.direction_assumed, h.entry_count,
                h.log_position, h.from_position, h.to_position
            FROM board_history h
            WHERE h.board_id = known.board_id AND h.from_position <= \(position)
            ORDER BY h.from_position DESC LIMIT 1
        ) b
        LEFT JOIN \(Past.state("metric", "b.metric_id", position)) m ON true
        WHERE b.benchmark_id = \(benchmark) AND \(Past.holds("b", position)) AND (b.entry_count > 0 OR EXISTS (
            SELECT FROM board_entry_history a
            WHERE a.board_id = b.board_id AND a.part = 'aside' AND \(Past.holds("a", position))))
        ORDER BY b.entry_count DESC, b.metric_id IS NULL, b.board_id
        """
    }

    /// The boards that a query is about, the one with most entries first.
    ///
    /// - Throws: `RegistryError` (notFound) for a benchmark or metric that there is not, and for a metric or unit that
    ///   no board of the benchmark has.
    func chosenBoards(
        _ query: BoardQuery,
        at moment: Moment = .now
    ) async throws -> (benchmark: BenchmarkReference, all: [Board], chosen: [Board]) {
        let found = try await get(.benchmark, query.benchmark, at: moment)
        let benchmark = BenchmarkReference(id: found.id, slug: found.slug, name: found.name)
        let all = try await boards(of: found.id, at: moment)
        var chosen = all
        if let name = query.metric {
            let metric = name == BoardQuery.noMetric ? nil : try await get(.metric, name, at: moment).id
            chosen = chosen.filter { $0.metric?.id == metric }
        }
        if let unit = query.unit { chosen = chosen.filter { $0.unit == unit } }
        if chosen.isEmpty && !(query.metric == nil && query.unit == nil) {
            throw RegistryError(
                .notFound,
                "\(benchmark.name) has no board of that metric and unit",
                field: query.metric == nil ? "unit" : "metric"
            )
        }
        return (benchmark, all, chosen)
    }
}

extension BoardQuery {
    /// The metric to ask for where the numbers that name none are meant.
    package static let noMetric = "none"
}

extension Board {
    /// Reads id, the metric's columns, unit, direction, whether assumed, entry_count, log_position.
    init(reading columns: inout ColumnReader) throws(PostgresError) {
        self.init(
            id: try columns.next(),
            metric: try columns.metric(),
            unit: try columns.next(),
            direction: try columns.word(),
            isDirectionAssumed: try columns.next(),
            entryCount: try columns.next(),
            logPosition: try columns.next()
        )
    }
}
