import Claims
internal import Postgres

/// What a name in a request stands for.
struct FoundName: Sendable {
    var id: Int64
    var slug: String
    var name: String
    /// Whether it was found by another name than its slug.
    var isRedirect: Bool
}

extension Registry {
    /// Finds a benchmark, metric or model by its slug, a former slug, or any of its names, in this order.
    ///
    /// A record that was merged into another is the other one.
    func find(_ kind: NameKind, _ name: String) async throws -> FoundName? {
        guard !name.utf8.contains(0) else { return nil }
        let rows = try await client.read(
            """
            SELECT t.id, t.slug, t.name, found.is_redirect
            FROM (\(Self.lookup(kind, name))) found
            JOIN \(unescaped: kind.rawValue) t ON t.id = found.id
            """
        )
        guard let row = rows.first else { return nil }
        let (id, slug, name, isRedirect) = try row.decode(Int64.self, String.self, String.self, Bool.self)
        return FoundName(id: id, slug: slug, name: name, isRedirect: isRedirect)
    }

    /// A query for the record that a name stands for: no row, or one of id and is_redirect.
    static func lookup(_ kind: NameKind, _ name: String) -> SQL {
        let table = kind.rawValue
        return """
            SELECT named.id, named.rank > 1 OR named.merged AS is_redirect
            FROM (
                SELECT coalesce(s.merged_into, s.id) AS id, 1 AS rank, s.merged_into IS NOT NULL AS merged
                FROM \(unescaped: table) s WHERE s.slug = \(name)
                UNION ALL
                SELECT f.record_id, 2, false FROM former_slug f
                WHERE f.record_type = \(table) AND f.slug = \(name)
                UNION ALL
                SELECT a.\(unescaped: table)_id, 3, false FROM \(unescaped: table)_alias a
                WHERE a.name_key = \(NameKey(name).description)
            ) named
            ORDER BY named.rank
            LIMIT 1
            """
    }

    /// Finds a benchmark, metric or model that a query names.
    ///
    /// - Throws: `RegistryError` (notFound).
    func get(_ kind: NameKind, _ name: String) async throws -> FoundName {
        guard let found = try await find(kind, name) else { throw Self.unknown(kind, name) }
        return found
    }

    /// What is thrown for a name that stands for nothing.
    static func unknown(_ kind: NameKind, _ name: String) -> RegistryError {
        RegistryError(
            .notFound,
            "there is no \(kind.rawValue) \u{201C}\(name.prefix(80))\u{201D}",
            field: kind.rawValue
        )
    }
}
