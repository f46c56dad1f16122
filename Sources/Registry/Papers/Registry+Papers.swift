import Claims
internal import Postgres

extension Registry {
    /// Lists papers, the newest in the registry first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor, identifier; notFound: benchmark or moment).
    package func papers(_ query: PaperQuery) async throws -> DatedPage<PaperSummary> {
        let limit = try query.page.checkedLimit()
        let cursor = try query.page.cursor(of: "papers", count: 1)
        let (papers, snapshot) = try await consistently(query.asOf) { moment in
            let rest: SQL = """
                WHERE \(try await paperConditions(query, after: cursor, at: moment))
                ORDER BY p.id DESC
                LIMIT \(limit + 1)
                """
            return try await client.read(Self.papersSQL(rest, at: moment)).map { row in
                var columns = ColumnReader(row)
                return PaperSummary(
                    paper: try columns.paper(),
                    identifiers: Self.identifiers(try columns.next()),
                    claimCount: try columns.next(),
                    createdAt: try columns.next(),
                    status: try columns.word()
                )
            }
        }
        let page = Page(read: papers, limit: limit, list: "papers") { [String($0.paper.id)] }
        return DatedPage(page: page, snapshot: snapshot)
    }

    private func paperConditions(_ query: PaperQuery, after cursor: Cursor?, at moment: Moment) async throws -> SQL {
        var conditions: [SQL] = ["true"]
        if let cursor { conditions.append("p.id < \(try cursor.number(0))") }
        if let position = moment.position {
            conditions.append("p.id <= (SELECT s.last_paper FROM log_snapshot s WHERE s.position = \(position))")
        }
        if let text = query.search?.trimmingSpaces(), !text.isEmpty {
            guard text.utf8.count <= 200, !text.utf8.contains(0) else {
                throw RegistryError(.invalid, "the search is longer than 200 bytes", field: "search")
            }
            conditions.append(moment.paperMatches(text))
        }
        if let text = query.identifier {
            guard let identifier = PaperIdentifier(recognising: text) else {
                throw RegistryError(.invalid, "this is not the identifier of a paper", field: "identifier")
            }
            conditions.append(moment.paperIsKnown(by: identifier))
        }
        if let name = query.benchmark {
            conditions.append(moment.paperNames(try await get(.benchmark, name, at: moment).id))
        }
        if query.status != .all {
            let status: SQL = moment.position == nil ? "p.status" : "past.state ->> 'status'"
            conditions.append("\(status) = \(query.status.rawValue)")
        }
        let published = moment.position == nil ? "p.published" : Past.firstDay("past.state")
        if let date = query.publishedFrom { conditions.append("\(published) >= \(date.firstDay)::date") }
        if let date = query.publishedTo { conditions.append("\(published) <= \(date.lastDay)::date") }
        return SQL.joined(conditions, separator: " AND ")
    }

    /// The query behind a list of papers; `rest` is the query from `WHERE` on.
    static func papersSQL(_ rest: SQL, at moment: Moment) -> SQL {
        guard let position = moment.position else {
            return """
                SELECT
                    \(Columns.paper),
                    ARRAY(SELECT i.scheme || ':' || i.value FROM paper_identifier i
                        WHERE i.paper_id = p.id ORDER BY i.scheme, i.value),
                    (SELECT count(*) FROM claim c WHERE c.paper_id = p.id AND c.status = 'active'),
                    \(Columns.time("p.created_at")), p.status
                FROM paper p
                \(rest)
                """
        }
        return """
            SELECT
                \(Past.paper("p.id", "past.state")), ARRAY(SELECT jsonb_array_elements_text(past.state -> 'identifiers')),
                (
                    SELECT count(*) FROM claim c
                    JOIN \(Past.state("claim", "c.id", position)) kept ON kept.state ->> 'status' = 'active'
                    WHERE c.paper_id = p.id
                ),
                \(Columns.time("p.created_at")), past.state ->> 'status'
            FROM paper p
            JOIN \(Past.state("paper", "p.id", position)) past ON true
            \(rest)
            """
    }

    /// A paper with all its records, retired and retracted ones included.
    ///
    /// - Parameters:
    ///   - id: its id.
    ///   - asOf: the moment whose state is wanted; `nil` for the present.
    /// - Returns: the paper, `nil` where there was none, with the snapshot.
    /// - Throws: `PostgresError`; `RegistryError` (notFound) for a moment that there is not.
    package func paper(_ id: Int64, asOf: AsOf?) async throws -> (paper: PaperRecord?, snapshot: Snapshot) {
        let (found, snapshot) = try await consistently(asOf) { try await paper(id, at: $0) }
        return (found, snapshot)
    }

    /// A paper with all its records as they are now; `nil` where there is none.
    ///
    /// - Throws: `PostgresError`.
    package func paper(_ id: Int64) async throws -> PaperRecord? {
        try await paper(id, at: .now)
    }

    private func paper(_ id: Int64, at moment: Moment) async throws -> PaperRecord? {
        async let benchmarks = mentions(of: id, at: moment)
        async let claims = claimRecords(moment.claimsInOrder(of: id), at: moment)
        async let sotaClaims = sotaClaims(of: id, at: moment)
        async let modelSizes = modelSizes(of: id, at: moment)
        async let links = links(of: id, at: moment)
        guard let row = try await client.read(Self.paperSQL(id, at: moment)).first else { return nil }
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
            status: try columns.word(),
            setBy: try columns.next(),
            benchmarks: try await benchmarks,
            claims: try await claims,
            sotaClaims: try await sotaClaims,
            modelSizes: try await modelSizes,
            links: try await links
        )
    }

    private static func paperSQL(_ id: Int64, at moment: Moment) -> SQL {
        guard let position = moment.position else {
            return """
                SELECT
                    p.title, p.abstract, ARRAY(
                        SELECT i.scheme || ':' || i.value FROM paper_identifier i
                        WHERE i.paper_id = p.id ORDER BY i.scheme, i.value),
                    left(to_char(p.published, 'YYYY-MM-DD'), p.published_precision), p.url, p.label, e.name, e.version,
                    \(Columns.time("p.extracted_at")), \(Columns.time("p.created_at")), p.revision,
                    p.status, p.set_by::text
                FROM paper p
                JOIN extractor e ON e.id = p.extractor_id
                WHERE p.id = \(id)
                """
        }
        return """
            SELECT
                past.state ->> 'title', past.state ->> 'abstract',
                ARRAY(SELECT jsonb_array_elements_text(past.state -> 'identifiers')), past.state ->> 'published',
                past.state ->> 'url', p.label, \(Past.extractor("past.state")), \(Columns.time("reading.extracted_at")),
                \(Columns.time("p.created_at")), past.number, past.state ->> 'status',
                past.state ->> 'set_by'
            FROM paper p
            JOIN \(Past.state("paper", "p.id", position)) past ON true
            CROSS JOIN LATERAL (
                SELECT r.extracted_at FROM paper_reading r
                WHERE r.paper_id = p.id AND r.from_position <= \(position)
                ORDER BY r.from_position DESC LIMIT 1
            ) reading
            WHERE p.id = \(id)
            """
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

extension Moment {
    /// Whether a paper has words; past texts are looked through where a paper has changed, the others by index.
    fileprivate func paperMatches(_ words: String) -> SQL {
        let query: SQL = "websearch_to_tsquery('english', \(words))"
        let now: SQL = "to_tsvector('english', p.title || ' ' || p.abstract) @@ \(query)"
        guard position != nil else { return now }
        return """
            (\(now) OR p.revision > 1)
            AND to_tsvector('english', (past.state ->> 'title') || ' ' || (past.state ->> 'abstract')) @@ \(query)
            """
    }

    /// Whether a paper is known by an identifier.
    fileprivate func paperIsKnown(by identifier: PaperIdentifier) -> SQL {
        let now: SQL = """
            p.id = (SELECT i.paper_id FROM paper_identifier i
                WHERE i.scheme = \(identifier.scheme.rawValue) AND i.value = \(identifier.value))
            """
        guard position != nil else { return now }
        return "(\(now) OR p.revision > 1) AND past.state -> 'identifiers' ? \(identifier.description)"
    }

    /// Whether a paper names a benchmark.
    fileprivate func paperNames(_ benchmark: Int64) -> SQL {
        guard let position else {
            return """
                p.id IN (SELECT n.paper_id FROM paper_benchmark n
                    WHERE n.benchmark_id = \(benchmark) AND n.status = 'active')
                """
        }
        return """
            p.id IN (
                SELECT n.paper_id FROM paper_benchmark n
                JOIN \(Past.state("paper_benchmark", "n.id", position)) mention ON true
                WHERE (n.benchmark_id = \(benchmark) OR n.id IN (
                        SELECT f.record_id FROM former_reference f
                        WHERE f.record_type = 'paper_benchmark' AND f.target_type = 'benchmark'
                            AND f.target_id = \(benchmark)))
                    AND mention.state ->> 'status' = 'active'
                    AND (mention.state ->> 'benchmark_id')::bigint = \(benchmark))
            """
    }

    /// The claims of a paper in the order of its text: the end of a query from `WHERE` on.
    fileprivate func claimsInOrder(of paper: Int64) -> SQL {
        guard position != nil else {
            return "WHERE c.paper_id = \(paper) ORDER BY c.evidence_source DESC, c.evidence_start, c.id"
        }
        return """
            WHERE c.paper_id = \(paper)
            ORDER BY past.state #>> '{evidence,source}' DESC, (past.state #>> '{evidence,start}')::integer, c.id
            """
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
