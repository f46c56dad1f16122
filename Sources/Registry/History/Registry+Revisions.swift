internal import Postgres

extension Registry {
    /// States that a record has had, the first one first, with what each changed.
    ///
    /// - Parameters:
    ///   - type: the record's kind.
    ///   - id: its id.
    ///   - page: which part of them.
    /// - Returns: the revisions; none where there is no such record.
    /// - Throws: `RegistryError` (invalid: limit, cursor).
    package func revisions(of type: RevisedType, _ id: Int64, page: PageRequest = PageRequest()) async throws -> Page<
        Revision
    > {
        let limit = try page.checkedLimit()
        let after = try page.cursor(of: "revisions", count: 1)?.number(0, in: 0...Int64(Int32.max)) ?? 0
        let rows = try await client.read(
            """
            SELECT
                r.number, r.state::text, CASE WHEN r.number > 1 THEN (
                    SELECT coalesce(jsonb_agg(jsonb_build_object(
                        'field', coalesce(new.key, old.key), 'from', old.value, 'to', new.value)
                        ORDER BY coalesce(new.key, old.key) COLLATE "C"), '[]')
                    FROM jsonb_each(before.state) old
                    FULL JOIN jsonb_each(r.state) new ON new.key = old.key
                    WHERE new.value IS DISTINCT FROM old.value
                )::text END,
                r.author, r.reason, \(Columns.time("r.created_at")), r.log_position
            FROM revision r
            LEFT JOIN revision before
                ON before.record_type = r.record_type AND before.record_id = r.record_id AND before.number = r.number - 1
            WHERE r.record_type = \(type.rawValue) AND r.record_id = \(id) AND r.number > \(after)
            ORDER BY r.number
            LIMIT \(limit + 1)
            """
        )
        let revisions = try rows.map { row in
            var columns = ColumnReader(row)
            return Revision(
                number: try columns.next(),
                state: try columns.next(),
                diff: try columns.next(),
                author: try columns.next(),
                reason: try columns.next(),
                createdAt: try columns.next(),
                logPosition: try columns.next()
            )
        }
        return Page(read: revisions, limit: limit, list: "revisions") { [String($0.number)] }
    }

    /// The id behind a slug, a former slug or any name of a benchmark, metric or model.
    ///
    /// - Parameters:
    ///   - type: which of these.
    ///   - name: the name.
    /// - Returns: the id and the slug of today; `nil` where there is none, and for other kinds of records.
    /// - Throws: `PostgresError`.
    package func record(_ type: RevisedType, named name: String) async throws -> (id: Int64, slug: String)? {
        guard let kind = NameKind(rawValue: type.rawValue) else { return nil }
        return try await find(kind, name).map { ($0.id, $0.slug) }
    }
}
