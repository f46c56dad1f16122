import Claims
internal import Postgres

extension Registry {
    /// What changed after a log position, oldest first.
    ///
    /// Where only a kind of records is asked for, one call looks through some thousands of entries; the answer then says how
    /// far it has come even if there was nothing.
    ///
    /// - Throws: `RegistryError` (invalid: limit; notFound: benchmark).
    package func changes(_ query: ChangeQuery) async throws -> ChangePage {
        let limit = try PageRequest(limit: query.limit).checkedLimit()
        let head = try await logHead().position
        let last =
            query.benchmark == nil && query.type != nil ? min(head, query.after + Self.entriesLookedThrough) : head
        let benchmark = try await benchmarkID(query.benchmark)
        let found = try await changes(
            Self.entries(
                of: benchmark,
                range: (query.after, last),
                descending: false,
                limit: limit + 1,
                type: query.type
            ),
            benchmark: benchmark,
            type: query.type
        )
        let page = Array(found.prefix(limit))
        guard found.count > limit, let end = page.last else {
            return ChangePage(changes: page, position: max(last, query.after), hasMore: last < head)
        }
        return ChangePage(changes: page, position: end.position, hasMore: true)
    }

    /// The newest changes, the newest first.
    ///
    /// - Parameters:
    ///   - benchmark: only what concerns this one: its slug, or any of its names.
    ///   - limit: how many at most, 1...1000.
    /// - Returns: the changes.
    /// - Throws: `RegistryError` (invalid: limit; notFound: benchmark).
    package func newestChanges(of benchmark: String? = nil, limit: Int) async throws -> [Change] {
        let limit = try PageRequest(limit: limit).checkedLimit()
        let id = try await benchmarkID(benchmark)
        let entries = Self.entries(of: id, range: (0, .max), descending: true, limit: limit, type: nil)
        return try await changes(entries, benchmark: id, type: nil, descending: true)
    }

    private func benchmarkID(_ name: String?) async throws -> Int64? {
        guard let name else { return nil }
        return try await get(.benchmark, name).id
    }

    /// Positions of entries, in their order.
    private static func entries(
        of benchmark: Int64?,
        range: (after: Int64, through: Int64),
        descending: Bool,
        limit: Int,
        type: RevisedType?
    ) -> SQL {
        let order: SQL = descending ? "DESC" : "ASC"
        let kind: SQL =
            if let type {
                """
                AND EXISTS (SELECT FROM revision r
                    WHERE r.log_position = l.position AND r.record_type = \(type.rawValue))
                """
            } else {
                ""
            }
        let source: SQL =
            if let benchmark {
                "(SELECT b.log_position AS position FROM benchmark_change b WHERE b.benchmark_id = \(benchmark)) l"
            } else {
                "log l"
            }
        return """
            SELECT l.position FROM \(source)
            WHERE l.position > \(range.after) AND l.position <= \(range.through) \(kind)
            ORDER BY l.position \(order) LIMIT \(limit)
            """
    }

    private func changes(
        _ entries: SQL,
        benchmark: Int64?,
        type: RevisedType?,
        descending: Bool = false
    ) async throws -> [Change] {
        var conditions: SQL = ""
        if let type { conditions.append(" AND r.record_type = \(type.rawValue)") }
        if let benchmark {
            conditions.append(
                """
                 AND ((r.record_type = 'benchmark' AND r.record_id = \(benchmark)) OR EXISTS (
                    SELECT FROM (
                        SELECT s.target_type, s.target_id FROM state_references(r.state) s
                        UNION ALL
                        SELECT s.target_type, s.target_id FROM state_references(before.state) s
                    ) named
                    WHERE named.target_type = 'benchmark' AND named.target_id = \(benchmark)))
                """
            )
        }
        let rows = try await client.read(
            """
            SELECT
                l.position, encode(l.hash, 'hex'), \(Columns.time("l.at")), l.actor, l.kind,
                l.entry::jsonb ->> 'reason', (l.entry::jsonb #>> '{subject,paper}')::bigint, p.state ->> 'title',
                p.state ->> 'published', p.state ->> 'url', changed.types, changed.ids, changed.numbers, changed.summaries
            FROM (\(entries)) entry
            JOIN log l ON l.position = entry.position
            LEFT JOIN LATERAL (
                SELECT r.state FROM revision r
                WHERE r.record_type = 'paper' AND r.record_id = (l.entry::jsonb #>> '{subject,paper}')::bigint
                    AND r.log_position <= l.position
                ORDER BY r.number DESC LIMIT 1
            ) p ON true
            CROSS JOIN LATERAL (
                SELECT
                    coalesce(array_agg(r.record_type ORDER BY r.record_type, r.record_id), '{}') AS types,
                    coalesce(array_agg(r.record_id ORDER BY r.record_type, r.record_id), '{}') AS ids,
                    coalesce(array_agg(r.number ORDER BY r.record_type, r.record_id), '{}') AS numbers,
                    coalesce(array_agg(\(Self.summary) ORDER BY r.record_type, r.record_id), '{}') AS summaries
                FROM revision r
                LEFT JOIN revision before
                    ON before.record_type = r.record_type AND before.record_id = r.record_id
                        AND before.number = r.number - 1
                WHERE r.log_position = l.position\(conditions)
            ) changed
            ORDER BY l.position \(unescaped: descending ? "DESC" : "ASC")
            """
        )
        return try rows.map(Change.init)
    }

    /// A revision's record in few words; empty where there are none.
    private static let summary: SQL = """
        CASE r.record_type
            WHEN 'claim' THEN concat_ws(
                ' ', r.state ->> 'metric', r.state ->> 'value', nullif(r.state ->> 'unit', 'none'),
                '(' || (r.state ->> 'subject') || ')')
            ELSE coalesce(
                r.state ->> 'name', r.state ->> 'title', r.state ->> 'url', r.state ->> 'model', r.state ->> 'subject', '')
        END
        """

    /// Some tens of milliseconds of looking.
    private static let entriesLookedThrough: Int64 = 10_000
}

extension Change {
    /// Reads position, hash, at, actor, kind, reason, the paper's four columns, and four arrays of one length: types, ids,
    /// numbers, summaries.
    fileprivate init(_ row: Row) throws {
        var columns = ColumnReader(row)
        let position = try columns.next(Int64.self)
        let hash = try columns.next(String.self)
        let at = try columns.next(String.self)
        let actor = try columns.next(String.self)
        let kind = try columns.next(String.self)
        let reason = try columns.next(String?.self)
        let paper = try columns.next(Int64?.self)
        let title = try columns.next(String?.self)
        let published = try columns.date()
        let url = try columns.next(String?.self)
        let types = try columns.next([String].self)
        let ids = try columns.next([Int64].self)
        let numbers = try columns.next([Int].self)
        let summaries = try columns.next([String].self)
        self.init(
            position: position,
            hash: hash,
            at: at,
            actor: actor,
            kind: kind,
            reason: reason,
            paper: paper.flatMap { id in
                title.map { PaperReference(id: id, title: $0, published: published, url: url) }
            },
            records: types.indices.compactMap { index in
                RevisedType(rawValue: types[index]).map { type in
                    let summary = summaries[index].isEmpty ? nil : summaries[index]
                    return ChangedRecord(type: type, id: ids[index], revision: numbers[index], summary: summary)
                }
            }
        )
    }
}
