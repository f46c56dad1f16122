import Claims
internal import Postgres

extension Registry {
    /// Lists papers, the newest in the registry first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor, identifier; notFound: benchmark).
    package func papers(_ query: PaperQuery) async throws -> Page<PaperSummary> {
        let limit = try query.page.checkedLimit()
        var conditions: [SQL] = ["true"]
        if let cursor = try query.page.cursor(of: "papers", count: 1) {
            conditions.append("p.id < \(try cursor.number(0))")
        }
        if let text = query.search?.trimmingSpaces(), !text.isEmpty {
            guard text.utf8.count <= 200, !text.utf8.contains(0) else {
                throw RegistryError(.invalid, "the search is longer than 200 bytes", field: "search")
            }
            conditions.append(
                "to_tsvector('english', p.title || ' ' || p.abstract) @@ websearch_to_tsquery('english', \(text))"
            )
        }
        if let text = query.identifier {
            guard let identifier = PaperIdentifier(recognising: text) else {
                throw RegistryError(.invalid, "this is not the identifier of a paper", field: "identifier")
            }
            conditions.append(
                """
                p.id = (SELECT i.paper_id FROM paper_identifier i
                    WHERE i.scheme = \(identifier.scheme.rawValue) AND i.value = \(identifier.value))
                """
            )
        }
        if let name = query.benchmark {
            let id = try await get(.benchmark, name).id
            conditions.append(
                """
                p.id IN (SELECT n.paper_id FROM paper_benchmark n
                    WHERE n.benchmark_id = \(id) AND n.status = 'active')
                """
            )
        }
        if let date = query.publishedFrom { conditions.append("p.published >= \(date.firstDay)::date") }
        if let date = query.publishedTo { conditions.append("p.published <= \(date.lastDay)::date") }
        let rows = try await client.read(
            """
            SELECT
                \(Columns.paper),
                ARRAY(SELECT i.scheme || ':' || i.value FROM paper_identifier i
                    WHERE i.paper_id = p.id ORDER BY i.scheme, i.value),
                (SELECT count(*) FROM claim c WHERE c.paper_id = p.id AND c.status = 'active'),
                \(Columns.time("p.created_at"))
            FROM paper p
            WHERE \(SQL.joined(conditions, separator: " AND "))
            ORDER BY p.id DESC
            LIMIT \(limit + 1)
            """
        )
        let papers = try rows.map { row in
            var columns = ColumnReader(row)
            return PaperSummary(
                paper: try columns.paper(),
                identifiers: Self.identifiers(try columns.next()),
                claimCount: try columns.next(),
                createdAt: try columns.next()
            )
        }
        return Page(read: papers, limit: limit, list: "papers") { [String($0.paper.id)] }
    }

    /// A paper with all its records, retired and retracted ones included.
    ///
    /// - Returns: `nil` where there is none.
    /// - Throws: `PostgresError`.
    package func paper(_ id: Int64) async throws -> PaperRecord? {
        async let benchmarks = mentions(of: id)
        async let claims = claimRecords(
            "WHERE c.paper_id = \(id) ORDER BY c.evidence_source DESC, c.evidence_start, c.id"
        )
        async let sotaClaims = sotaClaims(of: id)
        async let modelSizes = modelSizes(of: id)
        async let links = links(of: id)
        let rows = try await client.read(
            """
            SELECT
                p.title, p.abstract, ARRAY(
                    SELECT i.scheme || ':' || i.value FROM paper_identifier i
                    WHERE i.paper_id = p.id ORDER BY i.scheme, i.value),
                left(to_char(p.published, 'YYYY-MM-DD'), p.published_precision), p.url, p.label, e.name, e.version,
                \(Columns.time("p.extracted_at")), \(Columns.time("p.created_at")), p.revision, p.set_by::text
            FROM paper p
            JOIN extractor e ON e.id = p.extractor_id
            WHERE p.id = \(id)
            """
        )
        guard let row = rows.first else { return nil }
        var columns = ColumnReader(row)
        let paper = Paper(
            title: try columns.next(),
            abstract: try columns.next(),
            identifiers: Self.identifiers(try columns.next()),
            published: try columns.date(),
            url: try columns.next(),
            label: try columns.next()
        )
        return PaperRecord(
            id: id,
            paper: paper,
            extractor: try columns.extractor(),
            extractedAt: try columns.next(),
            createdAt: try columns.next(),
            revision: try columns.next(),
            setBy: try columns.next(),
            benchmarks: try await benchmarks,
            claims: try await claims,
            sotaClaims: try await sotaClaims,
            modelSizes: try await modelSizes,
            links: try await links
        )
    }

    /// Reads identifiers back from `scheme:value`.
    static func identifiers(_ texts: [String]) -> [PaperIdentifier] {
        texts.compactMap { text in
            let parts = text.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let scheme = PaperIdentifier.Scheme(rawValue: String(parts[0])) else { return nil }
            return PaperIdentifier(scheme: scheme, value: parts[1])
        }
    }
}

extension PublicationDate {
    /// The last day that the date can mean, as `YYYY-MM-DD`, for PostgreSQL to compare with.
    var lastDay: String {
        guard let month else { return "\(description)-12-31" }
        guard day == nil else { return description }
        let days = [4, 6, 9, 11].contains(month) ? 30 : month == 2 ? (isLeapYear ? 29 : 28) : 31
        return "\(description)-\(days)"
    }

    private var isLeapYear: Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
}
