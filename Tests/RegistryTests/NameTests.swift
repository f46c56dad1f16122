import Claims
import Postgres
import Testing

@testable import Registry

@Suite struct NameTests {
    @Test(arguments: [
        ("our method", true), ("Ours", true), ("the proposed model", true), ("baseline", true),
        ("state-of-the-art", true),
        ("LLMs", true), ("8B model", false), ("BERT", false), ("Mamba model", false), ("GPT-4", false),
        ("Model Zoo", false),
        ("", true),
    ])
    func `a name that any paper could use names no model`(name: String, isGeneric: Bool) {
        #expect(PaperNames.isGeneric(name) == isGeneric)
    }

    @Test func `a fragment of a longer name is known by the longer one`() throws {
        var records = ExtractedRecords()
        records.benchmarks = [
            mention("VOC 2007"), mention("2012", "VOC 2012"), mention("GPQA", "Graduate-Level Google-Proof Q&A"),
        ]
        records.claims = [try Sample.claim("1", on: ["2012", "GPQA dataset", "MATH"])]
        let names = PaperNames(records)
        #expect(names.benchmarks.map(\.name) == ["VOC 2007", "VOC 2012", "GPQA", "MATH"])
        #expect(names.benchmarks.map(\.others) == [[], [], ["Graduate-Level Google-Proof Q&A"], []])
        #expect(records.claims[0].benchmarks.map(names.position(ofBenchmark:)) == [1, 2, 3])
    }

    @Test func `one of a record's names being known is enough, and brings the others along`() {
        var planner = NamePlanner(known: [NameKey("Graduate Proof"): 7])
        #expect(planner.resolve("GPQA", others: ["Graduate-Proof"], paper: 0) == .known(7))
        #expect(planner.resolve("gpqa", paper: 1) == .known(7))
        #expect(planner.newAliases == [NewAlias(id: 7, alias: "GPQA", paper: 0)])
        #expect(planner.resolve("MATH", others: ["Hard Math"], paper: 1) == .new(0))
        #expect(planner.resolve("hard-math benchmark", paper: 2) == .new(0))
        #expect(planner.new == [NewName(name: "MATH", slug: "math", aliases: ["MATH", "Hard Math"], paper: 1)])
    }

    @Test func `a long form leads to the benchmark, and a taken one stays with its owner`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest([
                paper("One", mention("GPQA", "Graduate Proof")), paper("Two", mention("Graduate Proof")),
                paper("Three", mention("ImageNet")), paper("Four", mention("IN", "ImageNet")),
            ])
            #expect(try await registry.benchmark("graduate-proof")?.benchmark.slug == "gpqa")
            #expect(try await registry.benchmark("gpqa")?.paperCount == 2)
            #expect(try await registry.benchmark("GPQA")?.aliases == ["Graduate Proof"])
            #expect(try await registry.benchmark("IN")?.benchmark.name == "ImageNet")
            #expect(try await registry.counts().benchmarks == 2)
            let known = try await registry.benchmarks(BenchmarkQuery()).items
            #expect(Set(known.map(\.benchmark.name)) == ["GPQA", "ImageNet"])
        }
    }

    @Test func `a known benchmark that gets names from several papers of a batch has one more revision`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest([paper("One", mention("GPQA"))])
            _ = try await registry.ingest([
                paper("Two", mention("GPQA", "Graduate Proof")), paper("Three", mention("GPQA", "Google Proof")),
                paper("Four", mention("GPQA", "Q&A Proof")),
            ])
            let numbers = try await database.client.query(
                "SELECT number FROM revision WHERE record_type = 'benchmark' ORDER BY number"
            ).values(Int.self)
            #expect(numbers == [1, 2])
            #expect(try await registry.benchmark("google proof")?.aliases.count == 3)
            #expect(try await registry.benchmark("gpqa")?.revision == 2)
            #expect(try await registry.verifyLog().fault == nil)
        }
    }

    @Test func `names that give one slug are told apart by it all the same`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest([
                paper("One", mention("数学")), paper("Two", mention("物理")), paper("Three", mention("C+")),
                paper("Four", mention("cp")),
            ])
            let slugs = try await registry.benchmarks(BenchmarkQuery(order: .slug)).items.map(\.benchmark.slug)
            #expect(slugs.count == 4 && Set(slugs).count == 4)
            #expect(slugs.contains("x") && slugs.contains("cp"))
            for slug in slugs { #expect(try await registry.benchmark(slug)?.benchmark.slug == slug) }
        }
    }

    @Test func `a card shows sizes and who introduced it, and knows former slugs`() async throws {
        var introducing = mention("OwlBench")
        introducing.role = .introduced
        introducing.counts = [BenchmarkCount(count: 111, of: "problems")]
        try await RegistryDatabase.with { [introducing] database in
            let registry = database.registry
            let ids = try await registry.ingest([paper("One", introducing), paper("Two", mention("OwlBench"))])
            try await database.client.execute(
                "INSERT INTO former_slug SELECT 'benchmark', 'owls', b.id FROM benchmark b WHERE b.slug = 'owlbench'"
            )
            let card = try #require(try await registry.benchmark("owls"))
            #expect(card.isRedirect)
            #expect(card.benchmark.slug == "owlbench")
            #expect(card.counts.map(\.count) == introducing.counts)
            #expect(card.introducedBy.map(\.id) == [ids[0].paperID])
            #expect(try await registry.benchmark("owlbench")?.isRedirect == false)
            #expect(try await registry.benchmark("nothing") == nil)
        }
    }

    @Test(arguments: [
        ("1.10.0", "1.9.0", true), ("1.0.0", "1.0.0", false), ("1.0", "1.0.1", false), ("2", "1.9", true),
    ])
    func `versions compare by their numbers`(version: String, other: String, isNewer: Bool) {
        let (a, b) = (ExtractorVersion(name: "r", version: version), ExtractorVersion(name: "r", version: other))
        #expect(a.isNewer(than: b) == isNewer)
    }

    private func mention(_ name: String, _ fullName: String? = nil) -> BenchmarkMention {
        BenchmarkMention(
            name: name,
            fullName: fullName,
            role: .evaluated,
            evidence: Sample.evidence,
            confidence: 0.9
        )
    }

    private func paper(_ title: String, _ mention: BenchmarkMention) -> IngestPaper {
        var paper = Sample.paper(title)
        paper.records.benchmarks = [mention]
        return paper
    }
}
