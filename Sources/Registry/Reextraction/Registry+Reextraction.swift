package import Claims
internal import Postgres

extension Registry {
    /// The database's time, in UTC (RFC 3339, microseconds): what the times of readings compare with.
    ///
    /// - Throws: `PostgresError`.
    package func now() async throws -> String {
        let rows = try await client.read("SELECT \(Columns.time("now()"))")
        return try rows.value(String.self) ?? ""
    }

    /// Begins to go over the stored papers.
    ///
    /// Papers that a newer version or another extractor read last are left alone, and so are retracted ones.
    ///
    /// - Parameters:
    ///   - extractor: what reads the papers.
    ///   - scope: which papers are read.
    /// - Returns: the walk, which stands before the first paper.
    /// - Throws: `PostgresError`.
    package func beginReextraction(
        by extractor: ExtractorVersion,
        scope: ReextractionScope
    ) async throws -> Reextraction {
        let known = try await client.read("SELECT e.id, e.name, e.version FROM extractor e ORDER BY e.id")
        let versions = try known.decode(Int.self, String.self, String.self)
            .filter { extractor.rereads(ExtractorVersion(name: $1, version: $2), scope: scope) }
            .map(\.0)
        let rows = try await client.read(
            """
            SELECT count(*) FROM paper p
            WHERE p.extractor_id = ANY (\(versions)::integer[]) AND p.status = 'active'\(scope.condition)
            """
        )
        return Reextraction(
            extractor: extractor,
            scope: scope,
            count: try rows.value(Int.self) ?? 0,
            versions: versions[...]
        )
    }

    /// The next papers to read.
    ///
    /// - Parameters:
    ///   - reextraction: the walk, which moves on.
    ///   - limit: how many papers at most.
    /// - Returns: the papers; none at the end.
    /// - Throws: `PostgresError`.
    package func nextPapers(of reextraction: inout Reextraction, limit: Int) async throws -> [PaperToRead] {
        while let version = reextraction.versions.first {
            let rows = try await client.read(
                """
                SELECT
                    p.id, p.title, p.abstract, ARRAY(
                        SELECT i.scheme || ':' || i.value FROM paper_identifier i
                        WHERE i.paper_id = p.id ORDER BY i.scheme, i.value),
                    left(to_char(p.published, 'YYYY-MM-DD'), p.published_precision), p.url, p.label,
                    \(Columns.time("p.extracted_at"))
                FROM paper p
                WHERE p.extractor_id = \(version) AND p.id > \(reextraction.lastPaper) AND p.status = 'active'\(
                    reextraction.scope.condition)
                ORDER BY p.id
                LIMIT \(limit)
                """
            )
            if let last = rows.last {
                reextraction.lastPaper = try last.decode(column: 0, as: Int64.self)
                return try rows.map(Self.paperToRead)
            }
            reextraction.versions.removeFirst()
            reextraction.lastPaper = 0
        }
        return []
    }

    /// Keeps new readings of stored papers, in one transaction: all of them or, when it throws, none.
    ///
    /// Records found again keep their ids, those no longer found are retired, and fields that a person has set stay. A paper
    /// that somebody else has changed or read anew since it was handed out is left as it is.
    ///
    /// - Parameters:
    ///   - papers: different papers with their readings.
    ///   - extractor: what read them.
    /// - Returns: one outcome for each paper, in the same order: `updated`, `unchanged` where it was left as it is, or
    ///   `refused`.
    /// - Throws: `RegistryError` (conflict) where others kept getting in between, and `PostgresError`.
    package func keep(_ papers: [PaperReadAnew], readBy extractor: ExtractorVersion) async throws -> [IngestOutcome] {
        var outcomes = [IngestOutcome](
            repeating: IngestOutcome(result: .unchanged, paperID: nil, counts: RecordCounts()),
            count: papers.count
        )
        var readings: [IngestRound.NewReading] = []
        for (place, item) in papers.enumerated() {
            let input = IngestPaper(paper: item.paper.paper, records: item.records, extractor: extractor)
            outcomes[place].paperID = item.paper.id
            if let reason = IngestLimits.refusal(of: input) {
                outcomes[place].result = .refused(reason: reason)
            } else {
                let prepared = PreparedPaper(place: place, input: input)
                readings.append(IngestRound.NewReading(paper: item.paper, prepared: prepared))
            }
        }
        let taken = readings
        for (reading, outcome) in zip(taken, try await inRound { try await $0.keep(taken, readBy: extractor) }) {
            outcomes[reading.prepared.place] = outcome
        }
        return outcomes
    }

    private static func paperToRead(_ row: Row) throws -> PaperToRead {
        var columns = ColumnReader(row)
        return PaperToRead(
            id: try columns.next(),
            paper: Paper(
                title: try columns.next(),
                abstract: try columns.next(),
                identifiers: identifiers(try columns.next()),
                published: try columns.date(),
                url: try columns.next(),
                label: try columns.next()
            ),
            readAt: try columns.next()
        )
    }
}

extension ExtractorVersion {
    /// Whether papers that a version read last are in a scope of this one's.
    fileprivate func rereads(_ other: ExtractorVersion, scope: ReextractionScope) -> Bool {
        switch scope {
        case .outdated: isNewer(than: other)
        case .readBefore: self == other || isNewer(than: other)
        }
    }
}

extension ReextractionScope {
    /// What narrows a query over `paper p`, beside the extractor.
    fileprivate var condition: SQL {
        switch self {
        case .outdated: ""
        case .readBefore(let time): " AND p.extracted_at < \(time)::timestamptz"
        }
    }
}
