import Claims
import Formats
import Postgres
import Testing

@testable import Registry

/// A registry with two papers, a contributor and two reviewers.
struct CorrectionFixture: Sendable {
    let database: RegistryDatabase
    /// Works on the database; tests may set its bounds and its reader.
    let registry: Registry
    let ann: Principal
    let bob: Principal
    let cat: Principal

    static let abstract =
        "Owl reaches 78.37% accuracy on GSM8K and beats Fox by 2 points. Code: https://example.org/owl"

    /// Runs a test on it.
    static func with(_ body: (CorrectionFixture) async throws -> Void) async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest(try papers())
            try await body(
                CorrectionFixture(
                    database: database,
                    registry: database.registry,
                    ann: try await principal("ann", .contributor, database),
                    bob: try await principal("bob", .reviewer, database),
                    cat: try await principal("cat", .reviewer, database)
                )
            )
            // Whatever a test did: the log still vouches for everything.
            #expect(try await database.registry.verifyLog().fault == nil)
        }
    }

    /// The same over another registry of the database.
    func over(_ registry: Registry) -> CorrectionFixture {
        CorrectionFixture(database: database, registry: registry, ann: ann, bob: bob, cat: cat)
    }

    /// The papers, as a file would bring them.
    static func papers(extractor: String = "1.0.0") throws -> [IngestPaper] {
        let version = ExtractorVersion(name: "rules", version: extractor)
        let words = Evidence(source: .abstract, start: 0, end: 34, text: "Owl reaches 78.37% accuracy on GSM")
        var owl = Sample.paper(
            "Owl",
            abstract: abstract,
            identifiers: ["2501.00001"],
            published: "2025-01",
            claims: [try Sample.claim("78.37", evidence: words)],
            sizes: [("Owl", 7_000_000_000)],
            code: "https://example.org/owl",
            extractor: version
        )
        owl.records.sotaClaims = [
            SOTAClaim(strength: .sets, subject: "Owl", benchmarks: ["GSM8K"], evidence: words, confidence: 0.8)
        ]
        let fox = Sample.paper(
            "Fox",
            abstract: "Fox reaches 80.0 on GSM-8000.",
            identifiers: ["2501.00002"],
            claims: [try Sample.claim("80.0", metric: "exact match", on: ["GSM-8000"], by: "Fox")],
            extractor: version
        )
        return [owl, fox]
    }

    private static func principal(_ name: String, _ role: Role, _ database: RegistryDatabase) async throws -> Principal
    {
        let account = try await database.registry.createAccount(name, role: role, by: .operator)
        return Principal(accountID: account.id, name: name, role: role, scopes: role.scopes)
    }

    /// Proposes as ann.
    func propose(
        _ operation: CorrectionOperation,
        _ target: CorrectionTarget,
        _ patch: String = "{}",
        source: String? = nil,
        base: Int? = nil
    ) async throws -> Correction {
        try await registry.propose(
            CorrectionDraft(
                operation,
                target,
                patch: try JSONParser.parse(Array(patch.utf8)),
                reason: "misread",
                sourceURL: source,
                baseRevision: base
            ),
            by: ann
        )
    }

    /// Proposes as ann and accepts as bob.
    @discardableResult
    func correct(
        _ operation: CorrectionOperation,
        _ target: CorrectionTarget,
        _ patch: String = "{}",
        source: String? = nil
    ) async throws -> Correction {
        let id = try await propose(operation, target, patch, source: source).id
        guard case .applied(let correction) = try await registry.acceptCorrection(id, by: bob) else {
            throw NotApplied()
        }
        return correction
    }

    /// Takes back, as cat where nobody else is named.
    @discardableResult
    func revert(_ id: Int64, by reviewer: Principal? = nil) async throws -> Correction {
        let outcome = try await registry.revertCorrection(id, reason: "it was right", by: reviewer ?? cat)
        guard case .applied(let correction) = outcome else { throw NotApplied() }
        return correction
    }

    /// The correctable fields of a record, as JSON.
    func fields(_ type: RecordType, _ id: Int64) async throws -> JSONNode {
        let text = try await database.value(
            """
            SELECT correctable_fields(s.record_type, s.state)::text FROM (
                SELECT record_type, record_id, state FROM record_state
                UNION ALL SELECT record_type, record_id, state FROM name_state) s
            WHERE s.record_type = \(type.rawValue) AND s.record_id = \(id)
            """,
            as: String.self
        )
        return try JSONParser.parse(Array((text ?? "null").utf8))
    }

    /// The only record of a kind that a paper has.
    func only(_ type: RecordType, paper: Int64 = 1) async throws -> Int64 {
        let id = try await database.value(
            "SELECT id FROM \(unescaped: type.rawValue) WHERE paper_id = \(paper) ORDER BY id LIMIT 1",
            as: Int64.self
        )
        return try #require(id)
    }

    /// The id of a benchmark, metric or model.
    func id(_ type: RecordType, _ slug: String) async throws -> Int64 {
        let id = try await database.value(
            "SELECT id FROM \(unescaped: type.rawValue) WHERE slug = \(slug)",
            as: Int64.self
        )
        return try #require(id)
    }

    /// The number of log entries.
    func logLength() async throws -> Int64 { try await registry.logHead().position }

    /// What a board shows: claim, value, rank order.
    func values(_ benchmark: String, metric: String? = nil) async throws -> [String] {
        try await registry.leaderboard(BoardQuery(benchmark: benchmark, metric: metric, unit: nil))
            .entries.map(\.value.description)
    }

    struct NotApplied: Error {}
}

extension CorrectionRefused {
    /// What the refusal of something points to; `nil` where it is taken.
    static func places(of body: () async throws -> Void) async throws -> [String]? {
        do {
            try await body()
            return nil
        } catch let error as CorrectionRefused {
            return error.faults.map(\.pointer)
        }
    }
}
