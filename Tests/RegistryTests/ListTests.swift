import Claims
import Testing

@testable import Registry

@Suite struct ListTests {
    @Test(arguments: [
        ("imagenet", "ImageNet"), ("imagnet", "ImageNet"), ("image", "ImageNet"), ("gsm8", "GSM8K"),
        ("gsm8k dataset", "GSM8K"),
        ("gpqa dimond", "GPQA-Diamond"), ("Diamond", "GPQA-Diamond"), ("100% sure_", nil), ("zzzzqqq", nil), ("%", nil),
    ])
    func `a search finds names, typos forgiven`(text: String, name: String?) async throws {
        try await withNames { registry in
            let found = try await registry.benchmarks(BenchmarkQuery(search: text))
            #expect(found.items.first?.benchmark.name == name)
        }
    }

    @Test func `the same name comes first, then names that start so, then names alike`() async throws {
        try await withNames { registry in
            let found = try await registry.benchmarks(BenchmarkQuery(search: "MATH"))
            #expect(found.items.map(\.benchmark.name) == ["MATH", "MATH-500", "AddMath"])
        }
    }

    @Test func `pages of a search go on where the last one ended`() async throws {
        try await withNames { registry in
            var names: [String] = []
            var cursor: String?
            repeat {
                let page = PageRequest(limit: 1, cursor: cursor)
                let found = try await registry.benchmarks(BenchmarkQuery(search: "math", page: page))
                names += found.items.map(\.benchmark.name)
                cursor = found.next
            } while cursor != nil
            #expect(names == ["MATH", "MATH-500", "AddMath"])
        }
    }

    @Test func `pages of a board keep places and miss nothing while others write`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let values = ["9", "8", "8.0", "8.00", "7", "6", "5"]
            _ = try await registry.ingest(
                try values.enumerated().map { Sample.paper("Paper \($0)", claims: [try Sample.claim($1)]) }
            )
            var entries: [BoardEntry] = []
            var cursor: String?
            var round = 0
            repeat {
                let query = BoardQuery(benchmark: "gsm8k", page: PageRequest(limit: 2, cursor: cursor))
                let page = try await registry.leaderboard(query)
                entries += page.entries
                cursor = page.next
                round += 1
                _ = try await registry.ingest([Sample.paper("Better \(round)", claims: [try Sample.claim("1\(round)")])]
                )
            } while cursor != nil
            #expect(entries.map(\.value.description) == values)
            #expect(entries.map(\.rank) == [1, 2, 2, 2, 5, 6, 7])
        }
    }

    @Test func `pages of claims and papers do not move when others come`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest(
                try (0..<5).map { Sample.paper("Paper \($0)", claims: [try Sample.claim("\($0)")]) }
            )
            let first = try await registry.claims(ClaimQuery(page: PageRequest(limit: 3)))
            let papers = try await registry.papers(PaperQuery(page: PageRequest(limit: 3)))
            _ = try await registry.ingest([Sample.paper("New", claims: [try Sample.claim("99")])])
            let rest = try await registry.claims(ClaimQuery(page: PageRequest(limit: 3, cursor: first.next)))
            let otherPapers = try await registry.papers(PaperQuery(page: PageRequest(limit: 3, cursor: papers.next)))
            #expect((first.items + rest.items).map(\.claim.value.description) == ["4", "3", "2", "1", "0"])
            #expect((papers.items + otherPapers.items).map(\.paper.title).count == 5)
            #expect(rest.next == nil && otherPapers.next == nil)
        }
    }

    @Test func `claims and papers are found by what they are about`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let ids = try await registry.ingest([
                Sample.paper(
                    "Owls count",
                    identifiers: ["2509.00001"],
                    published: "2025-02",
                    claims: [try Sample.claim("7"), try Sample.claim("3", unit: "ms", metric: nil, on: [], by: nil)]
                ),
                Sample.paper("Herons fish", claims: [try Sample.claim("8", kind: .change, metric: "F1", on: ["MATH"])]),
            ]).compactMap(\.paperID)
            func values(_ narrow: (inout ClaimQuery) -> Void) async throws -> [String] {
                var query = ClaimQuery()
                narrow(&query)
                return try await registry.claims(query).items.map(\.claim.value.description)
            }
            #expect(try await values { $0.benchmark = "math" } == ["8"])
            #expect(try await values { $0.metric = "F1 score" } == ["8"])
            #expect(try await values { $0.model = "owl" } == ["8", "7"])
            #expect(try await values { $0.kind = .score } == ["3", "7"])
            #expect(try await values { $0.unit = "ms" } == ["3"])
            #expect(try await values { $0.paper = ids[1] } == ["8"])
            #expect(try await values { $0.minConfidence = 0.95 } == [])
            #expect(try await values { $0.status = .retired } == [])

            func titles(_ narrow: (inout PaperQuery) -> Void) async throws -> [String] {
                var query = PaperQuery()
                narrow(&query)
                return try await registry.papers(query).items.map(\.paper.title)
            }
            #expect(try await titles { $0.search = "owl counting" } == ["Owls count"])
            #expect(try await titles { $0.identifier = "arXiv:2509.00001v2" } == ["Owls count"])
            #expect(try await titles { $0.benchmark = "MATH" } == ["Herons fish"])
            #expect(try await titles { $0.publishedFrom = PublicationDate("2025-02-01") } == ["Owls count"])
            #expect(try await titles { $0.publishedTo = PublicationDate("2025-01") } == [])
            #expect(try await registry.metrics(NameQuery()).items.map(\.metric.slug).sorted() == ["accuracy", "f1"])
            #expect(try await registry.models(NameQuery(search: "owl")).items.map(\.claimCount) == [2])
            #expect(try await registry.metric("Macro F1") == nil)
            #expect(try await registry.metric("F-score")?.usualUnit == "percent")
        }
    }

    @Test(arguments: [0, -1, 1001])
    func `a limit out of bounds is refused`(limit: Int) async throws {
        try await RegistryDatabase.with { database in
            let page = PageRequest(limit: limit)
            let code = try await RegistryError.code { try await database.registry.claims(ClaimQuery(page: page)) }
            #expect(code == .invalid)
        }
    }

    @Test(arguments: ["", "x", "AAAA", "Y2xhaW1zH3g", String(repeating: "A", count: 5000), "\u{0}"])
    func `a cursor that is none of the list is refused`(cursor: String) async throws {
        try await RegistryDatabase.with { database in
            let page = PageRequest(limit: 10, cursor: cursor)
            let code = try await RegistryError.code { try await database.registry.claims(ClaimQuery(page: page)) }
            #expect(code == .invalid)
        }
    }

    /// Cursors are not signed: anyone can make one.
    @Test(arguments: [Int64.min, -1, 0, 3_000_000_000, .max])
    func `a cursor that nobody was given ends a list or is refused, and does no harm`(number: Int64) async throws {
        try await withNames { registry in
            func page(_ fields: [String], of list: String) -> PageRequest {
                PageRequest(limit: 10, cursor: Cursor(fields: fields).encoded(for: list))
            }
            let key = [String(number), String(number)]
            let search = BenchmarkQuery(search: "math", page: page(key, of: "benchmark"))
            #expect(try await registry.benchmarks(search).items.count == (number > 3000 ? 3 : 0))
            let all = BenchmarkQuery(page: page(key, of: "benchmarks"))
            #expect(try await registry.benchmarks(all).items.count == (number > 1 ? 7 : 0))

            let board = try #require(try await registry.leaderboard(BoardQuery(benchmark: "coco")).board)
            let places = [String(board.id), "-2", "0", String(number), String(number)]
            let entries = BoardQuery(benchmark: "coco", page: page(places, of: "board"))
            #expect(try await RegistryError.code { try await registry.leaderboard(entries) } == .invalid)
        }
    }

    private func withNames(_ body: (Registry) async throws -> Void) async throws {
        let names = ["ImageNet", "GSM8K", "GPQA-Diamond", "MATH", "MATH-500", "AddMath", "COCO"]
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest(
                try names.map { Sample.paper("Paper on \($0)", claims: [try Sample.claim("1", on: [$0])]) }
            )
            try await body(database.registry)
        }
    }
}
