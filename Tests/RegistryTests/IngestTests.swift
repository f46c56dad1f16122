import Claims
import Postgres
import Testing

@testable import Registry

@Suite struct IngestTests {
    @Test func `the seed papers come in, and a second time change nothing`() async throws {
        guard let papers = try SeedPapers.load() else {
            print("The shared corpus is not beside the project: the seed papers are not tried.")
            return
        }
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let first = try await registry.ingest(papers)
            #expect(first.count == 93 && first.allSatisfy { $0.result == .created })
            let counts = try await registry.counts()
            #expect(counts.papers == 93)
            #expect(counts.claims == papers.reduce(0) { $0 + $1.records.claims.count })
            #expect(counts.sotaClaims == papers.reduce(0) { $0 + $1.records.sotaClaims.count })
            #expect(counts.links == papers.reduce(0) { $0 + $1.records.links.count })
            #expect(counts.modelSizes == papers.reduce(0) { $0 + $1.records.modelSizes.count })
            #expect(counts.logPosition == 93)

            let second = try await registry.ingest(papers)
            #expect(second.allSatisfy { $0.result == .unchanged })
            #expect(second.map(\.paperID) == first.map(\.paperID))
            #expect(second.map(\.counts) == first.map(\.counts))
            #expect(try await registry.counts() == counts)
            #expect(try await database.value("SELECT max(number) FROM revision", as: Int.self) == 1)
            #expect(try await registry.verifyLog().fault == nil)
        }
    }

    @Test func `a paper comes back as it went in`() async throws {
        let claim = try Sample.claim("78.370", high: "80", kind: .change, on: ["GSM8K", "MATH"], by: "Owl 7B")
        var input = Sample.paper(
            "Owls reason",
            identifiers: ["2509.01234v2", "https://example.org/owl/"],
            published: "2025-09",
            claims: [claim],
            sizes: [("Owl 7B", 7_000_000_000)],
            code: "https://github.com/owl/owl"
        )
        input.records.benchmarks[0].counts = [BenchmarkCount(count: 8500, of: "problems")]
        input.records.sotaClaims = [
            SOTAClaim(
                strength: .sets,
                subject: "Owl 7B",
                benchmarks: ["MATH"],
                evidence: Sample.evidence,
                confidence: 0.5
            )
        ]
        input.source = IngestSource(file: "owls.jsonl", line: 7)
        try await RegistryDatabase.with { database in
            let outcome = try await database.registry.ingest([input])[0]
            #expect(outcome.counts == RecordCounts(claims: 1, benchmarks: 2, sotaClaims: 1, modelSizes: 1, links: 1))
            let id = try #require(outcome.paperID)
            let paper = try #require(try await database.registry.paper(id))
            #expect(paper.paper.title == "Owls reason")
            #expect(paper.paper.published?.description == "2025-09")
            #expect(Set(paper.paper.identifiers) == Set(input.paper.identifiers))
            #expect(paper.claims.map(\.claim) == [claim])
            #expect(paper.claims[0].benchmarks.map(\.slug) == ["gsm8k", "math"])
            #expect(paper.claims[0].metric?.slug == "accuracy")
            #expect(paper.claims[0].model?.slug == "owl-7b")
            #expect(paper.benchmarks.map(\.reading) == input.records.benchmarks)
            #expect(paper.sotaClaims.map(\.reading) == input.records.sotaClaims)
            #expect(paper.modelSizes.map(\.reading) == input.records.modelSizes)
            #expect(paper.links.map(\.reading) == input.records.links)
            let revisions = try await database.registry.revisions(of: .claim, paper.claims[0].id).items
            #expect(revisions.map(\.number) == [1])
            #expect(revisions[0].author == "rules/1.0.0")
            #expect(revisions[0].reason == "read from owls.jsonl, line 7")
            #expect(revisions[0].state.contains("\"78.370\""))
        }
    }

    @Test func `a paper is known by any of its identifiers, and by its text`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let first = try await registry.ingest([Sample.paper("One", identifiers: ["2509.00001"])])[0]
            let again = try await registry.ingest([
                Sample.paper("ONE ", abstract: "some  words.\n"),
                Sample.paper("Another title", identifiers: ["arXiv:2509.00001v3"]),
                Sample.paper("Another title", identifiers: ["2509.00001", "10.1000/one"]),
            ])
            #expect(again.map(\.result) == [.unchanged, .updated, .updated])
            #expect(again.allSatisfy { $0.paperID == first.paperID })
            let found = try await registry.papers(PaperQuery(search: nil))
            #expect(found.items.map(\.paper.title) == ["Another title"])
            #expect(found.items[0].identifiers.map(\.description) == ["arxiv:2509.00001", "doi:10.1000/one"])
        }
    }

    @Test func `identifiers of two papers are refused, and say whose they are`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let ids = try await registry.ingest([
                Sample.paper("One", identifiers: ["2509.00001"]), Sample.paper("Two", identifiers: ["2509.00002"]),
            ]).compactMap(\.paperID)
            let outcome = try await registry.ingest([Sample.paper("Three", identifiers: ["2509.00001", "2509.00002"])])[
                0
            ]
            guard case .refused(let reason) = outcome.result else {
                Issue.record("not refused")
                return
            }
            #expect(ids.allSatisfy { reason.contains(String($0)) })
            #expect(try await registry.counts().papers == 2)
        }
    }

    @Test(arguments: [
        (" ", "Words.", "title is empty"), (String(repeating: "t", count: 9000), "Words.", "title is longer"),
        ("Title", String(repeating: "a", count: 300_000), "abstract is longer"), ("Ti\0tle", "Words.", "NUL"),
    ])
    func `what cannot be kept is refused, and the rest goes on`(title: String, abstract: String, why: String)
        async throws
    {
        try await RegistryDatabase.with { database in
            let outcomes = try await database.registry.ingest([
                Sample.paper(title, abstract: abstract), Sample.paper("Good"),
            ])
            guard case .refused(let reason) = outcomes[0].result else {
                Issue.record("not refused")
                return
            }
            #expect(reason.contains(why))
            #expect(outcomes[1].result == .created)
        }
    }

    @Test func `the same paper twice in a batch is one paper`() async throws {
        try await RegistryDatabase.with { database in
            let outcomes = try await database.registry.ingest([
                Sample.paper("One", identifiers: ["2509.00001"]), Sample.paper("One", identifiers: ["2509.00001"]),
                Sample.paper("One", identifiers: ["2509.00001", "10.1000/one"]),
            ])
            #expect(outcomes.map(\.result) == [.created, .unchanged, .updated])
            #expect(Set(outcomes.map(\.paperID)).count == 1)
        }
    }
}
