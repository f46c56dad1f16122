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
        let limit = try query.page.checkedLimit()
        let cursor = try BoardCursor(query.page)
        return try await steadily(query, of: known) { boards in
            try await leaderboard(query, of: boards, limit: limit, cursor: cursor)
        }
    }

    private func leaderboard(
        _ query: BoardQuery,
        of boards: BenchmarkBoards,
        limit: Int,
        cursor: BoardCursor
    ) async throws -> (value: BoardPage, positions: [Int64]) {
        let chosen = try await chosenBoards(query, of: boards)
        var page = BoardPage(
            benchmark: boards.benchmark,
            board: try Self.board(of: chosen, cursor: cursor.key),
            boards: boards.boards,
            entries: [],
            unranked: [],
            logPosition: boards.logPosition,
            snapshot: boards.snapshot
        )
        guard let board = page.board else { return (page, []) }
        let showsUnranked = board.hasUnranked && (cursor.key == nil || !cursor.isOfEntries)
        async let entries =
            cursor.isOfEntries
            ? lines(
                of: board,
                BoardLines(query.status, at: boards.moment),
                "leaderboard",
                query,
                boards,
                after: cursor.key,
                limit: limit
            ) : []
        async let unranked =
            showsUnranked
            ? lines(
                of: board,
                .aside(at: boards.moment),
                "unranked",
                query,
                boards,
                after: cursor.isOfEntries ? nil : cursor.key,
                limit: limit
            ) : []
        page.show(try await entries, after: try Ranking(cursor: cursor.isOfEntries ? cursor.key : nil), limit: limit)
        page.show(unranked: try await unranked, limit: limit)
        return (page, try await (entries + unranked).prefix(1).map(\.position) + unranked.prefix(1).map(\.position))
    }

    /// Reads lines of a board, one more than the limit, so that it is known whether there are more.
    private func lines(
        of board: Board,
        _ lines: BoardLines,
        _ name: String,
        _ query: BoardQuery,
        _ boards: BenchmarkBoards,
        after cursor: Cursor?,
        limit: Int
    ) async throws -> [BoardLine] {
        let rows = try await client.read(
            Self.leaderboardSQL(
                benchmark: boards.benchmark.id,
                board: board.id,
                lines: lines,
                filter: BoardFilter(query),
                cursor: cursor,
                limit: limit + 1
            ).named(name)
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            return BoardLine(
                position: try columns.next(),
                key: try columns.decimal(),
                entry: try BoardEntry(reading: &columns)
            )
        }
    }

    /// The query behind a leaderboard; the page's rows are found by the board's index alone.
    ///
    /// Each row begins with the benchmark's counter, as it is at the moment of the query.
    static func leaderboardSQL(
        benchmark: Int64,
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
            SELECT
                (SELECT n.log_position FROM benchmark n WHERE n.id = \(benchmark)),
                e.sort_key, \(lines.columns)
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

/// A line of a board as it is read.
private struct BoardLine: Sendable {
    /// The benchmark's counter at that moment.
    var position: Int64
    var key: ExactDecimal
    var entry: BoardEntry
}

extension BoardPage {
    /// Takes the ranked lines, one of which may be too many.
    fileprivate mutating func show(_ lines: [BoardLine], after start: Ranking, limit: Int) {
        var ranking = start
        for line in lines.prefix(limit) {
            var entry = line.entry
            entry.rank = ranking.place(of: line.key)
            entries.append(entry)
        }
        guard lines.count > limit, limit > 0, let board, let last = entries.last else { return }
        let key = [
            String(board.id), lines[limit - 1].key.description, String(last.claimID), String(ranking.position),
            String(last.rank ?? ranking.position),
        ]
        next = Cursor(fields: key).encoded(for: BoardCursor.entries)
    }

    /// Takes the lines without a rank, one of which may be too many.
    fileprivate mutating func show(unranked lines: [BoardLine], limit: Int) {
        unranked = lines.prefix(limit).map(\.entry)
        guard lines.count > limit, let board, let last = unranked.last else { return }
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
