import Claims
internal import Postgres

extension Registry {
    /// A part of a board, best first.
    ///
    /// - Returns: the part: up to the limit of entries, and on the first part as many of the lines without a rank. A cursor
    ///   of those gives a part without entries.
    /// - Throws: `RegistryError` (notFound: benchmark, metric, board or moment; invalid: limit, cursor).
    /// - Complexity: O(log n + k) for a board of n entries and a page of k; with filters, the entries passed over as well,
    ///   and for a past moment those that came and went since.
    package func leaderboard(_ query: BoardQuery) async throws -> BoardPage {
        let limit = try query.page.checkedLimit()
        let cursor = try BoardCursor(query.page)
        let (page, snapshot) = try await consistently(query.asOf) { moment in
            try await leaderboard(query, limit: limit, cursor: cursor, at: moment)
        }
        var dated = page
        dated.snapshot = snapshot
        return dated
    }

    private func leaderboard(
        _ query: BoardQuery,
        limit: Int,
        cursor: BoardCursor,
        at moment: Moment
    ) async throws -> BoardPage {
        let (benchmark, boards, chosen) = try await chosenBoards(query, at: moment)
        var page = BoardPage(
            benchmark: benchmark,
            board: try Self.board(of: chosen, cursor: cursor.key),
            boards: boards,
            entries: [],
            unranked: [],
            snapshot: .empty
        )
        guard let board = page.board else { return page }
        let filter = BoardFilter(query)
        if cursor.isOfEntries {
            try await readEntries(
                of: board.id,
                query.status,
                filter,
                after: cursor.key,
                limit: limit,
                at: moment,
                into: &page
            )
        }
        if cursor.key == nil || !cursor.isOfEntries {
            try await readUnranked(of: board.id, filter, after: cursor.key, limit: limit, at: moment, into: &page)
        }
        return page
    }

    private func readEntries(
        of board: Int64,
        _ status: BoardStatus,
        _ filter: BoardFilter,
        after cursor: Cursor?,
        limit: Int,
        at moment: Moment,
        into page: inout BoardPage
    ) async throws {
        let lines = BoardLines(status, at: moment)
        let rows = try await client.read(
            Self.leaderboardSQL(board: board, lines: lines, filter: filter, cursor: cursor, limit: limit + 1)
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
        if entries.count > limit {
            entries.removeLast()
            page.next = entries.last.map { last in
                let key = [
                    String(board), last.key.description, String(last.entry.claimID), String(last.position),
                    String(last.entry.rank ?? last.position),
                ]
                return Cursor(fields: key).encoded(for: BoardCursor.entries)
            }
        }
        page.entries = entries.map(\.entry)
    }

    private func readUnranked(
        of board: Int64,
        _ filter: BoardFilter,
        after cursor: Cursor?,
        limit: Int,
        at moment: Moment,
        into page: inout BoardPage
    ) async throws {
        let lines = BoardLines.aside(at: moment)
        let rows = try await client.read(
            Self.leaderboardSQL(board: board, lines: lines, filter: filter, cursor: cursor, limit: limit + 1)
                .named("unranked")
        )
        page.unranked = try rows.map { row in
            var columns = ColumnReader(row)
            _ = try columns.decimal()
            return try BoardEntry(reading: &columns)
        }
        if page.unranked.count > limit {
            page.unranked.removeLast()
            page.nextUnranked = page.unranked.last.map { last in
                Cursor(fields: [String(board), "-\(last.claimID)", String(last.claimID)]).encoded(
                    for: BoardCursor.unranked
                )
            }
        }
    }

    /// The query behind a leaderboard; the page's rows are found by the board's index alone.
    static func leaderboardSQL(
        board: Int64,
        lines: BoardLines,
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
            SELECT e.sort_key, \(lines.columns)
            FROM (
                SELECT e.sort_key, e.claim_id, e.paper_id, e.model_id, e.parameters
                FROM \(lines.source)
                WHERE e.board_id = \(board) \(filter.sql) \(after)
                ORDER BY e.sort_key, e.claim_id
                LIMIT \(limit)
            ) e
            \(lines.joins)
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
}

/// Where a part of a board goes on: in its entries, or in its lines without a rank.
struct BoardCursor: Sendable {
    /// The key of the last line of the part before; `nil` for the first part.
    let key: Cursor?
    /// Whether it is one of the entries.
    let isOfEntries: Bool

    static let entries = "board"
    static let unranked = "board-unranked"

    /// Reads the cursor of a request.
    ///
    /// - Throws: `RegistryError` (invalid) where it is not one of a board.
    init(_ page: PageRequest) throws(RegistryError) {
        if let key = try? page.cursor(of: Self.unranked, count: 3) {
            self.key = key
            self.isOfEntries = false
        } else {
            self.key = try page.cursor(of: Self.entries, count: 5)
            self.isOfEntries = true
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
