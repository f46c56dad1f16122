import Claims
internal import Postgres

/// A paper as the registry has it, as far as it decides whether another reading is wanted.
struct StoredPaper: Sendable, Hashable {
    var id: Int64
    var title: String
    var textHash: [UInt8]
    /// The texts that it had before.
    var formerHashes: Set<[UInt8]>
    var identifiers: Set<String>
    var published: String?
    var hasURL: Bool
    var extractor: ExtractorVersion
    /// The fields that people have set: no paper that is read brings anything new there.
    var fieldsSet: Set<String>
    /// Whether a person has taken it back: then no paper that is read brings anything new.
    var isRetracted: Bool

    /// Whether a paper that was found to be this one says anything that is not known.
    func isBehind(_ paper: PreparedPaper) -> Bool {
        if isRetracted { return false }
        let input = paper.input
        if !knowsText(of: paper) { return true }
        if paper.textHash == textHash && input.extractor.isNewer(than: extractor) { return true }
        if !fieldsSet.contains("identifiers"), !identifiers.isSuperset(of: paper.identifiers.map(\.description)) {
            return true
        }
        if !hasURL && input.paper.url != nil && !fieldsSet.contains("url") { return true }
        if fieldsSet.contains("published") { return false }
        // A date is taken where there is none, and where it says the same more exactly.
        guard let date = input.paper.published?.description else { return false }
        return published.map { date != $0 && date.hasPrefix($0) } ?? true
    }

    /// Whether a paper's text is the one that it has, or had before a newer one.
    func knowsText(of paper: PreparedPaper) -> Bool {
        paper.textHash == textHash || formerHashes.contains(paper.textHash) || fieldsSet.contains("abstract")
            || isRetracted
    }
}

extension ExtractorVersion {
    /// Whether it is a later version of the same extractor: numbers compare as numbers (1.10 is later than 1.9).
    func isNewer(than other: ExtractorVersion) -> Bool {
        guard name == other.name, version != other.version else { return false }
        let (a, b) = (version.split(separator: "."), other.version.split(separator: "."))
        for (left, right) in zip(a, b) where left != right {
            guard let leftNumber = Int(left), let rightNumber = Int(right) else { return left > right }
            if leftNumber != rightNumber { return leftNumber > rightNumber }
        }
        return a.count > b.count
    }
}

extension IngestRound {
    /// The positions of a round's papers by what is to be done with them.
    struct Sorted: Sendable {
        var new: [Int] = []
        var changed: [(position: Int, id: Int64)] = []
        var unchanged: [(position: Int, id: Int64)] = []
    }

    /// Finds out which papers are known, and locks those that are to be written.
    func sort(_ papers: inout [PreparedPaper], refusing outcomes: inout [IngestOutcome?]) async throws -> Sorted {
        var sorted = Sorted()
        var taken: Set<Int64> = []
        var known: [(position: Int, id: Int64)] = []
        for (position, ids) in try await find(papers).enumerated() {
            guard let id = ids.first else {
                sorted.new.append(position)
                continue
            }
            if ids.count > 1 {
                let list = ids.sorted().map(String.init).joined(separator: " and ")
                let reason = "its text and identifiers are those of different papers: \(list)"
                outcomes[position] = IngestOutcome(
                    result: .refused(reason: reason),
                    paperID: nil,
                    counts: RecordCounts()
                )
            } else if taken.insert(id).inserted {
                known.append((position, id))
            }
        }
        let seen = try await stored(known.map(\.id), locking: false)
        let behind = known.filter { seen[$0.id]?.isBehind(papers[$0.position]) ?? true }
        // Once more under lock: somebody else may have brought the paper up to date meanwhile.
        let locked = try await stored(behind.map(\.id), locking: true)
        for (position, id) in known {
            guard let paper = locked[id] ?? seen[id] else { throw IngestRace() }
            guard papers[position].input.mayReplaceText || paper.knowsText(of: papers[position]) else {
                outcomes[position] = IngestOutcome(
                    result: .refused(reason: "it is paper \(id), which has another text; a reviewer can replace that"),
                    paperID: nil,
                    counts: RecordCounts()
                )
                continue
            }
            if paper.isBehind(papers[position]) {
                take(&papers[position], as: paper)
                sorted.changed.append((position, id))
            } else {
                sorted.unchanged.append((position, id))
            }
        }
        return sorted
    }

    /// Makes a paper that was found to be a stored one fit to be written over it.
    ///
    /// A title that a person has set stays, and a text that the paper had before does not take the place of the newer
    /// one: what else the paper brings is kept, and its records are those that are stored.
    private func take(_ paper: inout PreparedPaper, as stored: StoredPaper) {
        paper.hasFixedIdentifiers = stored.fieldsSet.contains("identifiers")
        let hasOldText = paper.textHash != stored.textHash && stored.knowsText(of: paper)
        let hasTitleSet = stored.fieldsSet.contains("title") && paper.input.paper.title != stored.title
        guard hasOldText || hasTitleSet else { return }
        paper.formerHash = paper.textHash
        if hasOldText {
            paper.keepsReading = true
        } else {
            paper.retitle(stored.title)
        }
    }

    /// The ids of the papers that each paper is the same as, by text or by identifier.
    private func find(_ papers: [PreparedPaper]) async throws -> [Set<Int64>] {
        let named = papers.enumerated().flatMap { position, paper in paper.identifiers.map { (position, $0) } }
        let rows = try await transaction.query(
            """
            SELECT wanted.place - 1, p.id
            FROM unnest(\(papers.map(\.textHash))::bytea[]) WITH ORDINALITY AS wanted (hash, place)
            JOIN paper p ON p.text_hash = wanted.hash
            UNION ALL
            SELECT wanted.place - 1, f.paper_id
            FROM unnest(\(papers.map(\.textHash))::bytea[]) WITH ORDINALITY AS wanted (hash, place)
            JOIN former_text f ON f.text_hash = wanted.hash
            UNION ALL
            SELECT wanted.place, i.paper_id
            FROM unnest(
                \(named.map(\.0))::bigint[], \(named.map(\.1.scheme.rawValue))::text[], \(named.map(\.1.value))::text[]
            ) AS wanted (place, scheme, value)
            JOIN paper_identifier i ON i.scheme = wanted.scheme AND i.value = wanted.value
            """
        )
        var found = [Set<Int64>](repeating: [], count: papers.count)
        for (position, id) in try rows.decode(Int.self, Int64.self) { found[position].insert(id) }
        return found
    }

    private func stored(_ ids: [Int64], locking: Bool) async throws -> [Int64: StoredPaper] {
        guard !ids.isEmpty else { return [:] }
        let rows = try await transaction.query(
            """
            SELECT
                p.id, p.title, p.text_hash,
                ARRAY(SELECT f.text_hash FROM former_text f WHERE f.paper_id = p.id),
                ARRAY(SELECT i.scheme || ':' || i.value FROM paper_identifier i WHERE i.paper_id = p.id),
                left(to_char(p.published, 'YYYY-MM-DD'), p.published_precision), p.url IS NOT NULL, e.name, e.version,
                ARRAY(SELECT jsonb_object_keys(p.set_by)), p.status = 'retracted'
            FROM paper p
            JOIN extractor e ON e.id = p.extractor_id
            WHERE p.id = ANY (\(ids)::bigint[])
            ORDER BY p.id
            \(locking ? "FOR NO KEY UPDATE OF p" as SQL : "")
            """
        )
        let papers = try rows.map { row in
            var columns = ColumnReader(row)
            return StoredPaper(
                id: try columns.next(),
                title: try columns.next(),
                textHash: try columns.next(),
                formerHashes: Set(try columns.next([[UInt8]].self)),
                identifiers: Set(try columns.next([String].self)),
                published: try columns.next(),
                hasURL: try columns.next(),
                extractor: try columns.extractor(),
                fieldsSet: Set(try columns.next([String].self)),
                isRetracted: try columns.next()
            )
        }
        return Dictionary(uniqueKeysWithValues: papers.map { ($0.id, $0) })
    }

    /// Makes papers.
    ///
    /// - Parameters:
    ///   - papers: the papers, of which no two have the same text.
    ///   - extractors: the ids of their extractors.
    /// - Returns: their ids, in the same order.
    /// - Throws: `IngestRace` where one of the texts has just been kept by another transaction.
    func insert(_ papers: [PreparedPaper], extractors: [ExtractorVersion: Int]) async throws -> [Int64] {
        let ids = try await newIDs(papers.count, of: "paper")
        guard !ids.isEmpty else { return [] }
        let count = try await transaction.execute(
            """
            INSERT INTO paper (
                id, title, abstract, text_hash, published, published_precision, url, label, source_file, source_line,
                extractor_id)
            SELECT
                p.id, p.title, p.abstract, p.text_hash, p.published, p.published_precision, p.url, p.label, p.source_file,
                p.source_line, p.extractor_id
            FROM unnest(
                \(ids)::bigint[], \(papers.map(\.input.paper.title))::text[],
                \(papers.map(\.input.paper.abstract))::text[], \(papers.map(\.textHash))::bytea[],
                \(papers.map { $0.input.paper.published?.firstDay })::date[],
                \(papers.map { $0.input.paper.published?.description.utf8.count })::smallint[],
                \(papers.map(\.input.paper.url))::text[], \(papers.map(\.input.paper.label))::text[],
                \(papers.map(\.input.source.file))::text[], \(papers.map(\.input.source.line))::bigint[],
                \(papers.map { extractors[$0.input.extractor] })::integer[]
            ) AS p (
                id, title, abstract, text_hash, published, published_precision, url, label, source_file, source_line,
                extractor_id)
            ORDER BY p.text_hash
            ON CONFLICT (text_hash) DO NOTHING
            """
        )
        guard count == ids.count else { throw IngestRace() }
        // A text that has just become a paper's former one was waited for, and is seen only now.
        let former = try await transaction.query(
            "SELECT 1 FROM former_text f WHERE f.text_hash = ANY (\(papers.map(\.textHash))::bytea[]) LIMIT 1"
        )
        guard former.isEmpty else { throw IngestRace() }
        return ids
    }

    /// Brings known papers to what their new readings say; what is set by hand stays, and the texts that they had before
    /// are remembered.
    func updatePapers(_ work: [Work]) async throws {
        guard !work.isEmpty else { return }
        let newTexts = work.filter { !$0.paper.keepsReading }
        let others = work.filter { $0.paper.formerHash != nil }
        try await transaction.execute(
            """
            INSERT INTO former_text (text_hash, paper_id)
            SELECT p.text_hash, p.id
            FROM unnest(\(newTexts.map(\.id))::bigint[], \(newTexts.map(\.paper.textHash))::bytea[]) AS n (id, text_hash)
            JOIN paper p ON p.id = n.id AND p.text_hash <> n.text_hash
            UNION
            SELECT o.text_hash, o.id
            FROM unnest(\(others.compactMap(\.paper.formerHash))::bytea[], \(others.map(\.id))::bigint[]) AS o (text_hash, id)
            ON CONFLICT (text_hash) DO NOTHING
            """
        )
        try await transaction.execute(
            """
            UPDATE paper p SET
                title = CASE WHEN n.keeps THEN p.title ELSE n.title END,
                abstract = CASE WHEN n.keeps THEN p.abstract ELSE n.abstract END,
                text_hash = CASE WHEN n.keeps THEN p.text_hash ELSE n.text_hash END,
                published = CASE WHEN p.set_by ? 'published' OR n.published IS NULL
                    OR p.published_precision >= n.published_precision THEN p.published ELSE n.published END,
                published_precision = CASE WHEN p.set_by ? 'published' OR n.published IS NULL
                    OR p.published_precision >= n.published_precision
                    THEN p.published_precision ELSE n.published_precision END,
                url = CASE WHEN p.set_by ? 'url' THEN p.url ELSE coalesce(p.url, n.url) END,
                extractor_id = CASE WHEN n.keeps THEN p.extractor_id ELSE n.extractor_id END,
                extracted_at = CASE WHEN n.keeps THEN p.extracted_at ELSE now() END,
                updated_at = now()
            FROM unnest(
                \(work.map(\.id))::bigint[], \(work.map(\.paper.input.paper.title))::text[],
                \(work.map(\.paper.input.paper.abstract))::text[], \(work.map(\.paper.textHash))::bytea[],
                \(work.map { $0.paper.input.paper.published?.firstDay })::date[],
                \(work.map { $0.paper.input.paper.published?.description.utf8.count })::smallint[],
                \(work.map(\.paper.input.paper.url))::text[], \(work.map(\.extractorID))::integer[],
                \(work.map(\.paper.keepsReading))::boolean[]
            ) AS n (id, title, abstract, text_hash, published, published_precision, url, extractor_id, keeps)
            WHERE p.id = n.id
            """
        )
    }

    /// Gives papers the identifiers that they do not have yet.
    ///
    /// - Throws: `IngestRace` where one of them has just been given to another paper.
    func insertIdentifiers(_ work: [Work]) async throws {
        let wanted = work.filter { !$0.paper.hasFixedIdentifiers }
            .flatMap { item in item.paper.identifiers.map { (item.id, $0) } }
        guard !wanted.isEmpty else { return }
        let ids = wanted.map(\.0)
        let schemes = wanted.map(\.1.scheme.rawValue)
        let values = wanted.map(\.1.value)
        let results = try await transaction.batch([
            """
            INSERT INTO paper_identifier (scheme, value, paper_id)
            SELECT n.scheme, n.value, n.paper_id
            FROM unnest(\(schemes)::text[], \(values)::text[], \(ids)::bigint[]) AS n (scheme, value, paper_id)
            ORDER BY n.scheme, n.value
            ON CONFLICT (scheme, value) DO NOTHING
            """,
            """
            SELECT count(*)
            FROM unnest(\(schemes)::text[], \(values)::text[], \(ids)::bigint[]) AS n (scheme, value, paper_id)
            JOIN paper_identifier i ON i.scheme = n.scheme AND i.value = n.value AND i.paper_id = n.paper_id
            """,
        ])
        guard try results[1].value(Int.self) == wanted.count else { throw IngestRace() }
    }
}
