import Claims
internal import Postgres

extension Registry {
    /// Lists claims, the newest in the registry first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor; notFound: benchmark, metric or model).
    package func claims(_ query: ClaimQuery) async throws -> Page<ClaimRecord> {
        let limit = try query.page.checkedLimit()
        var conditions: [SQL] = ["true"]
        if let cursor = try query.page.cursor(of: "claims", count: 1) {
            conditions.append("c.id < \(try cursor.number(0))")
        }
        if let name = query.benchmark {
            let id = try await get(.benchmark, name).id
            conditions.append("c.id IN (SELECT cb.claim_id FROM claim_benchmark cb WHERE cb.benchmark_id = \(id))")
        }
        if let name = query.metric { conditions.append("c.metric_id = \(try await get(.metric, name).id)") }
        if let name = query.model { conditions.append("c.model_id = \(try await get(.model, name).id)") }
        if let paper = query.paper { conditions.append("c.paper_id = \(paper)") }
        if let kind = query.kind { conditions.append("c.kind = \(kind.rawValue)") }
        if let unit = query.unit { conditions.append("c.unit = \(unit)") }
        if let bound = query.bound { conditions.append("c.bound = \(bound.rawValue)") }
        if let status = query.status { conditions.append("c.status = \(status.rawValue)") }
        if let confidence = query.minConfidence { conditions.append("c.confidence >= \(confidence)") }
        let claims = try await claimRecords(
            """
            WHERE \(SQL.joined(conditions, separator: " AND "))
            ORDER BY c.id DESC
            LIMIT \(limit + 1)
            """
        )
        return Page(read: claims, limit: limit, list: "claims") { [String($0.id)] }
    }

    /// A claim, whatever its status.
    ///
    /// - Returns: `nil` where there is none.
    /// - Throws: `PostgresError`.
    package func claim(_ id: Int64) async throws -> ClaimRecord? {
        try await claimRecords("WHERE c.id = \(id)").first
    }

    /// All states that a claim has had, the first one first.
    ///
    /// - Returns: `nil` where there is no such claim.
    /// - Throws: `PostgresError`.
    package func claimRevisions(_ id: Int64) async throws -> [Revision]? {
        let rows = try await client.read(
            """
            SELECT r.number, r.state::text, r.author, r.reason, \(Columns.time("r.created_at")), r.log_position
            FROM revision r
            WHERE r.record_type = 'claim' AND r.record_id = \(id)
            ORDER BY r.number
            """
        )
        let revisions = try rows.decode(Int.self, String.self, String.self, String.self, String.self, Int64.self)
            .map { Revision(number: $0, state: $1, author: $2, reason: $3, createdAt: $4, logPosition: $5) }
        return revisions.isEmpty ? nil : revisions
    }

    /// Reads claims with what they point to.
    ///
    /// - Parameter rest: the query from `WHERE` on; the claim's table is `c`.
    /// - Returns: the claims, in the query's order.
    /// - Throws: `PostgresError`.
    func claimRecords(_ rest: SQL) async throws -> [ClaimRecord] {
        let rows = try await client.read(
            """
            SELECT
                c.id, \(Columns.paper), \(Columns.claim), \(Columns.metric), \(Columns.model),
                ARRAY(\(Self.benchmarkColumn("id"))), ARRAY(\(Self.benchmarkColumn("slug"))),
                ARRAY(\(Self.benchmarkColumn("name"))),
                e.name, e.version, c.status, c.revision, c.set_by::text, \(Columns.time("c.created_at"))
            FROM claim c
            JOIN paper p ON p.id = c.paper_id
            JOIN extractor e ON e.id = c.extractor_id
            LEFT JOIN metric m ON m.id = c.metric_id
            LEFT JOIN model d ON d.id = c.model_id
            \(rest)
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            return ClaimRecord(
                id: try columns.next(),
                paper: try columns.paper(),
                claim: try ExtractedClaim(reading: &columns),
                metric: try columns.metric(),
                model: try columns.model(),
                benchmarks: try columns.benchmarks(),
                extractor: try columns.extractor(),
                status: try columns.word(),
                revision: try columns.next(),
                setBy: try columns.next(),
                createdAt: try columns.next()
            )
        }
    }

    private static func benchmarkColumn(_ name: String) -> SQL {
        """
        SELECT b.\(unescaped: name) FROM claim_benchmark cb JOIN benchmark b ON b.id = cb.benchmark_id
        WHERE cb.claim_id = c.id ORDER BY cb.position
        """
    }
}
