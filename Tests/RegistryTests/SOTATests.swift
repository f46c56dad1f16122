import Claims
import Testing

@testable import Registry

@Suite struct SOTATests {
    @Test func `each board has its best, of equal ones the first published`() async throws {
        try await RegistryDatabase.with { database in
            var late = Sample.paper(
                "Late",
                published: "2025-05-01",
                claims: [try Sample.claim("90", by: "Heron"), try Sample.claim("2.27", unit: "none", metric: "FID")],
                sizes: [("Heron", 8_000_000_000)],
                code: "https://github.com/heron/heron"
            )
            late.records.sotaClaims = [
                SOTAClaim(
                    strength: .sets,
                    subject: "Heron",
                    benchmarks: ["GSM8K"],
                    evidence: Sample.evidence,
                    confidence: 0.8
                )
            ]
            _ = try await database.registry.ingest([
                late, Sample.paper("Early", published: "2024", claims: [try Sample.claim("90.0")]),
                Sample.paper(
                    "Other",
                    published: "2023",
                    claims: [try Sample.claim("80"), try Sample.claim("99", kind: .change)]
                ),
                Sample.paper("Worse", claims: [try Sample.claim("3.1", unit: "none", metric: "FID")]),
            ])
            let report = try await database.registry.sota(BoardQuery(benchmark: "GSM8K"))
            #expect(report.best.map { $0.board.metric?.slug } == ["accuracy", "fid"])
            #expect(report.best.map(\.entry.value.description) == ["90.0", "2.27"])
            #expect(report.best.map(\.tieCount) == [1, 0])
            #expect(report.best[0].entry.reportedByPaper.published?.description == "2024")
            #expect(report.statements.map(\.paper.title) == ["Late"])
            #expect(report.statements.map { $0.model?.slug } == ["heron"])

            var withCode = BoardQuery(benchmark: "gsm8k")
            withCode.hasCode = true
            let coded = try await database.registry.sota(withCode)
            #expect(coded.best.map(\.entry.value.description) == ["90", "2.27"])
            #expect(coded.best[0].entry.codeLinks == ["https://github.com/heron/heron"])
            #expect(coded.best[0].entry.parameters == 8_000_000_000)
        }
    }

    @Test func `history shows only what was better than all before it`() async throws {
        try await RegistryDatabase.with { database in
            let dates = [
                ("2020", "10"), ("2021-03", "9"), ("2022-01-01", "20"), ("2022-01-01", "25"), ("2023", "25"),
                ("2024", "30"),
            ]
            _ = try await database.registry.ingest(
                try dates.enumerated().map { index, entry in
                    Sample.paper("Paper \(index)", published: entry.0, claims: [try Sample.claim(entry.1)])
                } + [Sample.paper("Undated", claims: [try Sample.claim("99")])]
            )
            let history = try await database.registry.history(BoardQuery(benchmark: "gsm8k"))
            #expect(history.records.map(\.value.description) == ["10", "25", "30"])
            #expect(history.undatedCount == 1)
        }
    }

    @Test func `a benchmark without numbers has an empty report`() async throws {
        try await RegistryDatabase.with { database in
            var paper = Sample.paper("One")
            paper.records.benchmarks = [
                BenchmarkMention(name: "OwlBench", role: .introduced, evidence: Sample.evidence, confidence: 1)
            ]
            _ = try await database.registry.ingest([paper])
            let query = BoardQuery(benchmark: "owlbench")
            #expect(try await database.registry.sota(query).best.isEmpty)
            #expect(try await database.registry.history(query).board == nil)
            let page = try await database.registry.leaderboard(query)
            #expect(page.board == nil && page.entries.isEmpty && page.next == nil)
        }
    }
}
