import Claims
internal import Postgres

extension Registry {
    /// A part of a board, best first.
    ///
    /// - Throws: `RegistryError` (notFound: benchmark, metric or board; invalid: limit, cursor).
    /// - Complexity: O(log n + k) for a board of n entries and a page of k; with filters, the entries passed over as well.
    package func leaderboard(_ query: BoardQuery) async throws -> BoardPage {
        let limit = try query.page.checkedLimit()
        let cursor = try query.page.cursor(of: "board", count: 5)
        let (benchmark, boards, chosen) = try await chosenBoards(query)
        guard let board = try Self.board(of: chosen, cursor: cursor) else {
            return BoardPage(benchmark: benchmark, board: nil, boards: [], entries: [], unranked: [], next: nil)
        }
        let rows = try await client.read(
            Self.leaderboardSQL(board: board.id, filter: BoardFilter(query), cursor: cursor, limit: limit + 1)
                .named("leaderboard")
        )
        var ranking = try Ranking(cursor: cursor)
        var entries = try rows.map { row in
            var columns = ColumnReader(row)
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
            boards: boards,
            entries: entries.map(\.entry),
            unranked: cursor == nil ? try await unranked(board.id, query: query) : [],
            next: next
        )
    }

    /// The query behind a leaderboard; the page's rows are found by the board's index alone.
    static func leaderboardSQL(board: Int64, filter: BoardFilter, cursor: Cursor?, limit: Int) throws -> SQL {
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
            SELECT e.sort_key, \(Columns.boardEntry(parameters: "e.parameters"))
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

    private func unranked(_ board: Int64, query: BoardQuery) async throws -> [BoardEntry] {
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
            SELECT \(Columns.boardEntry(parameters: "d.parameters"))
            FROM board_aside a
            JOIN claim c ON c.id = a.claim_id
            JOIN paper p ON p.id = c.paper_id
            LEFT JOIN model d ON d.id = c.model_id
            WHERE a.board_id = \(board) \(conditions)
            ORDER BY a.claim_id DESC
            LIMIT \(PageRequest.maximumLimit)
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            return try BoardEntry(reading: &columns)
        }
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
