import Claims
import Postgres

@testable import Registry

/// Writes by chance, but the same for the same seed: new papers, new readings of known ones, and changes by hand.
struct RandomHistory {
    private var generator: SplitMix
    private let database: RegistryDatabase
    private var version = 1
    private var count = 0

    init(seed: UInt64, database: RegistryDatabase) throws {
        self.generator = SplitMix(state: seed)
        self.database = database
    }

    /// Does one thing or another.
    mutating func step() async throws {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<4: try await ingestNew()
        case 4..<7: try await readAgain()
        case 7: try await rename()
        case 8: try await retract()
        default: try await renamePaper()
        }
    }

    private mutating func ingestNew() async throws {
        let papers = try (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            count += 1
            return try paper(count)
        }
        _ = try await database.registry.ingest(papers)
    }

    private mutating func readAgain() async throws {
        guard count > 0 else { return try await ingestNew() }
        version += 1
        let numbers = Set((0..<2).map { _ in Int.random(in: 1...count, using: &generator) }).sorted()
        let papers = try numbers.map { try paper($0) }
        _ = try await database.registry.ingest(papers)
    }

    private mutating func paper(_ number: Int) throws -> IngestPaper {
        let benchmarks = ["GSM8K", "MATH", "MMLU", "Owl-Bench"]
        let claims = try (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            let isRange = Int.random(in: 0..<6, using: &generator) == 0
            let value = Int.random(in: 10...14, using: &generator)
            return try Sample.claim(
                "\(value)" + (Bool.random(using: &generator) ? ".0" : ""),
                high: isRange ? "\(value + 1)" : nil,
                unit: Int.random(in: 0..<6, using: &generator) == 0 ? "points" : "percent",
                kind: Int.random(in: 0..<6, using: &generator) == 0 ? .change : .score,
                bound: [.exact, .exact, .about, .upTo].randomElement(using: &generator) ?? .exact,
                metric: ["accuracy", "F1", nil].randomElement(using: &generator) ?? nil,
                on: [benchmarks.randomElement(using: &generator) ?? "GSM8K"],
                by: ["Owl-1", "Owl-2", "our method", nil].randomElement(using: &generator) ?? nil
            )
        }
        var paper = Sample.paper(
            "Paper \(number)",
            abstract: Bool.random(using: &generator) ? "Some words." : "Some words again.",
            identifiers: ["2101.0\(1000 + number)"],
            published: [nil, "2024", "2024-06", "2024-06-0\(1 + number % 8)"].randomElement(using: &generator) ?? nil,
            claims: claims,
            sizes: Bool.random(using: &generator)
                ? [("Owl-1", Int.random(in: 1...9, using: &generator) * 2_000_000_000)] : [],
            code: Int.random(in: 0..<3, using: &generator) == 0 ? "https://github.com/owl/owl-\(number)" : nil,
            extractor: ExtractorVersion(name: "rules", version: "1.0.\(version)")
        )
        if Bool.random(using: &generator) {
            paper.records.sotaClaims = [
                SOTAClaim(
                    strength: .sets,
                    subject: "Owl-1",
                    benchmarks: [benchmarks.randomElement(using: &generator) ?? "MATH"],
                    evidence: Sample.evidence,
                    confidence: 0.8
                )
            ]
        }
        return paper
    }

    /// Changes names as a correction would.
    private mutating func rename() async throws {
        let kind = ["benchmark", "model", "metric"].randomElement(using: &generator) ?? "model"
        let word = "Name \(Int.random(in: 1...99, using: &generator))"
        try await byHand { transaction in
            let id = try await transaction.query("SELECT id FROM \(unescaped: kind) ORDER BY id LIMIT 1").value(
                Int64.self
            )
            guard let id else { return nil }
            try await transaction.execute("UPDATE \(unescaped: kind) SET name = \(word) WHERE id = \(id)")
            return (kind, id)
        }
    }

    private mutating func renamePaper() async throws {
        let date = "2024-0\(Int.random(in: 1...9, using: &generator))-01"
        try await byHand { transaction in
            try await transaction.execute(
                """
                UPDATE paper SET title = title || '!', published = \(date)::date, published_precision = 10
                WHERE id = (SELECT min(id) FROM paper)
                """
            )
            try await transaction.execute(
                "UPDATE board_entry SET published = \(date)::date WHERE paper_id = (SELECT min(id) FROM paper)"
            )
            try await transaction.execute(
                "UPDATE board_aside SET published = \(date)::date WHERE paper_id = (SELECT min(id) FROM paper)"
            )
            try await transaction.execute(
                "UPDATE board_former SET published = \(date)::date WHERE paper_id = (SELECT min(id) FROM paper)"
            )
            return nil
        }
    }

    /// Takes back the best claim of a board, which then has one line less.
    private mutating func retract() async throws {
        try await byHand { transaction in
            let line = try await transaction.query(
                """
                DELETE FROM board_entry WHERE (board_id, claim_id) = (
                    SELECT board_id, claim_id FROM board_entry ORDER BY board_id, sort_key LIMIT 1)
                RETURNING board_id, claim_id, sort_key::text, paper_id, model_id
                """
            )
            let columns = try line.first?.decode(Int64.self, Int64.self, String.self, Int64.self, Int64?.self)
            guard let (board, claim, key, paper, model) = columns else { return nil }
            try await transaction.execute("UPDATE claim SET status = 'retracted' WHERE id = \(claim)")
            try await transaction.execute("UPDATE board SET entry_count = entry_count - 1 WHERE id = \(board)")
            try await transaction.execute(
                """
                INSERT INTO board_former (board_id, status, sort_key, claim_id, paper_id, model_id, has_code)
                VALUES (\(board), 'retracted', \(key)::numeric, \(claim), \(paper), \(model), false)
                """
            )
            return nil
        }
    }

    /// One transaction of a person's: what the body does, and its history.
    private func byHand(
        _ body: @Sendable (Transaction) async throws -> (type: String, id: Int64)?
    ) async throws {
        try await database.client.transaction { transaction in
            try await transaction.execute("SELECT position FROM log_head FOR UPDATE")
            guard try await transaction.query("SELECT count(*) FROM paper").value(Int.self) ?? 0 > 0 else { return }
            let name = try await body(transaction)
            let papers = try await transaction.query("SELECT id FROM paper ORDER BY id").values(Int64.self)
            try await transaction.execute(
                """
                SELECT record_changes(
                    'ann', \(papers)::bigint[], \(papers.map { _ in "correction.accepted" })::text[],
                    \(papers.map { _ in "by hand" })::text[], \(name.map { [$0.type] } ?? [])::text[],
                    \(name.map { [$0.id] } ?? [])::bigint[], \(name.map { _ in [papers[0]] } ?? [])::bigint[])
                """
            )
            try await transaction.execute("SELECT mark_benchmarks_changed(ARRAY(SELECT id FROM benchmark))")
        }
    }
}

/// Random numbers that are the same everywhere for one seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
