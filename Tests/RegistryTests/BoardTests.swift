import Claims
import Testing

@testable import Registry

@Suite struct BoardTests {
    @Test func `the best value comes first, and equal values share a place`() async throws {
        try await RegistryDatabase.with { database in
            try await ingest(["70", "80", "90.0", "90"], into: database)
            let page = try await database.registry.leaderboard(BoardQuery(benchmark: "gsm8k"))
            #expect(page.entries.map(\.value.description) == ["90.0", "90", "80", "70"])
            #expect(page.entries.map(\.rank) == [1, 1, 3, 4])
            #expect(page.board?.entryCount == 4)
            #expect(page.board?.direction == .higher)
            #expect(page.board?.isDirectionAssumed == false)
        }
    }

    @Test(arguments: [
        ("perplexity" as String?, "none", MetricDirection.lower, false), ("FID", "none", .lower, false),
        ("wobble rate", "percent", .higher, true), ("centroid error", "mm", .lower, true), (nil, "ms", .lower, true),
        (nil, "percent", .higher, true), ("speed", "fps", .higher, false), ("speed", "ms", .lower, true),
    ])
    func `the direction follows from metric and unit`(
        metric: String?,
        unit: String,
        direction: MetricDirection,
        isAssumed: Bool
    ) async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest(
                try ["3", "20", "1"].enumerated().map { index, value in
                    Sample.paper("Paper \(index)", claims: [try Sample.claim(value, unit: unit, metric: metric)])
                }
            )
            let page = try await database.registry.leaderboard(BoardQuery(benchmark: "GSM8K", metric: metric ?? "none"))
            #expect(page.board?.direction == direction)
            #expect(page.board?.isDirectionAssumed == isAssumed)
            let expected = direction == .higher ? ["20", "3", "1"] : ["1", "3", "20"]
            #expect(page.entries.map(\.value.description) == expected)
        }
    }

    @Test func `what is no level, no single number, or bounded from above has no place`() async throws {
        try await RegistryDatabase.with { database in
            let claims = [
                try Sample.claim("12", kind: .change), try Sample.claim("99", bound: .upTo, by: "A"),
                try Sample.claim("98", bound: .below, by: "B"), try Sample.claim("50", high: "97", by: "C"),
                try Sample.claim("96", on: ["GSM8K", "MATH"], by: "D"),
                try Sample.claim("61", bound: .atLeast, by: "E"),
                try Sample.claim("60", bound: .about, by: "F"),
            ]
            _ = try await database.registry.ingest([Sample.paper("Owls", claims: claims)])
            let page = try await database.registry.leaderboard(BoardQuery(benchmark: "gsm8k"))
            #expect(page.entries.map(\.value.description) == ["61", "60"])
            #expect(Set(page.unranked.map(\.value.description)) == ["99", "98", "50", "96"])
            #expect(page.unranked.allSatisfy { $0.rank == nil })
            let math = try await database.registry.leaderboard(BoardQuery(benchmark: "math"))
            #expect(math.entries.isEmpty && math.unranked.map(\.value.description) == ["96"])
        }
    }

    @Test func `a paper has one entry for each model: its best`() async throws {
        try await RegistryDatabase.with { database in
            let first = [
                try Sample.claim("70"), try Sample.claim("75"), try Sample.claim("60", by: "Heron"),
                try Sample.claim("50", by: "our method"), try Sample.claim("55", by: "our method"),
            ]
            _ = try await database.registry.ingest([
                Sample.paper("One", claims: first), Sample.paper("Two", claims: [try Sample.claim("72")]),
            ])
            let page = try await database.registry.leaderboard(BoardQuery(benchmark: "gsm8k"))
            #expect(page.entries.map(\.value.description) == ["75", "72", "60", "55"])
            #expect(page.entries.map { $0.model?.name } == ["Owl", "Owl", "Heron", nil])
            #expect(page.entries.map(\.reportedByPaper.title) == ["One", "Two", "One", "One"])
        }
    }

    @Test func `numbers of another metric or unit stand on another board`() async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([
                Sample.paper("One", claims: [try Sample.claim("70"), try Sample.claim("0.8", unit: "none")]),
                Sample.paper("Two", claims: [try Sample.claim("60"), try Sample.claim("50", metric: "F1-score")]),
                Sample.paper(
                    "Three",
                    claims: [try Sample.claim("40", metric: "F1"), try Sample.claim("9", metric: nil)]
                ),
                Sample.paper("Four", claims: [try Sample.claim("10", metric: "acc.", on: ["gsm-8k dataset"])]),
            ])
            let registry = database.registry
            let main = try await registry.leaderboard(BoardQuery(benchmark: "GSM8k"))
            #expect(main.entries.map(\.value.description) == ["70", "60", "10"])
            #expect(main.boards.map { $0.metric?.slug } == ["accuracy", "f1", "accuracy", nil])
            let f1 = try await registry.leaderboard(BoardQuery(benchmark: "gsm8k", metric: "F1 score"))
            #expect(f1.entries.map(\.value.description) == ["50", "40"])
            let bare = try await registry.leaderboard(BoardQuery(benchmark: "gsm8k", unit: "none"))
            #expect(bare.entries.map(\.value.description) == ["0.8"])
            #expect(
                try await RegistryError.code {
                    try await registry.leaderboard(BoardQuery(benchmark: "gsm8k", unit: "dB"))
                }
                    == .notFound
            )
            #expect(
                try await RegistryError.code { try await registry.leaderboard(BoardQuery(benchmark: "nowhere")) }
                    == .notFound
            )
        }
    }

    @Test func `filters go by size, code and date`() async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([
                Sample.paper(
                    "Small",
                    published: "2024-05-02",
                    claims: [try Sample.claim("60", by: "Owl-7B")],
                    sizes: [("Owl-7B", 7_000_000_000)],
                    code: "https://github.com/owl/owl"
                ),
                Sample.paper(
                    "Large",
                    published: "2025-06",
                    claims: [try Sample.claim("90", by: "Owl-70B")],
                    sizes: [("Owl-70B", 70_000_000_000)]
                ),
                Sample.paper("Unknown", claims: [try Sample.claim("75", by: "Heron")]),
            ])
            func values(_ narrow: (inout BoardQuery) -> Void) async throws -> [String] {
                var query = BoardQuery(benchmark: "gsm8k")
                narrow(&query)
                return try await database.registry.leaderboard(query).entries.map(\.value.description)
            }
            #expect(try await values { _ in } == ["90", "75", "60"])
            #expect(try await values { $0.maxParameters = 8_000_000_000 } == ["60"])
            #expect(try await values { $0.minParameters = 8_000_000_000 } == ["90"])
            #expect(try await values { $0.hasCode = true } == ["60"])
            #expect(try await values { $0.hasCode = false } == ["90", "75"])
            #expect(try await values { $0.publishedFrom = PublicationDate("2025") } == ["90"])
            #expect(try await values { $0.publishedTo = PublicationDate("2024-05") } == ["60"])
            #expect(try await values { $0.publishedTo = PublicationDate("2024-05-01") } == [])
        }
    }

    @Test func `a size that another paper states counts, unless the paper states its own`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest([
                Sample.paper("One", claims: [try Sample.claim("60")]),
                Sample.paper("Two", claims: [try Sample.claim("50")], sizes: [("Owl", 3_000_000)]),
            ])
            _ = try await registry.ingest([Sample.paper("Three", sizes: [("owl", 5_000_000)])])
            let page = try await registry.leaderboard(BoardQuery(benchmark: "gsm8k"))
            #expect(page.entries.map(\.parameters) == [5_000_000, 3_000_000])
            #expect(try await registry.model("OWL")?.sizes.map(\.size.parameters) == [5_000_000, 3_000_000])
        }
    }

    private func ingest(_ values: [String], into database: RegistryDatabase) async throws {
        _ = try await database.registry.ingest(
            try values.enumerated().map { index, value in
                Sample.paper("Paper \(index)", claims: [try Sample.claim(value)])
            }
        )
    }
}
