import Claims
internal import Postgres

extension Registry {
    /// Lists benchmarks: with a search, the best matches first; else in the order asked for.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor, a search of more than 200 bytes).
    package func benchmarks(_ query: BenchmarkQuery) async throws -> Page<BenchmarkSummary> {
        let page: Page<Hit> =
            if let text = query.search?.trimmingSpaces(), !text.isEmpty {
                try await search(.benchmark, text, status: query.status, page: query.page)
            } else if query.order == .mostClaims {
                try await list(.benchmark, status: query.status, page: query.page)
            } else {
                try await benchmarksBySlug(query.page, status: query.status)
            }
        let rows = try await client.read(
            """
            SELECT b.id, b.slug, b.name, b.claim_count, b.paper_count, b.status
            FROM unnest(\(page.items.map(\.id))::bigint[]) WITH ORDINALITY AS hit (id, place)
            JOIN benchmark b ON b.id = hit.id
            ORDER BY hit.place
            """
        )
        let items = try rows.map { row in
            var columns = ColumnReader(row)
            return BenchmarkSummary(
                benchmark: BenchmarkReference(
                    id: try columns.next(),
                    slug: try columns.next(),
                    name: try columns.next()
                ),
                claimCount: try columns.next(),
                paperCount: try columns.next(),
                status: try columns.word()
            )
        }
        return Page(items: items, next: page.next)
    }

    /// The card of a benchmark.
    ///
    /// - Parameter name: its slug, a former slug, or any of its names.
    /// - Returns: `nil` where there is none.
    /// - Throws: `PostgresError`.
    package func benchmark(_ name: String) async throws -> BenchmarkCard? {
        guard let found = try await find(.benchmark, name) else { return nil }
        async let boards = boards(of: found.id)
        async let introducedBy = papersIntroducing(found.id)
        async let counts = statedCounts(of: found.id)
        async let about = description(of: found.id)
        let rows = try await client.read(
            """
            SELECT
                b.claim_count, b.paper_count, b.revision, b.log_position,
                ARRAY(
                    SELECT a.alias FROM benchmark_alias a
                    WHERE a.benchmark_id = b.id AND a.alias <> b.name
                    ORDER BY a.created_at, a.alias)
            FROM benchmark b
            WHERE b.id = \(found.id)
            """
        )
        guard let row = rows.first else { return nil }
        let (claimCount, paperCount, revision, logPosition, aliases) = try row.decode(
            Int.self,
            Int.self,
            Int.self,
            Int64.self,
            [String].self
        )
        return BenchmarkCard(
            benchmark: BenchmarkReference(id: found.id, slug: found.slug, name: found.name),
            aliases: aliases,
            claimCount: claimCount,
            paperCount: paperCount,
            counts: try await counts,
            introducedBy: try await introducedBy,
            boards: try await boards,
            logPosition: logPosition,
            revision: revision,
            isRedirect: found.isRedirect,
            about: try await about
        )
    }

    private func description(of benchmark: Int64) async throws -> BenchmarkDescription {
        let rows = try await client.read(
            """
            SELECT b.kind, b.description, b.url, b.status, b.set_by::text FROM benchmark b WHERE b.id = \(benchmark)
            """
        )
        guard let row = rows.first else { return BenchmarkDescription() }
        var columns = ColumnReader(row)
        return BenchmarkDescription(
            kind: try columns.next(),
            description: try columns.next(),
            url: try columns.next(),
            status: try columns.word(),
            setBy: try columns.next()
        )
    }

    private func benchmarksBySlug(_ page: PageRequest, status: ListedStanding) async throws -> Page<Hit> {
        let limit = try page.checkedLimit()
        let after = try page.cursor(of: "slugs", count: 1)?.fields[0] ?? ""
        let rows = try await client.read(
            """
            SELECT t.id, t.slug FROM benchmark t
            WHERE \(status.condition) AND t.slug > \(after)
            ORDER BY t.slug
            LIMIT \(limit + 1)
            """
        )
        let hits = try rows.decode(Int64.self, String.self).map { Hit(id: $0, key: $1) }
        return Page(read: hits, limit: limit, list: "slugs") { [$0.key] }
    }

    private func papersIntroducing(_ benchmark: Int64) async throws -> [PaperReference] {
        let rows = try await client.read(
            """
            SELECT \(Columns.paper)
            FROM paper p
            WHERE p.id IN (
                SELECT n.paper_id FROM paper_benchmark n
                WHERE n.benchmark_id = \(benchmark) AND n.role = 'introduced' AND n.status = 'active')
            ORDER BY p.published NULLS LAST, p.id
            LIMIT 100
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            return try columns.paper()
        }
    }

    private func statedCounts(of benchmark: Int64) async throws -> [StatedCount] {
        let rows = try await client.read(
            """
            SELECT k.count, k.of, n.paper_id
            FROM paper_benchmark n
            JOIN benchmark_count k ON k.paper_benchmark_id = n.id
            WHERE n.benchmark_id = \(benchmark) AND n.status = 'active'
            ORDER BY n.role = 'introduced' DESC, n.paper_id DESC, k.position
            LIMIT 100
            """
        )
        return try rows.decode(Int.self, String.self, Int64.self).map {
            StatedCount(count: BenchmarkCount(count: $0, of: $1), paperID: $2)
        }
    }
}
