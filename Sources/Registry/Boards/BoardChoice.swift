import Claims
internal import Postgres

extension Registry {
    /// All boards of a benchmark that show anything, the one with most entries first.
    func boards(of benchmark: Int64) async throws -> [Board] {
        let rows = try await client.read(
            """
            SELECT b.id, \(Columns.metric), b.unit, b.direction, b.direction_assumed, b.entry_count, b.log_position
            FROM board b
            LEFT JOIN metric m ON m.id = b.metric_id
            WHERE b.benchmark_id = \(benchmark)
                AND (b.entry_count > 0 OR EXISTS (SELECT FROM board_aside a WHERE a.board_id = b.id))
            ORDER BY b.entry_count DESC, b.metric_id IS NULL, b.id
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            return try Board(reading: &columns)
        }
    }

    /// The boards that a query is about, the one with most entries first.
    ///
    /// - Throws: `RegistryError` (notFound) for a benchmark or metric that there is not, and for a metric or unit that
    ///   no board of the benchmark has.
    func chosenBoards(
        _ query: BoardQuery
    ) async throws -> (benchmark: BenchmarkReference, all: [Board], chosen: [Board]) {
        let found = try await get(.benchmark, query.benchmark)
        let benchmark = BenchmarkReference(id: found.id, slug: found.slug, name: found.name)
        let all = try await boards(of: found.id)
        var chosen = all
        if let name = query.metric {
            let metric = name == BoardQuery.noMetric ? nil : try await get(.metric, name).id
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
