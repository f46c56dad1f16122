import Claims
internal import Postgres

extension Registry {
    /// Lists claims, the newest in the registry first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor; notFound: benchmark, metric, model or moment).
    package func claims(_ query: ClaimQuery) async throws -> DatedPage<ClaimRecord> {
        let limit = try query.page.checkedLimit()
        let cursor = try query.page.cursor(of: "claims", count: 1)
        let (claims, snapshot) = try await consistently(query.asOf) { moment in
            try await claimRecords(
                """
                WHERE \(try await claimConditions(query, after: cursor, at: moment))
                ORDER BY c.id DESC
                LIMIT \(limit + 1)
                """,
                at: moment
            )
        }
        let page = Page(read: claims, limit: limit, list: "claims") { [String($0.id)] }
        return DatedPage(page: page, snapshot: snapshot)
    }

    /// The conditions of a list of claims.
    func claimConditions(_ query: ClaimQuery, after cursor: Cursor?, at moment: Moment) async throws -> SQL {
        var conditions: [SQL] = ["true"]
        if let cursor { conditions.append("c.id < \(try cursor.number(0))") }
        if let paper = query.paper { conditions.append("c.paper_id = \(paper)") }
        if let position = moment.position {
            conditions.append("c.id <= (SELECT s.last_claim FROM log_snapshot s WHERE s.position = \(position))")
        }
        let field = moment.claimField
        if let name = query.benchmark {
            let id = try await get(.benchmark, name, at: moment).id
            conditions.append(moment.claimNames(id))
        }
        for (kind, name) in [(NameKind.metric, query.metric), (.model, query.model)] {
            guard let name else { continue }
            conditions.append(moment.claimNames(try await get(kind, name, at: moment).id, kind))
        }
        if let kind = query.kind { conditions.append("\(field("kind")) = \(kind.rawValue)") }
        if let unit = query.unit { conditions.append("\(field("unit")) = \(unit)") }
        if let bound = query.bound { conditions.append("\(field("bound")) = \(bound.rawValue)") }
        if let status = query.status { conditions.append("\(field("status")) = \(status.rawValue)") }
        if let confidence = query.minConfidence {
            conditions.append("(\(field("confidence")))::double precision >= \(confidence)")
        }
        return SQL.joined(conditions, separator: " AND ")
    }

    /// A claim, whatever its status.
    ///
    /// - Parameters:
    ///   - id: its id.
    ///   - asOf: the moment whose state is wanted; `nil` for the present.
    /// - Returns: the claim, `nil` where there was none, with the snapshot.
    /// - Throws: `PostgresError`; `RegistryError` (notFound) for a moment that there is not.
    package func claim(_ id: Int64, asOf: AsOf?) async throws -> (claim: ClaimRecord?, snapshot: Snapshot) {
        let (claims, snapshot) = try await consistently(asOf) { try await claimRecords("WHERE c.id = \(id)", at: $0) }
        return (claims.first, snapshot)
    }

    /// A claim as it is now, whatever its status; `nil` where there is none.
    ///
    /// - Throws: `PostgresError`.
    package func claim(_ id: Int64) async throws -> ClaimRecord? {
        try await claimRecords("WHERE c.id = \(id)", at: .now).first
    }

    /// Reads claims with what they point to.
    ///
    /// - Parameters:
    ///   - rest: the query from `WHERE` on; the claim's table is `c`, a past state of it `past.state`.
    ///   - moment: which state of them.
    /// - Returns: the claims, in the query's order.
    /// - Throws: `PostgresError`.
    func claimRecords(_ rest: SQL, at moment: Moment) async throws -> [ClaimRecord] {
        try await client.read(Self.claimsSQL(rest, at: moment)).map(ClaimRecord.init)
    }

    /// The query behind ``claimRecords(_:at:)``.
    static func claimsSQL(_ rest: SQL, at moment: Moment) -> SQL {
        guard let position = moment.position else {
            return """
                SELECT
                    c.id, \(Columns.paper), \(Columns.claim), \(Columns.metric), \(Columns.model),
                    ARRAY(\(benchmarkColumn("id"))), ARRAY(\(benchmarkColumn("slug"))),
                    ARRAY(\(benchmarkColumn("name"))),
                    e.name, e.version, c.status, c.revision, c.set_by::text, \(Columns.time("c.created_at"))
                FROM claim c
                JOIN paper p ON p.id = c.paper_id
                JOIN extractor e ON e.id = c.extractor_id
                LEFT JOIN metric m ON m.id = c.metric_id
                LEFT JOIN model d ON d.id = c.model_id
                \(rest)
                """
        }
        let metric: SQL = "(past.state ->> 'metric_id')::bigint"
        let model: SQL = "(past.state ->> 'model_id')::bigint"
        return """
            SELECT
                c.id, \(Past.paper("c.paper_id", "p.state")),
                (past.state ->> 'value')::numeric, (past.state ->> 'value_high')::numeric, past.state ->> 'unit',
                past.state ->> 'kind', (past.state ->> 'relative')::boolean, past.state ->> 'bound',
                past.state ->> 'metric', \(Past.printedBenchmarks("past.state")), past.state ->> 'aggregate',
                past.state ->> 'subject', past.state ->> 'baseline', \(Past.evidence("past.state")),
                \(Past.sureness("past.state")),
                \(Past.metric("(past.state ->> 'metric_id')::bigint", "m.state")),
                \(Past.model("(past.state ->> 'model_id')::bigint", "d.state")),
                b.ids, b.slugs, b.names, \(Past.extractor("past.state")), past.state ->> 'status', past.number,
                (past.state -> 'set_by')::text, \(Columns.time("c.created_at"))
            FROM claim c
            JOIN \(Past.state("claim", "c.id", position)) past ON true
            JOIN \(Past.state("paper", "c.paper_id", position)) p ON true
            LEFT JOIN \(Past.state("metric", metric, position)) m ON true
            LEFT JOIN \(Past.state("model", model, position)) d ON true
            CROSS JOIN LATERAL (
                SELECT
                    coalesce(array_agg((n.value ->> 'id')::bigint ORDER BY n.place), '{}') AS ids,
                    coalesce(array_agg(t.state ->> 'slug' ORDER BY n.place), '{}') AS slugs,
                    coalesce(array_agg(t.state ->> 'name' ORDER BY n.place), '{}') AS names
                FROM jsonb_array_elements(past.state -> 'benchmarks') WITH ORDINALITY AS n (value, place)
                JOIN \(Past.state("benchmark", "(n.value ->> 'id')::bigint", position)) t ON true
            ) b
            \(rest)
            """
    }

    private static func benchmarkColumn(_ name: String) -> SQL {
        """
        SELECT b.\(unescaped: name) FROM claim_benchmark cb JOIN benchmark b ON b.id = cb.benchmark_id
        WHERE cb.claim_id = c.id ORDER BY cb.position
        """
    }
}

extension ClaimRecord {
    /// Reads a row of ``Registry/claimsSQL(_:at:)``.
    init(_ row: Row) throws {
        var columns = ColumnReader(row)
        self.init(
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

extension Moment {
    /// A field of a claim.
    fileprivate var claimField: (_ name: String) -> SQL {
        position == nil ? { "c.\(unescaped: $0)" } : { "past.state ->> '\(unescaped: $0)'" }
    }

    /// Whether a claim names a benchmark.
    ///
    /// The claims to look at are those that name it now, and those that did once.
    fileprivate func claimNames(_ benchmark: Int64) -> SQL {
        let now: SQL = "SELECT cb.claim_id FROM claim_benchmark cb WHERE cb.benchmark_id = \(benchmark)"
        guard position != nil else { return "c.id IN (\(now))" }
        return """
            c.id IN (\(now) UNION ALL \(Self.formerClaims(of: "benchmark", benchmark)))
            AND past.state -> 'benchmarks' @> jsonb_build_array(jsonb_build_object('id', \(benchmark)::bigint))
            """
    }

    /// Whether a claim names a metric or model.
    fileprivate func claimNames(_ target: Int64, _ kind: NameKind) -> SQL {
        let column: SQL = "\(unescaped: kind.rawValue)_id"
        guard position != nil else { return "c.\(column) = \(target)" }
        return """
            (c.\(column) = \(target) OR c.id IN (\(Self.formerClaims(of: kind.rawValue, target))))
            AND (past.state ->> '\(column)')::bigint = \(target)
            """
    }

    private static func formerClaims(of type: String, _ id: Int64) -> SQL {
        """
        SELECT f.record_id FROM former_reference f
        WHERE f.record_type = 'claim' AND f.target_type = \(type) AND f.target_id = \(id)
        """
    }
}
