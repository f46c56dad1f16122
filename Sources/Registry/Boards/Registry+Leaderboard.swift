import Claims
internal import Postgres

extension Registry {
    /// A part of a board, best first.
    ///
    /// - Parameters:
    ///   - query: the board, its filters, and which part.
    ///   - known: the benchmark's boards where they are known already, which spares a query. Whether they still hold is
    ///     seen in what is read, and they are read anew where not.
    /// - Returns: the part, all of it as of one moment.
    /// - Throws: `RegistryError` (notFound: benchmark, metric or board; invalid: limit, cursor).
    /// - Complexity: O(log n + k) for a board of n entries and a page of k; with filters, the entries passed over as well.
    package func leaderboard(_ query: BoardQuery, of known: BenchmarkBoards? = nil) async throws -> BoardPage {
        let limit = try query.page.checkedLimit()
        let cursor = try query.page.cursor(of: "board", count: 5)
        var known = known
        for _ in 0..<Self.attempts {
            let boards = if let known { known } else { try await benchmarkBoards(query.benchmark) }
            known = nil
            if let page = try await leaderboard(query, of: boards, cursor: cursor, limit: limit) { return page }
        }
        throw RegistryError(.unavailable, "the board keeps changing")
    }

    /// Between a benchmark's boards being read and the entries, a write can get in; several times in a row hardly.
    private static let attempts = 10

    /// - Returns: `nil` where the benchmark has changed since its boards were read.
    private func leaderboard(
        _ query: BoardQuery,
        of boards: BenchmarkBoards,
        cursor: Cursor?,
        limit: Int
    ) async throws -> BoardPage? {
        let (benchmark, all, chosen) = try await chosenBoards(query, of: boards)
        guard let board = try Self.board(of: chosen, cursor: cursor) else {
            return BoardPage(
                benchmark: benchmark,
                board: nil,
                boards: [],
                entries: [],
                unranked: [],
                next: nil,
                logPosition: boards.logPosition
            )
        }
        async let unranked = unranked(board, query: query, isFirstPart: cursor == nil)
        let rows = try await client.read(
            Self.leaderboardSQL(
                benchmark: benchmark.id,
                board: board.id,
                filter: BoardFilter(query),
                cursor: cursor,
                limit: limit + 1
            ).named("leaderboard")
        )
        let positions = try await unranked.positions + (rows.first.map { [try $0.decode(column: 0)] } ?? [])
        if positions.isEmpty {
            guard try await benchmarkPosition(benchmark.id) == boards.logPosition else { return nil }
        }
        guard positions.allSatisfy({ $0 == boards.logPosition }) else { return nil }
        var ranking = try Ranking(cursor: cursor)
        var entries = try rows.map { row in
            var columns = ColumnReader(row)
            columns.skip(1)
            let key = try columns.decimal()
            var entry = try BoardEntry(reading: &columns)
            entry.rank = ranking.place(of: key)
            return (entry: entry, key: key, position: ranking.position)
        }
        var next: String?
        if entries.count > limit {
            entries.removeLast()
            next = entries.last.map { last in
                let key = [
                    String(board.id), last.key.description, String(last.entry.claimID), String(last.position),
                    String(last.entry.rank ?? last.position),
                ]
                return Cursor(fields: key).encoded(for: "board")
            }
        }
        return BoardPage(
            benchmark: benchmark,
            board: board,
            boards: all,
            entries: entries.map(\.entry),
            unranked: try await unranked.entries,
            next: next,
            logPosition: boards.logPosition
        )
    }

    private func benchmarkPosition(_ benchmark: Int64) async throws -> Int64? {
        try await client.read("SELECT b.log_position FROM benchmark b WHERE b.id = \(benchmark)").value(Int64.self)
    }

    /// The query behind a leaderboard; the page's rows are found by the board's index alone.
    ///
    /// Each row begins with the benchmark's counter, of the same moment.
    static func leaderboardSQL(
        benchmark: Int64,
        board: Int64,
        filter: BoardFilter,
        cursor: Cursor?,
        limit: Int
    ) throws -> SQL {
        let after: SQL =
            if let cursor {
                """
                AND (e.sort_key, e.claim_id)
                    > (\(try Self.decimal(cursor.fields[1]))::numeric, \(try cursor.number(2))::bigint)
                """
            } else {
                ""
            }
        return """
            SELECT
                (SELECT n.log_position FROM benchmark n WHERE n.id = \(benchmark)),
                e.sort_key, \(Columns.boardEntry(parameters: "e.parameters"))
            FROM (
                SELECT e.sort_key, e.claim_id, e.parameters
                FROM board_entry e
                WHERE e.board_id = \(board) \(filter.sql) \(after)
                ORDER BY e.sort_key, e.claim_id
                LIMIT \(limit)
            ) e
            JOIN claim c ON c.id = e.claim_id
            JOIN paper p ON p.id = c.paper_id
            LEFT JOIN model d ON d.id = c.model_id
            ORDER BY e.sort_key, e.claim_id
            """
    }

    /// The board to show: the one that the cursor goes on with, else the first.
    private static func board(of chosen: [Board], cursor: Cursor?) throws -> Board? {
        guard let cursor else { return chosen.first }
        let id = try cursor.number(0)
        guard let board = chosen.first(where: { $0.id == id }) else {
            throw RegistryError(.invalid, "the cursor is that of another board", field: "cursor")
        }
        return board
    }

    private static func decimal(_ text: String) throws -> String {
        guard let number = ExactDecimal(text) else {
            throw RegistryError(.invalid, "the cursor is not one of this list", field: "cursor")
        }
        return number.description
    }

    /// The entries without a rank, and the benchmark's counter at that moment; nothing where there cannot be any.
    private func unranked(
        _ board: Board,
        query: BoardQuery,
        isFirstPart: Bool
    ) async throws -> (entries: [BoardEntry], positions: [Int64]) {
        guard isFirstPart && board.hasUnranked else { return ([], []) }
        var conditions: SQL = ""
        if let least = query.minParameters { conditions.append(" AND d.parameters >= \(least)") }
        if let most = query.maxParameters { conditions.append(" AND d.parameters <= \(most)") }
        if let date = query.publishedFrom { conditions.append(" AND p.published >= \(date.firstDay)::date") }
        if let date = query.publishedTo { conditions.append(" AND p.published <= \(date.lastDay)::date") }
        if let hasCode = query.hasCode {
            conditions.append(
                """
                 AND \(hasCode)::boolean = EXISTS (SELECT FROM link l
                    WHERE l.paper_id = p.id AND l.kind = 'code' AND l.status = 'active')
                """
            )
        }
        let rows = try await client.read(
            """
            SELECT n.log_position, \(Columns.boardEntry(parameters: "d.parameters"))
            FROM board_aside a
            JOIN board b ON b.id = a.board_id
            JOIN benchmark n ON n.id = b.benchmark_id
            JOIN claim c ON c.id = a.claim_id
            JOIN paper p ON p.id = c.paper_id
            LEFT JOIN model d ON d.id = c.model_id
            WHERE a.board_id = \(board.id) \(conditions)
            ORDER BY a.claim_id DESC
            LIMIT \(PageRequest.maximumLimit)
            """
        )
        let entries = try rows.map { row in
            var columns = ColumnReader(row)
            columns.skip(1)
            return try BoardEntry(reading: &columns)
        }
        return (entries, try rows.first.map { [try $0.decode(column: 0)] } ?? [])
    }
}

/// Gives out places: entries of one value share a place, and the next value's place counts them all (1, 1, 3).
struct Ranking {
    /// How many entries have been given a place.
    private(set) var position: Int
    private var rank: Int
    private var key: ExactDecimal?

    /// Goes on after the last entry of a page, or starts at the top.
    ///
    /// - Throws: `RegistryError` (invalid) where the cursor's places cannot be those of a board.
    init(cursor: Cursor?) throws(RegistryError) {
        guard let cursor else {
            self.position = 0
            self.rank = 0
            return
        }
        self.position = Int(try cursor.number(3, in: Self.places))
        self.rank = Int(try cursor.number(4, in: Self.places))
        self.key = ExactDecimal(cursor.fields[1])
    }

    /// What a board counts its entries in is an `integer`.
    private static let places = 1...Int64(Int32.max)

    /// The place of the next entry, which must not be better than the one before.
    mutating func place(of key: ExactDecimal) -> Int {
        position += 1
        let isTied = self.key.map { !($0 < key) && !(key < $0) } ?? false
        if !isTied { rank = position }
        self.key = key
        return rank
    }
}
