import Claims
internal import Postgres

/// The boards that a transaction has changed, with by how many entries each has grown.
struct TouchedBoards: Sendable {
    private var growth: [Int64: Int] = [:]

    /// No board yet.
    init() {}

    /// Takes down what happened to a board.
    mutating func add(_ board: Int64, growth: Int) {
        self.growth[board, default: 0] += growth
    }

    /// Writes the boards' new sizes, and that they have changed.
    func write(position: Int64, in transaction: Transaction) async throws {
        guard !growth.isEmpty else { return }
        let boards = growth.sorted { $0.key < $1.key }
        try await transaction.execute(
            """
            UPDATE board b SET entry_count = b.entry_count + n.growth, log_position = \(position)
            FROM unnest(\(boards.map(\.key))::bigint[], \(boards.map(\.value))::integer[]) AS n (id, growth)
            WHERE b.id = n.id
            """
        )
        try await transaction.execute(
            """
            SELECT mark_benchmarks_changed(
                ARRAY(SELECT DISTINCT b.benchmark_id FROM board b WHERE b.id = ANY (\(boards.map(\.key))::bigint[])))
            """
        )
    }
}

extension IngestRound {
    /// Puts the claims of papers on their boards anew.
    ///
    /// - Parameters:
    ///   - papers: the papers that were written.
    ///   - known: those of them that were there before.
    ///   - models: the models whose stated sizes may have changed.
    /// - Returns: the boards that changed.
    /// - Throws: `PostgresError`.
    func rebuildBoards(of papers: [Int64], known: [Int64], models: Set<Int64>) async throws -> TouchedBoards {
        var touched = TouchedBoards()
        if !known.isEmpty {
            let removed = try await transaction.batch([
                "DELETE FROM board_entry WHERE paper_id = ANY (\(known)::bigint[]) RETURNING board_id",
                "DELETE FROM board_aside WHERE paper_id = ANY (\(known)::bigint[]) RETURNING board_id",
                "DELETE FROM board_former WHERE paper_id = ANY (\(known)::bigint[]) RETURNING board_id",
            ])
            for board in try removed[0].values(Int64.self) { touched.add(board, growth: -1) }
            for board in try removed[1].values(Int64.self) { touched.add(board, growth: 0) }
            for board in try removed[2].values(Int64.self) { touched.add(board, growth: 0) }
        }
        try await makeBoards(for: papers)
        for board in try await updateSizes(of: models) { touched.add(board, growth: 0) }
        let added = try await transaction.batch([Self.entriesSQL(papers), Self.asidesSQL(papers)])
        for board in try added[0].values(Int64.self) { touched.add(board, growth: 1) }
        for board in try added[1].values(Int64.self) { touched.add(board, growth: 0) }
        if !known.isEmpty {
            // Nothing of a new paper is retired or retracted.
            let former = try await transaction.query(Self.formerSQL(known))
            for board in try former.values(Int64.self) { touched.add(board, growth: 0) }
        }
        return touched
    }

    private func makeBoards(for papers: [Int64]) async throws {
        let missing = try await transaction.query(
            """
            SELECT DISTINCT bc.benchmark_id, bc.metric_id, bc.unit, m.direction, m.direction_assumed
            FROM board_claim bc
            LEFT JOIN metric m ON m.id = bc.metric_id
            WHERE bc.paper_id = ANY (\(papers)::bigint[]) AND NOT EXISTS (
                SELECT FROM board b
                WHERE b.benchmark_id = bc.benchmark_id AND b.metric_id IS NOT DISTINCT FROM bc.metric_id
                    AND b.unit = bc.unit)
            """
        )
        guard !missing.isEmpty else { return }
        let boards = try missing.map { row in
            var columns = ColumnReader(row)
            let benchmark = try columns.next(Int64.self)
            let metric = try columns.next(Int64?.self)
            let unit = try columns.next(String.self)
            let direction = try columns.wordIfAny(MetricDirection.self)
            let isAssumed = try columns.next(Bool?.self) ?? true
            let known = direction.map { BoardDirection(direction: $0, isAssumed: isAssumed) }
            return (benchmark, metric, unit, BoardDirection(metric: known, unit: unit))
        }
        try await transaction.execute(
            """
            INSERT INTO board (benchmark_id, metric_id, unit, direction, direction_assumed)
            SELECT n.benchmark_id, n.metric_id, n.unit, n.direction, n.direction_assumed
            FROM unnest(
                \(boards.map(\.0))::bigint[], \(boards.map(\.1))::bigint[], \(boards.map(\.2))::text[],
                \(boards.map(\.3.direction.rawValue))::text[], \(boards.map(\.3.isAssumed))::boolean[]
            ) AS n (benchmark_id, metric_id, unit, direction, direction_assumed)
            ON CONFLICT (benchmark_id, metric_id, unit) DO NOTHING
            """
        )
    }

    /// Brings the models' sizes up to date, and those of the entries that go by them.
    ///
    /// - Returns: the boards that show one of them.
    private func updateSizes(of models: Set<Int64>) async throws -> [Int64] {
        guard !models.isEmpty else { return [] }
        let changed = try await transaction.query(
            """
            UPDATE model d SET parameters = newest.parameters
            FROM (
                SELECT wanted.id, (
                    SELECT s.parameters FROM model_size s
                    WHERE s.model_id = wanted.id AND s.status = 'active' AND s.parameters_high IS NULL
                        AND s.bound IN ('exact', 'about')
                    ORDER BY s.id DESC LIMIT 1) AS parameters
                FROM unnest(\(models.sorted())::bigint[]) AS wanted (id)
            ) newest
            WHERE d.id = newest.id AND d.parameters IS DISTINCT FROM newest.parameters
            RETURNING d.id
            """
        ).values(Int64.self)
        guard !changed.isEmpty else { return [] }
        let updated = try await transaction.batch(
            ["board_entry", "board_aside", "board_former"].map { Self.sizesSQL(of: changed, table: $0) }
        )
        return try updated.flatMap { try $0.values(Int64.self) }
    }

    private static func sizesSQL(of models: [Int64], table: String) -> SQL {
        """
        UPDATE \(unescaped: table) e SET parameters = d.parameters
        FROM model d
        WHERE d.id = ANY (\(models)::bigint[]) AND e.model_id = d.id
            AND e.parameters IS DISTINCT FROM d.parameters
            AND NOT EXISTS (
                SELECT FROM model_size s
                WHERE s.paper_id = e.paper_id AND s.model_id = e.model_id AND s.status = 'active'
                    AND s.parameters_high IS NULL AND s.bound IN ('exact', 'about'))
        RETURNING e.board_id
        """
    }

    /// The best claim of each model in each paper.
    ///
    /// Where there is no model, each subject counts as one of its own.
    private static func entriesSQL(_ papers: [Int64]) -> SQL {
        """
        INSERT INTO board_entry (
            board_id, sort_key, claim_id, paper_id, model_id, parameters, has_code, published, shown)
        SELECT
            n.board_id, n.sort_key, n.claim_id, n.paper_id, n.model_id, n.parameters, n.has_code, n.published,
            (SELECT board_kept(s.shown) FROM board_shown s WHERE s.claim_id = n.claim_id)
        FROM (
            SELECT DISTINCT ON (
                b.id, bc.paper_id, bc.model_id, CASE WHEN bc.model_id IS NULL THEN lower(bc.subject) END)
                b.id,
                CASE b.direction WHEN 'higher' THEN -bc.value ELSE bc.value END,
                bc.claim_id,
                bc.paper_id,
                bc.model_id,
                \(filterColumns)
            FROM board_claim bc
            JOIN board b ON b.benchmark_id = bc.benchmark_id AND b.metric_id IS NOT DISTINCT FROM bc.metric_id
                AND b.unit = bc.unit
            JOIN paper p ON p.id = bc.paper_id
            LEFT JOIN model d ON d.id = bc.model_id
            WHERE bc.paper_id = ANY (\(papers)::bigint[]) AND bc.ranks
            ORDER BY
                b.id, bc.paper_id, bc.model_id, CASE WHEN bc.model_id IS NULL THEN lower(bc.subject) END,
                CASE b.direction WHEN 'higher' THEN -bc.value ELSE bc.value END,
                bc.confidence DESC, bc.claim_id
        ) AS n (board_id, sort_key, claim_id, paper_id, model_id, parameters, has_code, published)
        RETURNING board_id
        """
    }

    /// What filters go by: size, code and date, of a claim `bc`, its paper `p` and its model `d`.
    private static let filterColumns: SQL = """
        coalesce(
            (
                SELECT s.parameters FROM model_size s
                WHERE s.paper_id = bc.paper_id AND s.model_id = bc.model_id AND s.status = 'active'
                    AND s.parameters_high IS NULL AND s.bound IN ('exact', 'about')
                ORDER BY s.id LIMIT 1
            ),
            d.parameters
        ),
        EXISTS (SELECT FROM link l WHERE l.paper_id = bc.paper_id AND l.kind = 'code' AND l.status = 'active'),
        p.published
        """

    private static func asidesSQL(_ papers: [Int64]) -> SQL {
        """
        INSERT INTO board_aside (board_id, claim_id, paper_id, model_id, parameters, has_code, published)
        SELECT b.id, bc.claim_id, bc.paper_id, bc.model_id, \(filterColumns)
        FROM board_claim bc
        JOIN board b ON b.benchmark_id = bc.benchmark_id AND b.metric_id IS NOT DISTINCT FROM bc.metric_id
            AND b.unit = bc.unit
        JOIN paper p ON p.id = bc.paper_id
        LEFT JOIN model d ON d.id = bc.model_id
        WHERE bc.paper_id = ANY (\(papers)::bigint[]) AND NOT bc.ranks
        RETURNING board_id
        """
    }

    /// The claims that no longer count and would have a place, on the boards that there are.
    private static func formerSQL(_ papers: [Int64]) -> SQL {
        """
        INSERT INTO board_former (
            board_id, status, sort_key, claim_id, paper_id, model_id, parameters, has_code, published)
        SELECT DISTINCT
            b.id, bc.status, CASE b.direction WHEN 'higher' THEN -bc.value ELSE bc.value END, bc.id, bc.paper_id,
            bc.model_id, \(filterColumns)
        FROM claim bc
        JOIN claim_benchmark cb ON cb.claim_id = bc.id
        JOIN board b ON b.benchmark_id = cb.benchmark_id AND b.metric_id IS NOT DISTINCT FROM bc.metric_id
            AND b.unit = bc.unit
        JOIN paper p ON p.id = bc.paper_id
        LEFT JOIN model d ON d.id = bc.model_id
        WHERE bc.paper_id = ANY (\(papers)::bigint[]) AND bc.kind = 'score' AND bc.status <> 'active'
            AND bc.bound IN ('exact', 'at_least', 'about') AND bc.value_high IS NULL
            AND NOT EXISTS (
                SELECT FROM claim_benchmark other
                WHERE other.claim_id = bc.id AND other.benchmark_id <> cb.benchmark_id)
        RETURNING board_id
        """
    }
}
