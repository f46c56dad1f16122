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

    /// A benchmark with its boards, of one moment.
    ///
    /// - Parameter name: its slug, a former slug, or any of its names.
    /// - Returns: the benchmark's boards, and the counter that says how long they hold.
    /// - Throws: `RegistryError` (notFound).
    package func benchmarkBoards(_ name: String) async throws -> BenchmarkBoards {
        guard !name.utf8.contains(0) else { throw Self.unknown(.benchmark, name) }
        let rows = try await client.read(Self.boardsSQL(ofName: name).named("boards"))
        guard let first = rows.first else { throw Self.unknown(.benchmark, name) }
        var columns = ColumnReader(first)
        let benchmark = BenchmarkReference(
            id: try columns.next(),
            slug: try columns.next(),
            name: try columns.next(),
            status: try columns.word()
        )
        let position = try columns.next(Int64.self)
        let snapshotPosition = try columns.next(Int64?.self)
        let hash = try columns.next(String?.self)
        let hasStatements = try columns.next(Bool.self)
        let boards = try rows.compactMap { row -> Board? in
            var columns = ColumnReader(row)
            columns.skip(8)
            return try columns.next(Bool.self) ? try Board(reading: &columns) : nil
        }
        return BenchmarkBoards(
            benchmark: benchmark,
            boards: boards,
            logPosition: position,
            hasStatements: hasStatements,
            snapshot: snapshotPosition.map { Snapshot(position: $0, hash: hash ?? "") } ?? .empty
        )
    }

    /// A benchmark with its boards, as they were.
    ///
    /// - Parameters:
    ///   - name: one of today's names, or a former one.
    ///   - snapshot: the state, as ``snapshot(_:)`` gave it.
    /// - Returns: the benchmark's boards at that time.
    /// - Throws: `RegistryError` (notFound) where the benchmark was not there then.
    func benchmarkBoards(_ name: String, in snapshot: Snapshot) async throws -> BenchmarkBoards {
        let moment = Moment(position: snapshot.position)
        let found = try await get(.benchmark, name, at: moment)
        return BenchmarkBoards(
            benchmark: BenchmarkReference(
                id: found.id,
                slug: found.slug,
                name: found.name,
                status: found.standing
            ),
            boards: try await boards(of: found.id, at: moment),
            logPosition: snapshot.position,
            hasStatements: true,
            snapshot: snapshot,
            moment: moment
        )
    }

    /// Reads what belongs to a benchmark by as many statements as it takes, all of one moment.
    ///
    /// - Parameters:
    ///   - query: the benchmark and the moment.
    ///   - known: the benchmark's boards where they are known already, which spares a query; of use for the present only.
    ///   - body: what to read, and the benchmark's counter as its statements saw it. Where they are others than the
    ///     boards', a write came in between, and all is read anew; where there are none, the counter is looked at after it.
    /// - Returns: what the body read.
    /// - Throws: `RegistryError` (notFound; unavailable where writes came in between time and again), what the body throws.
    func steadily<R: Sendable>(
        _ query: BoardQuery,
        of known: BenchmarkBoards?,
        _ body: (BenchmarkBoards) async throws -> (value: R, positions: [Int64])
    ) async throws -> R {
        if let asOf = query.asOf {
            let snapshot = try await snapshot(asOf)
            return try await body(try await benchmarkBoards(query.benchmark, in: snapshot)).value
        }
        var known = known
        for _ in 0..<Self.attempts {
            let remembered = known
            known = nil
            let boards = if let remembered { remembered } else { try await benchmarkBoards(query.benchmark) }
            // What is read side by side may come from several servers: from none that does not know these boards yet.
            Self.readsMustSee(logPosition: boards.logPosition)
            var (value, positions): (R, [Int64])
            do {
                (value, positions) = try await body(boards)
            } catch let error as RegistryError where error.code == .notFound && remembered != nil {
                // There may be such a board by now.
                continue
            }
            if positions.isEmpty { positions = try await [benchmarkPosition(boards.benchmark.id)] }
            if positions.allSatisfy({ $0 == boards.logPosition }) { return value }
        }
        throw RegistryError(.unavailable, "the board keeps changing")
    }

    /// Between a benchmark's boards being read and the entries, a write can get in; several times in a row hardly.
    private static let attempts = 10

    private func benchmarkPosition(_ benchmark: Int64) async throws -> Int64 {
        try await client.read("SELECT b.log_position FROM benchmark b WHERE b.id = \(benchmark)").value(Int64.self)
            ?? -1
    }

    /// The boards that a query is about, the one with most entries first.
    ///
    /// - Throws: `RegistryError` (notFound) for a metric that there is not, and for a metric or unit that no board of the
    ///   benchmark has.
    func chosenBoards(_ query: BoardQuery, of known: BenchmarkBoards) async throws -> [Board] {
        try await known.boards(for: query) { try await get(.metric, $0, at: known.moment).id }
    }

    /// The query for a benchmark, by any of its names, with its counter, the snapshot that this stands for, and its boards.
    static func boardsSQL(ofName name: String) -> SQL {
        """
        SELECT
            t.id, t.slug, t.name, t.status, t.log_position, l.position, encode(l.hash, 'hex'),
            EXISTS (SELECT FROM sota_claim_benchmark s WHERE s.benchmark_id = t.id), b.id IS NOT NULL,
            \(Columns.board)
        FROM (\(lookup(.benchmark, name))) found
        JOIN benchmark t ON t.id = found.id
        LEFT JOIN log l ON t.log_position > 0
            AND l.position = (SELECT min(s.position) FROM log_snapshot s WHERE s.position >= t.log_position)
        LEFT JOIN board b ON b.benchmark_id = t.id
            AND (b.entry_count > 0 OR EXISTS (SELECT FROM board_aside a WHERE a.board_id = b.id))
        LEFT JOIN metric m ON m.id = b.metric_id
        ORDER BY b.entry_count DESC, b.metric_id IS NULL, b.id
        """
    }

    private static func boardsSQL(of benchmark: Int64) -> SQL {
        """
        SELECT \(Columns.board)
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
            b.entry_count, b.log_position, aside.is_there
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
        CROSS JOIN LATERAL (
            SELECT EXISTS (
                SELECT FROM board_entry_history a
                WHERE a.board_id = b.board_id AND a.part = 'aside' AND \(Past.holds("a", position))) AS is_there
        ) aside
        WHERE b.benchmark_id = \(benchmark) AND \(Past.holds("b", position)) AND (b.entry_count > 0 OR aside.is_there)
        ORDER BY b.entry_count DESC, b.metric_id IS NULL, b.board_id
        """
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
