import Claims
internal import Postgres

extension Registry {
    /// All boards of a benchmark that show anything, the one with most entries first.
    func boards(of benchmark: Int64) async throws -> [Board] {
        let rows = try await client.read(
            """
            SELECT \(Columns.board)
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

    /// A benchmark with its boards, of one moment.
    ///
    /// - Parameter name: its slug, a former slug, or any of its names.
    /// - Returns: the benchmark's boards, and the counter that says how long they hold.
    /// - Throws: `RegistryError` (notFound).
    package func benchmarkBoards(_ name: String) async throws -> BenchmarkBoards {
        guard !name.utf8.contains(0) else { throw Self.unknown(.benchmark, name) }
        let rows = try await client.read(
            """
            SELECT t.id, t.slug, t.name, t.log_position, b.id IS NOT NULL, \(Columns.board)
            FROM (\(Self.lookup(.benchmark, name))) found
            JOIN benchmark t ON t.id = found.id
            LEFT JOIN board b ON b.benchmark_id = t.id
                AND (b.entry_count > 0 OR EXISTS (SELECT FROM board_aside a WHERE a.board_id = b.id))
            LEFT JOIN metric m ON m.id = b.metric_id
            ORDER BY b.entry_count DESC, b.metric_id IS NULL, b.id
            """
        )
        guard let first = rows.first else { throw Self.unknown(.benchmark, name) }
        var columns = ColumnReader(first)
        let benchmark = BenchmarkReference(
            id: try columns.next(),
            slug: try columns.next(),
            name: try columns.next()
        )
        let position = try columns.next(Int64.self)
        let boards = try rows.compactMap { row -> Board? in
            var columns = ColumnReader(row)
            columns.skip(4)
            return try columns.next(Bool.self) ? try Board(reading: &columns) : nil
        }
        return BenchmarkBoards(benchmark: benchmark, boards: boards, logPosition: position)
    }

    /// The boards that a query is about, the one with most entries first.
    ///
    /// - Throws: `RegistryError` (notFound) for a benchmark or metric that there is not, and for a metric or unit that
    ///   no board of the benchmark has.
    func chosenBoards(
        _ query: BoardQuery,
        of known: BenchmarkBoards? = nil
    ) async throws -> (benchmark: BenchmarkReference, all: [Board], chosen: [Board]) {
        let boards = if let known { known } else { try await benchmarkBoards(query.benchmark) }
        return (boards.benchmark, boards.boards, try await boards.boards(for: query) { try await get(.metric, $0).id })
    }
}

extension BenchmarkBoards {
    /// The boards that a query is about.
    ///
    /// - Parameters:
    ///   - query: what is wanted.
    ///   - metricID: finds a metric by a name that is not the slug of any of the boards' metrics.
    /// - Returns: the boards, the one with most entries first.
    /// - Throws: `RegistryError` (notFound) for a metric or unit that no board has; what `metricID` throws.
    func boards(for query: BoardQuery, metricID: (String) async throws -> Int64) async throws -> [Board] {
        var chosen = boards
        if let name = query.metric {
            var metric: Int64?
            if name != BoardQuery.noMetric {
                let known = boards.lazy.compactMap(\.metric).first { $0.slug == name }
                metric = if let known { known.id } else { try await metricID(name) }
            }
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
        return chosen
    }
}

extension Columns {
    /// For ``Board/init(reading:)``, of a board `b` and its metric `m`.
    static let board: SQL =
        """
        b.id, \(metric), b.unit, b.direction, b.direction_assumed, b.entry_count, b.log_position,
        EXISTS (SELECT FROM board_aside a WHERE a.board_id = b.id)
        """
}

extension BoardQuery {
    /// The metric to ask for where the numbers that name none are meant.
    package static let noMetric = "none"
}

extension Board {
    /// Reads id, the metric's columns, unit, direction, whether assumed, entry_count, log_position,
    /// whether there are asides.
    init(reading columns: inout ColumnReader) throws(PostgresError) {
        self.init(
            id: try columns.next(),
            metric: try columns.metric(),
            unit: try columns.next(),
            direction: try columns.word(),
            isDirectionAssumed: try columns.next(),
            entryCount: try columns.next(),
            logPosition: try columns.next(),
            hasUnranked: try columns.next()
        )
    }
}
