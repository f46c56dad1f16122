import Claims
internal import Postgres

/// A benchmark's name that an extractor may look for.
package struct ProvenName: Sendable, Hashable {
    /// The name, as printed.
    package var name: String
    /// Whether a person has set it; else papers only use it.
    package var isSetByPerson: Bool
}

extension Registry {
    /// The names of benchmarks that have proved themselves, for extractors that look for known names.
    ///
    /// Most names in the registry come from extraction itself. If each were looked for at once, one wrong reading would find
    /// itself again in every paper and never go away. So a name counts where a person has set it (a benchmark's name, or
    /// its aliases), or where at least two papers print it letter for letter, each in a record that is at least as
    /// likely right as wrong; what stands for a name only beside another ("100" in "CIFAR-10/100") has no two letters and
    /// does not count. A benchmark that was merged or retracted has no names.
    ///
    /// - Parameter limit: how many names at most; those that most papers use stay.
    /// - Returns: each name once; the same registry gives the same names in the same order.
    /// - Throws: `PostgresError`.
    /// - Complexity: linear in the mentions; a second or two for a million papers, so for once a run.
    package func provenNames(limit: Int = 100_000) async throws -> [ProvenName] {
        let rows = try await client.longRead(
            """
            SELECT named.name, bool_or(named.by_person)
            FROM (
                SELECT b.name, true AS by_person, b.paper_count AS papers
                FROM benchmark b
                WHERE b.status = 'active' AND b.set_by ? 'name'
                UNION ALL
                SELECT a.alias, true, b.paper_count
                FROM benchmark b
                JOIN benchmark_alias a ON a.benchmark_id = b.id
                WHERE b.status = 'active' AND b.set_by ? 'aliases'
                UNION ALL
                SELECT printed.name, false, count(DISTINCT printed.paper_id)
                FROM (
                    SELECT n.name, n.benchmark_id, n.paper_id
                    FROM paper_benchmark n
                    WHERE n.status = 'active' AND n.confidence >= 0.5
                    UNION ALL
                    SELECT n.full_name, n.benchmark_id, n.paper_id
                    FROM paper_benchmark n
                    WHERE n.status = 'active' AND n.confidence >= 0.5 AND n.full_name IS NOT NULL
                ) printed
                JOIN benchmark b ON b.id = printed.benchmark_id AND b.status = 'active'
                WHERE printed.name ~ '[[:alpha:]].*[[:alpha:]]'
                GROUP BY printed.name
                HAVING count(DISTINCT printed.paper_id) >= 2
            ) named
            GROUP BY named.name
            ORDER BY bool_or(named.by_person) DESC, max(named.papers) DESC, named.name COLLATE "C"
            LIMIT \(limit)
            """,
            timeout: .seconds(600)
        )
        return try rows.decode(String.self, Bool.self).map { ProvenName(name: $0, isSetByPerson: $1) }
    }
}
