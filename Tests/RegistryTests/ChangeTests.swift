import Claims
import Postgres
import Testing

@testable import Registry

@Suite struct ChangeTests {
    @Test(arguments: [1, 3, 1000])
    func `whoever resumes where the last part ended has seen every change once`(limit: Int) async throws {
        try await RegistryDatabase.with { database in
            var history = try RandomHistory(seed: 41, database: database)
            let registry = database.registry
            var seen: [Change] = []
            var position: Int64 = 0
            for _ in 0..<10 {
                try await history.step()
                var hasMore = true
                while hasMore {
                    let page = try await registry.changes(ChangeQuery(after: position, limit: limit))
                    seen += page.changes
                    (position, hasMore) = (page.position, page.hasMore)
                }
            }
            let entries = try await registry.log(after: 0, limit: 1000)
            #expect(seen.map(\.position) == entries.map(\.position))
            #expect(seen.map(\.hash) == entries.map(\.hash))
            let told = try await database.value("SELECT count(*) FROM revision", as: Int.self)
            #expect(seen.reduce(0) { $0 + $1.records.count } == told)
            #expect(try await registry.newestChanges(limit: 1000) == seen.reversed())
        }
    }

    @Test func `a benchmark's changes are those of what names it, or did`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest([Sample.paper("One", claims: [try Sample.claim("7", on: ["MATH"])])])
            _ = try await registry.ingest([Sample.paper("Two", claims: [try Sample.claim("8", on: ["GSM8K"])])])
            let other = ExtractorVersion(name: "rules", version: "2.0.0")
            _ = try await registry.ingest([
                Sample.paper("One", claims: [try Sample.claim("7", on: ["GSM8K"])], extractor: other)
            ])
            let math = try await registry.changes(ChangeQuery(benchmark: "math")).changes
            #expect(math.map(\.position) == [1, 3])
            #expect(math[1].records.contains { $0.type == .claim && $0.revision == 2 })
            let claims = try await registry.changes(ChangeQuery(benchmark: "gsm8k", type: .claim)).changes
            #expect(claims.map(\.position) == [2, 3])
            #expect(claims.allSatisfy { $0.records.allSatisfy { $0.type == .claim } })
            #expect(claims[0].records[0].summary == "accuracy 8 percent (Owl)")
            #expect(claims[0].paper?.title == "Two")
            let metrics = try await registry.changes(ChangeQuery(type: .metric))
            #expect(metrics.changes.map(\.position) == [1] && metrics.position == 3 && !metrics.hasMore)
            #expect(try await registry.newestChanges(of: "math", limit: 1).map(\.position) == [3])
            #expect(
                try await RegistryError.code { try await registry.changes(ChangeQuery(benchmark: "nowhere")) }
                    == .notFound
            )
        }
    }
}
