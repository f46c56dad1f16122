import Claims
internal import Postgres

/// What a name in a request stands for.
struct FoundName: Sendable {
    var id: Int64
    var slug: String
    var name: String
    /// Whether it was found by another name than its slug.
    var isRedirect: Bool
    /// Whether what has or had the name as its slug was merged into this one.
    var wasMerged = false
    var standing = Standing.active
}

extension FoundName {
    /// The query for a benchmark, metric or model by its slug, a former slug, or any of its names, in this order.
    static func sql(_ kind: NameKind, _ name: String) -> SQL {
        """
        SELECT t.id, t.slug, t.name, found.is_redirect, found.was_merged, t.status
        FROM (\(Registry.lookup(kind, name))) found
        JOIN \(unescaped: kind.rawValue) t ON t.id = found.id
        """
    }

    /// Takes what ``sql(_:_:)`` found.
    ///
    /// - Returns: `nil` where that is nothing.
    init?(_ rows: Rows) throws {
        guard let row = rows.first else { return nil }
        var columns = ColumnReader(row)
        self.init(
            id: try columns.next(),
            slug: try columns.next(),
            name: try columns.next(),
            isRedirect: try columns.next(),
            wasMerged: try columns.next(),
            standing: try columns.word()
        )
    }
}

extension Registry {
    /// Finds a benchmark, metric or model by its slug, a former slug, or any of its names, in this order.
    ///
    /// A record that was merged into another is the other one.
    func find(_ kind: NameKind, _ name: String) async throws -> FoundName? {
        guard !name.utf8.contains(0) else { return nil }
        return try FoundName(await client.read(FoundName.sql(kind, name)))
    }

    /// A query for the record that a name stands for: no row, or one of id, is_redirect and was_merged.
    ///
    /// Where the record was merged into another, and that perhaps into a third, it is the last one. The OFFSET keeps the
    /// planner from joining by the expression that finds it, for which it would read the whole table.
    static func lookup(_ kind: NameKind, _ name: String) -> SQL {
        let table = kind.rawValue
        return """
            SELECT
                CASE WHEN t.merged_into IS NULL THEN t.id ELSE (
                    WITH RECURSIVE path AS (
                        SELECT t.id, t.merged_into
                        UNION
                        SELECT next.id, next.merged_into
                        FROM path JOIN \(unescaped: table) next ON next.id = path.merged_into
                    )
                    SELECT path.id FROM path WHERE path.merged_into IS NULL) END AS id,
                named.rank > 1 OR t.merged_into IS NOT NULL AS is_redirect,
                t.merged_into IS NOT NULL AS was_merged
            FROM (
                SELECT s.id, 1 AS rank FROM \(unescaped: table) s WHERE s.slug = \(name)
                UNION ALL
                SELECT f.record_id, 2 FROM former_slug f
                WHERE f.record_type = \(table) AND f.slug = \(name)
                UNION ALL
                SELECT a.\(unescaped: table)_id, 3 FROM \(unescaped: table)_alias a
                WHERE a.name_key = \(NameKey(name).description)
                ORDER BY rank
                LIMIT 1
            ) named
            JOIN \(unescaped: table) t ON t.id = named.id
            OFFSET 0
            """
    }

    /// Finds what a name of today, or a former one, stood for at a moment, under the slug and name that it had then.
    ///
    /// A record that had been merged by then is the other one; one that was merged later is still itself.
    func find(_ kind: NameKind, _ name: String, at moment: Moment) async throws -> FoundName? {
        guard let position = moment.position else { return try await find(kind, name) }
        let table = kind.rawValue
        guard !name.utf8.contains(0) else { return nil }
        let rows = try await client.read(
            """
            WITH RECURSIVE known AS (
                SELECT found.id, found.rank, 0 AS hops
                FROM (
                    SELECT s.id, 1 AS rank FROM \(unescaped: table) s WHERE s.slug = \(name)
                    UNION ALL
                    SELECT f.record_id, 2 FROM former_slug f WHERE f.record_type = \(table) AND f.slug = \(name)
                    UNION ALL
                    SELECT a.\(unescaped: table)_id, 3 FROM \(unescaped: table)_alias a
                    WHERE a.name_key = \(NameKey(name).description)
                ) found
                UNION ALL
                SELECT (past.state ->> 'merged_into')::bigint, known.rank, known.hops + 1
                FROM known
                JOIN \(Past.state(table, "known.id", position)) past ON past.state ->> 'merged_into' IS NOT NULL
                WHERE known.hops < 10
            )
            SELECT
                known.id, past.state ->> 'slug', past.state ->> 'name', known.rank > 1 OR known.hops > 0,
                known.hops > 0, past.state ->> 'status'
            FROM known
            JOIN \(Past.state(table, "known.id", position)) past ON past.state ->> 'merged_into' IS NULL
            ORDER BY known.rank, known.hops
            LIMIT 1
            """
        )
        return try FoundName(rows)
    }

    /// Finds a benchmark, metric or model that a query names.
    ///
    /// - Throws: `RegistryError` (notFound).
    func get(_ kind: NameKind, _ name: String, at moment: Moment = .now) async throws -> FoundName {
        guard let found = try await find(kind, name, at: moment) else {
            throw Self.unknown(kind, name, at: moment)
        }
        return found
    }

    /// What is thrown for a name that stands for nothing.
    static func unknown(_ kind: NameKind, _ name: String, at moment: Moment = .now) -> RegistryError {
        let time = moment.position == nil ? "" : " at that time"
        return RegistryError(
            .notFound,
            "there is no \(kind.rawValue) \u{201C}\(name.prefix(80))\u{201D}\(time)",
            field: kind.rawValue
        )
    }
}
