import Claims
internal import Postgres

extension Registry {
    /// How a board differs between two moments.
    ///
    /// - Parameters:
    ///   - query: the board, by its names at the later moment, with filters and page; its own moment plays no part.
    ///   - from: the earlier moment.
    ///   - to: the later one; `nil` for the present.
    /// - Returns: the lines that differ.
    /// - Throws: `RegistryError` (notFound: benchmark, metric, board or moment; invalid: limit, cursor).
    /// - Complexity: linear in the board, since every place has to be counted.
    package func boardDiff(_ query: BoardQuery, from: AsOf, to: AsOf?) async throws -> BoardDiff {
        let limit = try query.page.checkedLimit()
        let cursor = try query.page.cursor(of: Self.diffList, count: 2)
        let earlier = try await snapshot(from)
        // A cursor goes on with the moment that the first part was of.
        let later: Snapshot =
            if let cursor {
                try await snapshot(.position(try cursor.number(0, in: 0...Self.lastPosition)))
            } else if let to { try await snapshot(to) } else { try await currentSnapshot() }
        let moments = (Moment(position: earlier.position), Moment(position: later.position))
        let known = try await benchmarkBoards(query.benchmark, in: later)
        let board = try await chosenBoards(query, of: known).first
        var diff = BoardDiff(benchmark: known.benchmark, board: board, from: earlier, to: later, differences: [])
        guard let board else { return diff }
        let start = try cursor?.number(1, in: 0...Int64(Int32.max)) ?? 0
        let places = try await places(of: board.id, query, moments, start: start, limit: limit + 1)
        let shown = Array(places.prefix(limit))
        let lines = (BoardLines(query.status, at: moments.0), BoardLines(query.status, at: moments.1))
        async let before = entries(of: board.id, shown.map(\.before), lines.0)
        async let after = entries(of: board.id, shown.map(\.after), lines.1)
        let (was, became) = (try await before, try await after)
        diff.differences = shown.map { place in
            BoardDifference(
                kind: place.kind,
                claimID: place.claim,
                before: was[place.claim],
                after: became[place.claim]
            )
        }
        if places.count > limit {
            diff.next = Cursor(fields: [String(later.position), String(start + Int64(limit))]).encoded(
                for: Self.diffList
            )
        }
        return diff
    }

    private static let diffList = "board-diff"
    private static let lastPosition = Int64.max

    /// Where a line stood before and after.
    private struct Place: Sendable {
        var claim: Int64
        var kind: BoardDifference.Kind
        var before: (claim: Int64, key: String, rank: Int)?
        var after: (claim: Int64, key: String, rank: Int)?
    }

    private func places(
        of board: Int64,
        _ query: BoardQuery,
        _ moments: (Moment, Moment),
        start: Int64,
        limit: Int
    ) async throws -> [Place] {
        let filter = BoardFilter(query).sql
        func ranked(_ moment: Moment) -> SQL {
            """
            SELECT
                e.claim_id, e.sort_key, e.model_id, e.parameters, e.has_code, e.published,
                rank() OVER (ORDER BY e.sort_key) AS rank
            FROM \(BoardLines(query.status, at: moment).source)
            WHERE e.board_id = \(board) \(filter)
            """
        }
        let (from, to) = (moments.0.position ?? 0, moments.1.position ?? 0)
        let rows = try await client.read(
            """
            SELECT
                line.claim_id, CASE
                    WHEN line.old_rank IS NULL THEN 'entered'
                    WHEN line.new_rank IS NULL THEN 'left'
                    WHEN line.changed THEN 'changed'
                    ELSE 'moved' END,
                line.old_key, line.old_rank, line.new_key, line.new_rank
            FROM (
                SELECT
                    coalesce(a.claim_id, b.claim_id) AS claim_id, a.sort_key::text AS old_key, a.rank AS old_rank,
                    b.sort_key::text AS new_key, b.rank AS new_rank,
                    (a.sort_key::text, a.model_id, a.parameters, a.has_code, a.published)
                        IS DISTINCT FROM (b.sort_key::text, b.model_id, b.parameters, b.has_code, b.published)
                    OR EXISTS (
                        SELECT FROM revision r
                        JOIN revision before
                            ON before.record_type = r.record_type AND before.record_id = r.record_id
                                AND before.number = r.number - 1
                        WHERE r.record_type = 'claim' AND r.record_id = b.claim_id
                            AND r.log_position > \(from) AND r.log_position <= \(to)
                            AND \(Self.shownFields("r.state")) IS DISTINCT FROM \(Self.shownFields("before.state"))
                    ) AS changed
                FROM (\(ranked(moments.0))) a
                FULL JOIN (\(ranked(moments.1))) b ON b.claim_id = a.claim_id
            ) line
            WHERE line.old_rank IS NULL OR line.new_rank IS NULL OR line.changed OR line.old_rank <> line.new_rank
            ORDER BY line.new_rank NULLS LAST, line.old_rank, line.claim_id
            OFFSET \(start) LIMIT \(limit)
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            let claim = try columns.next(Int64.self)
            let kind = try columns.word(BoardDifference.Kind.self)
            let (oldKey, oldRank) = (try columns.next(String?.self), try columns.next(Int?.self))
            let (newKey, newRank) = (try columns.next(String?.self), try columns.next(Int?.self))
            var place = Place(claim: claim, kind: kind)
            if let oldKey, let oldRank { place.before = (claim, oldKey, oldRank) }
            if let newKey, let newRank { place.after = (claim, newKey, newRank) }
            return place
        }
    }

    /// What a board shows of a claim beside what stands in its line.
    private static func shownFields(_ state: String) -> SQL {
        """
        (\(unescaped: state) -> 'bound', \(unescaped: state) -> 'aggregate', \(unescaped: state) -> 'subject',
            \(unescaped: state) -> 'evidence')
        """
    }

    private func entries(
        of board: Int64,
        _ places: [(claim: Int64, key: String, rank: Int)?],
        _ lines: BoardLines
    ) async throws -> [Int64: BoardEntry] {
        let wanted = places.compactMap(\.self)
        guard !wanted.isEmpty else { return [:] }
        let rows = try await client.read(
            """
            SELECT wanted.rank, \(lines.values.columns)
            FROM unnest(\(wanted.map(\.claim))::bigint[], \(wanted.map(\.key))::numeric[], \(wanted.map(\.rank))::integer[])
                AS wanted (claim_id, sort_key, rank)
            CROSS JOIN LATERAL (
                SELECT e.claim_id, e.paper_id, e.model_id, e.parameters, e.has_code FROM \(lines.source)
                WHERE e.board_id = \(board) AND e.sort_key = wanted.sort_key AND e.claim_id = wanted.claim_id
            ) e
            \(lines.values.joins)
            """
        )
        let entries = try rows.map { row in
            var columns = ColumnReader(row)
            let rank = try columns.next(Int.self)
            var entry = try BoardEntry(reading: &columns)
            entry.rank = rank
            return (entry.claimID, entry)
        }
        return Dictionary(entries) { first, _ in first }
    }
}
