import Claims
internal import Postgres

extension Registry {
    /// A part of a board, best first.
    ///
    /// - Parameters:
    ///   - query: the board, its filters, and which part.
    ///   - known: the benchmark's boards where they are known already, which spares a query. Whether they still hold is
    ///     seen in what is read, and they are read anew where not.
    /// - Returns: the part: up to the limit of entries, and on the first part as many of the lines without a rank. A cursor
    ///   of those gives a part without entries. All of it is of one moment.
    /// - Throws: `RegistryError` (notFound: benchmark, metric, board or moment; invalid: limit, cursor).
    /// - Complexity: O(log n + k) for a board of n entries and a page of k; with filters, the entries passed over as well,
    ///   and for a past moment those that came and went since.
    package func leaderboard(_ query: BoardQuery, of known: BenchmarkBoards? = nil) async throws -> BoardPage {
        let part = try await part(query, of: known, reading: \.values)
        var page = BoardPage(
            benchmark: part.boards.benchmark,
            board: part.board,
            boards: part.boards.boards,
            entries: [],
            unranked: part.unranked,
            logPosition: part.boards.logPosition,
            nextUnranked: part.nextUnranked,
            snapshot: part.boards.snapshot
        )
        guard let board = part.board, let rows = part.ranked else { return page }
        var ranking = try Ranking(cursor: part.cursor)
        let ranks = ranking.places(of: rows, limit: part.limit)
        page.entries = try zip(rows, ranks).map { row, rank in
            var columns = ColumnReader(row)
            columns.skip(2)
            var entry = try BoardEntry(reading: &columns)
            entry.rank = rank
            return entry
        }
        if rows.count > part.limit, let last = page.entries.last {
            let key = try rows[part.limit - 1].decode(column: BoardRows.Column.sortKey, as: String.self)
            page.next = ranking.cursor(after: (key, last.claimID), on: board)
        }
        return page
    }

    /// The same part of a board as ``leaderboard(_:of:)``, its entries in the database's own bytes.
    ///
    /// - Parameters:
    ///   - query: the board, its filters, and which part.
    ///   - known: the benchmark's boards where they are known already, which spares a query.
    /// - Returns: the part, all of it as of one moment.
    /// - Throws: as ``leaderboard(_:of:)``.
    package func leaderboardRows(
        _ query: BoardQuery,
        of known: BenchmarkBoards? = nil
    ) async throws -> BoardRowsPage {
        let part = try await part(query, of: known, reading: \.texts)
        var page = BoardRowsPage(
            benchmark: part.boards.benchmark,
            board: part.board,
            boards: part.boards.boards,
            unranked: part.unranked,
            nextUnranked: part.nextUnranked,
            logPosition: part.boards.logPosition,
            snapshot: part.boards.snapshot
        )
        guard let board = part.board, let ranked = part.ranked else { return page }
        var ranking = try Ranking(cursor: part.cursor)
        let rows = BoardRows(ranked, limit: part.limit, ranking: &ranking)
        page.rows = rows
        if ranked.count > part.limit, let end = rows.end { page.next = ranking.cursor(after: end, on: board) }
        return page
    }

    private func part(
        _ query: BoardQuery,
        of known: BenchmarkBoards?,
        reading contents: any KeyPath<BoardLines, BoardLines.Contents> & Sendable
    ) async throws -> BoardPart {
        let limit = try query.page.checkedLimit()
        let cursor = try BoardCursor(query.page)
        return try await steadily(query, of: known) { boards in
            let chosen = try await chosenBoards(query, of: boards)
            var part = BoardPart(boards: boards, board: try Self.board(of: chosen, cursor: cursor.key), limit: limit)
            guard let board = part.board else { return (part, []) }
            var positions: [Int64] = []
            if board.hasUnranked && (cursor.key == nil || !cursor.isOfEntries) {
                let sql = try Self.leaderboardSQL(
                    benchmark: boards.benchmark.id,
                    board: board.id,
                    lines: .aside(at: boards.moment),
                    reading: \.values,
                    filter: BoardFilter(query),
                    cursor: cursor.isOfEntries ? nil : cursor.key,
                    limit: limit + 1
                )
                let rows = try await client.read(sql.named("unranked"))
                try part.show(unranked: rows, of: board)
                if let first = rows.first { positions.append(try first.decode(column: BoardRows.Column.counter)) }
            }
            if cursor.isOfEntries {
                let sql = try Self.leaderboardSQL(
                    benchmark: boards.benchmark.id,
                    board: board.id,
                    lines: BoardLines(query.status, at: boards.moment),
                    reading: contents,
                    filter: BoardFilter(query),
                    cursor: cursor.key,
                    limit: limit + 1
                )
                let rows = try await client.read(sql.named("leaderboard"))
                part.ranked = rows
                part.cursor = cursor.key
                if let first = rows.first { positions.append(try first.decode(column: BoardRows.Column.counter)) }
            }
            return (part, positions)
        }
    }

    /// The query behind a leaderboard; the page's rows are found by the board's index alone.
    ///
    /// Each row begins with the benchmark's counter, as it is at the moment of the query, and the sort key.
    static func leaderboardSQL(
        benchmark: Int64,
        board: Int64,
        lines: BoardLines,
        reading contents: KeyPath<BoardLines, BoardLines.Contents>,
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
        let contents = lines[keyPath: contents]
        return """
            SELECT
                (SELECT n.log_position FROM benchmark n WHERE n.id = \(benchmark)), e.sort_key,
                \(contents.columns)
            FROM (
                SELECT e.sort_key, e.claim_id, e.paper_id, e.model_id, e.parameters, e.has_code \(contents.own)
                FROM \(lines.source)
                WHERE e.board_id = \(board) \(filter.sql) \(after)
                ORDER BY e.sort_key, e.claim_id
                LIMIT \(limit)
            ) e
            \(contents.joins)
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

/// A part of a board as it was read, of one moment.
private struct BoardPart {
    let boards: BenchmarkBoards
    let board: Board?
    let limit: Int
    /// Where the ranked lines start; `nil` for the top.
    var cursor: Cursor?
    /// The ranked lines, one more than the limit where there are more.
    var ranked: Rows?
    var unranked: [BoardEntry] = []
    var nextUnranked: String?

    /// Takes the lines without a rank, one of which may be too many.
    mutating func show(unranked read: Rows, of board: Board) throws {
        unranked = try read.prefix(limit).map { row in
            var columns = ColumnReader(row)
            columns.skip(2)
            return try BoardEntry(reading: &columns)
        }
        guard read.count > limit, let last = unranked.last else { return }
        let key = [String(board.id), "-\(last.claimID)", String(last.claimID)]
        nextUnranked = Cursor(fields: key).encoded(for: BoardCursor.unranked)
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

    /// The cursor of what follows the last entry that was given a place.
    fileprivate func cursor(after end: (key: String, claim: Int64), on board: Board) -> String {
        let fields = [String(board.id), end.key, String(end.claim), String(position), String(rank)]
        return Cursor(fields: fields).encoded(for: BoardCursor.entries)
    }

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
        defer { self.key = key }
        return place(isTied: self.key.map { !($0 < key) && !(key < $0) } ?? false)
    }

    /// The place of the next entry.
    ///
    /// - Parameter isTied: whether its value is that of the one before.
    /// - Returns: the place, from 1.
    mutating func place(isTied: Bool) -> Int {
        position += 1
        if !isTied { rank = position }
        return rank
    }
}
