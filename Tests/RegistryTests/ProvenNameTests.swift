import Claims
import Testing

@testable import Registry

@Suite struct ProvenNameTests {
    private static func paper(_ title: String, _ names: [(String, Double)]) -> IngestPaper {
        var paper = Sample.paper(title, abstract: "Words about \(title).")
        paper.records.benchmarks = names.map {
            BenchmarkMention(name: $0.0, role: .evaluated, evidence: Sample.evidence, confidence: $0.1)
        }
        return paper
    }

    @Test func `a name counts when two papers print it, each more likely right than wrong`() async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([
                Self.paper("One", [("Quiet-Bench", 0.9), ("Loner", 0.9), ("Doubtful", 0.4), ("2012", 0.9)]),
                Self.paper("Two", [("Quiet-Bench", 0.6), ("quietbench", 0.9), ("Doubtful", 0.4), ("2012", 0.9)]),
            ])
            let names = try await database.registry.provenNames()
            #expect(names == [ProvenName(name: "Quiet-Bench", isSetByPerson: false)])
        }
    }

    @Test func `what a person has set counts by itself, and what was retracted does not`() async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([
                Self.paper("One", [("Solo", 0.9), ("Wrong", 0.9)]), Self.paper("Two", [("Wrong", 0.9)]),
            ])
            try await database.asSuperuser(
                """
                UPDATE benchmark SET set_by = '{"name": {"account": "ann"}}' WHERE name = 'Solo';
                UPDATE benchmark SET status = 'retracted' WHERE name = 'Wrong';
                """
            )
            let names = try await database.registry.provenNames()
            #expect(names == [ProvenName(name: "Solo", isSetByPerson: true)])
        }
    }

    @Test func `a retired mention proves nothing`() async throws {
        try await RegistryDatabase.with { database in
            let papers = ["One", "Two"].map { Self.paper($0, [("Quiet", 0.9)]) }
            _ = try await database.registry.ingest(papers)
            #expect(try await database.registry.provenNames().count == 1)
            var again = Self.paper("Two", [])
            again.extractor = ExtractorVersion(name: "rules", version: "2.0.0")
            _ = try await database.registry.ingest([again])
            #expect(try await database.registry.provenNames().isEmpty)
        }
    }
}
