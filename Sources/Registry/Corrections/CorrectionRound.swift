import Claims
import Formats
internal import Postgres

/// One transaction that proposes or decides on corrections.
///
/// Locks are taken in the order of an ingest: papers, the names that they hold, new names, the log's head. Names that there are
/// already change only under the log's head, one transaction at a time; one whose records are to move is seized before.
struct CorrectionRound: Sendable {
    let round: IngestRound
    /// Who asks.
    let principal: Principal
    /// Reads a paper anew whose abstract is corrected.
    let reader: PaperReader?

    var transaction: Transaction { round.transaction }

    /// A record as it is, as far as corrections go.
    struct TargetState: Sendable {
        /// The correctable fields: an object.
        var fields: JSONNode
        var setBy: SetBy
        var revision: Int
        /// The paper that it was read from.
        var paperID: Int64?
    }

    /// What the writing of one correction has touched.
    struct Touched: Sendable {
        /// The record; known from the start but for one that is made.
        var targetID: Int64?
        /// Papers whose records may have changed, all locked.
        var papers: [Int64] = []
        /// Models whose stated sizes may have changed.
        var models: Set<Int64> = []
        /// Names that were made or changed.
        var names: [NameID] = []
        /// Names that records point to now.
        var used: Set<NameID> = []
        /// Metrics whose boards may have to be turned round.
        var turned: Set<Int64> = []
        /// What `set_by` said of the fields before.
        var setByBefore: JSONNode = .object([])
    }

    /// The present state of a record.
    ///
    /// - Returns: `nil` where there is no such record.
    func state(_ type: RecordType, _ id: Int64) async throws -> TargetState? {
        let view = type.nameKind == nil ? "record_state" : "name_state"
        let paper = type.nameKind == nil ? "s.paper_id" : "NULL::bigint"
        let rows = try await transaction.query(
            """
            SELECT
                correctable_fields(s.record_type, s.state)::text, (s.state -> 'set_by')::text,
                (
                    SELECT r.number FROM revision r
                    WHERE r.record_type = s.record_type AND r.record_id = s.record_id
                    ORDER BY r.number DESC LIMIT 1),
                \(unescaped: paper)
            FROM \(unescaped: view) s
            WHERE s.record_type = \(type.rawValue) AND s.record_id = \(id)
            """
        )
        guard let row = rows.first else { return nil }
        let (fields, setBy, revision, paperID) = try row.decode(String.self, String.self, Int?.self, Int64?.self)
        return TargetState(
            fields: try JSONParser.parse(Array(fields.utf8)),
            setBy: SetBy(setBy),
            revision: revision ?? 1,
            paperID: paperID
        )
    }

    /// The correctable fields of a record at one of its revisions.
    ///
    /// - Returns: `nil` where there is no such revision.
    func fields(_ type: RecordType, _ id: Int64, revision: Int) async throws -> JSONNode? {
        let rows = try await transaction.query(
            """
            SELECT correctable_fields(r.record_type, r.state)::text FROM revision r
            WHERE r.record_type = \(type.rawValue) AND r.record_id = \(id) AND r.number = \(revision)
            """
        )
        guard let text = try rows.value(String.self) else { return nil }
        return try JSONParser.parse(Array(text.utf8))
    }

    /// Locks papers, and holds the names that their records point to, as an ingest does.
    ///
    /// - Returns: their titles and abstracts by id.
    @discardableResult
    func lock(_ papers: [Int64]) async throws -> [Int64: PaperTexts] {
        guard !papers.isEmpty else { return [:] }
        let rows = try await transaction.query(
            """
            SELECT p.id, p.title, p.abstract FROM paper p
            WHERE p.id = ANY (\(papers)::bigint[]) ORDER BY p.id FOR NO KEY UPDATE
            """
        )
        let texts = try rows.decode(Int64.self, String.self, String.self).map {
            ($0, PaperTexts(title: $1, abstract: $2))
        }
        try await round.holdNames(of: papers)
        return Dictionary(texts) { first, _ in first }
    }

    /// Takes the lock that puts writers in line.
    func lockLog() async throws {
        try await transaction.execute("SELECT position FROM log_head FOR UPDATE")
    }

    /// The transaction's time in UTC, RFC 3339 with microseconds.
    func now() async throws -> String {
        try await transaction.query("SELECT \(Columns.time("now()"))").value(String.self) ?? ""
    }

    /// Writes what follows from changed records (boards, counts, sizes) and the history; the log's head is locked.
    ///
    /// - Returns: the position of the log entry.
    func finish(_ touched: Touched, usageBefore: [NameID: NameUsage], entry: Entry) async throws -> Int64 {
        try await round.checkStillActive(touched.used)
        try await turnBoards(of: touched.turned)
        let boards = try await round.rebuildBoards(of: touched.papers, known: touched.papers, models: touched.models)
        let after = try await round.usage(of: touched.papers)
        let position = try await record(entry, papers: touched.papers, names: touched.names)
        try await boards.write(position: position, in: transaction)
        try await round.count(before: usageBefore, after: after, position: position)
        let benchmarks = touched.names.filter { $0.kind == .benchmark }.map(\.id)
        if !benchmarks.isEmpty {
            try await transaction.execute(
                "UPDATE benchmark SET log_position = \(position) WHERE id = ANY (\(benchmarks)::bigint[])"
            )
        }
        // Statements about the state of the art count nowhere, but stand beside the boards.
        try await transaction.execute(
            """
            SELECT mark_benchmarks_changed(ARRAY(
                SELECT sb.benchmark_id FROM sota_claim s JOIN sota_claim_benchmark sb ON sb.sota_claim_id = s.id
                WHERE s.paper_id = ANY (\(touched.papers)::bigint[])))
            """
        )
        return position
    }

    /// What a log entry says.
    struct Entry: Sendable {
        var kind: String
        var reason: String
        /// A JSON object.
        var subject: JSONNode
        var correction: Int64
    }

    /// Adds the revisions and the one log entry of the transaction.
    ///
    /// - Returns: the entry's position.
    @discardableResult
    func record(_ entry: Entry, papers: [Int64] = [], names: [NameID] = []) async throws -> Int64 {
        let types = ["correction"] + names.map(\.kind.rawValue)
        let ids = [entry.correction] + names.map(\.id)
        let rows = try await transaction.query(
            """
            SELECT record_change(
                \(principal.name), \(entry.kind), \(entry.reason), \(entry.subject.text)::jsonb,
                \(papers)::bigint[], \(types)::text[], \(ids)::bigint[])
            """
        )
        return try rows.value(Int64.self) ?? 0
    }
}

/// The texts of a paper.
struct PaperTexts: Sendable, Hashable {
    var title: String
    var abstract: String

    /// Moves evidence from an earlier title to where the words stand now; it is empty where they do not.
    func move(_ evidence: inout Evidence) {
        guard evidence.source == .title else { return }
        let empty = Evidence(source: .title, start: 0, end: 0, text: "")
        evidence = self.evidence(evidence.text, in: .title) ?? empty
    }

    /// Finds words letter for letter.
    ///
    /// - Parameters:
    ///   - words: what to look for.
    ///   - source: where to look; `nil` for the abstract first, then the title.
    /// - Returns: the first place; `nil` where there is none.
    func evidence(_ words: String, in source: Evidence.Source?) -> Evidence? {
        for place in source.map({ [$0] }) ?? [.abstract, .title] {
            let text = Array((place == .abstract ? abstract : title).utf8)
            guard let range = text.firstRange(of: Array(words.utf8)) else { continue }
            return Evidence(source: place, start: range.lowerBound, end: range.upperBound, text: words)
        }
        return nil
    }
}
