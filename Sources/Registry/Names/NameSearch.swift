import Claims
internal import Postgres

extension Registry {
    /// Ids in the order of a search, or of all there are, with the sort key of each.
    struct Hit: Sendable {
        var id: Int64
        /// The sort key: the score of a search, the count of claims, or the slug.
        var key: String
    }

    /// Finds names by a search that forgives typos: the same name first, then names that start so, then those alike.
    ///
    /// The score is a whole number, so that a cursor can hold it exactly.
    func search(
        _ kind: NameKind,
        _ text: String,
        status: ListedStanding,
        page: PageRequest
    ) async throws -> Page<Hit> {
        let limit = try page.checkedLimit()
        guard text.utf8.count <= 200, !text.utf8.contains(0) else {
            throw RegistryError(.invalid, "the search is longer than 200 bytes", field: "search")
        }
        let cursor = try page.cursor(of: kind.rawValue, count: 2)
        let key = NameKey(text).description
        let words = text.lowercased()
        let after: SQL =
            if let cursor {
                """
                AND (s.score < \(try cursor.number(0))
                    OR (s.score = \(try cursor.number(0)) AND s.id > \(try cursor.number(1))))
                """
            } else {
                ""
            }
        let table = kind.rawValue
        let rows = try await client.read(
            """
            SELECT s.id, s.score::text
            FROM (
                SELECT
                    a.\(unescaped: table)_id AS id,
                    max(CASE
                        WHEN a.name_key = \(key) THEN 3000
                        WHEN starts_with(a.name_key, \(key)) THEN
                            2000 + (1000 * similarity(lower(a.alias), \(words)))::integer
                        ELSE (1000 * greatest(
                            similarity(lower(a.alias), \(words)),
                            0.9 * word_similarity(\(words), lower(a.alias))))::integer
                    END)::bigint AS score
                FROM \(unescaped: table)_alias a
                WHERE a.name_key = \(key)
                    OR (\(key) <> '' AND a.name_key LIKE \(key.escapedForLike + "%"))
                    OR lower(a.alias) % \(words)
                    OR \(words) <% lower(a.alias)
                GROUP BY a.\(unescaped: table)_id
            ) s
            JOIN \(unescaped: table) t ON t.id = s.id
            WHERE \(status.condition) \(after)
            ORDER BY s.score DESC, s.id
            LIMIT \(limit + 1)
            """
        )
        let hits = try rows.decode(Int64.self, String.self).map { Hit(id: $0, key: $1) }
        return Page(read: hits, limit: limit, list: kind.rawValue) { [$0.key, String($0.id)] }
    }

    /// Lists all names, those with most claims first.
    ///
    /// The first condition on the count is implied by the second, and one that the index can start from.
    func list(_ kind: NameKind, status: ListedStanding, page: PageRequest) async throws -> Page<Hit> {
        let limit = try page.checkedLimit()
        let cursor = try page.cursor(of: kind.rawValue + "s", count: 2)
        let after: SQL =
            if let cursor {
                """
                AND t.claim_count <= \(try cursor.number(0))::bigint
                AND (t.claim_count < \(try cursor.number(0))::bigint OR t.id > \(try cursor.number(1)))
                """
            } else {
                ""
            }
        let rows = try await client.read(
            """
            SELECT t.id, t.claim_count::text
            FROM \(unescaped: kind.rawValue) t
            WHERE \(status.condition) \(after)
            ORDER BY t.claim_count DESC, t.id
            LIMIT \(limit + 1)
            """
        )
        let hits = try rows.decode(Int64.self, String.self).map { Hit(id: $0, key: $1) }
        return Page(read: hits, limit: limit, list: kind.rawValue + "s") { [$0.key, String($0.id)] }
    }

    /// A page of a search or, without one, of all names.
    func hits(_ kind: NameKind, _ query: NameQuery) async throws -> Page<Hit> {
        guard let text = query.search?.trimmingSpaces(), !text.isEmpty else {
            return try await list(kind, status: query.status, page: query.page)
        }
        return try await search(kind, text, status: query.status, page: query.page)
    }
}

extension ListedStanding {
    /// What the table `t` of a list has to hold; what was merged into another is in none.
    var condition: SQL {
        switch self {
        case .active: "t.status = 'active'"
        case .retracted: "t.status = 'retracted'"
        case .all: "t.status <> 'merged'"
        }
    }
}

extension String {
    /// The text with the characters escaped that mean something in `LIKE`.
    var escapedForLike: String {
        replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
    }
}
