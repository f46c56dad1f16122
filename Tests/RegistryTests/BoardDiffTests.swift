import Claims
import Testing

@testable import Registry

@Suite struct BoardDiffTests {
    @Test func `lines enter, leave, change and move`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest([
                Sample.paper("One", claims: [try Sample.claim("90", by: "Owl")]),
                Sample.paper("Two", claims: [try Sample.claim("80", by: "Heron")]),
                Sample.paper("Three", claims: [try Sample.claim("70", by: "Crane")]),
                Sample.paper("Four", claims: [try Sample.claim("60", by: "Stork")]),
            ])
            let before = try await registry.currentSnapshot()
            let newer = ExtractorVersion(name: "rules", version: "2.0.0")
            _ = try await registry.ingest([
                Sample.paper("One", extractor: newer),
                Sample.paper("Three", claims: [try Sample.claim("70", bound: .about, by: "Crane")], extractor: newer),
                Sample.paper("Five", claims: [try Sample.claim("50", by: "Egret")]),
            ])
            let query = BoardQuery(benchmark: "gsm8k")
            let diff = try await registry.boardDiff(query, from: .position(before.position), to: nil)
            #expect(diff.from == before)
            #expect(diff.differences.map(\.kind) == [.moved, .changed, .moved, .entered, .left])
            #expect(diff.differences.map { $0.before?.rank } == [2, 3, 4, nil, 1])
            #expect(diff.differences.map { $0.after?.rank } == [1, 2, 3, 4, nil])
            #expect(diff.differences[1].after?.bound == .about && diff.differences[1].before?.bound == .exact)

            var parts: [BoardDifference] = []
            var page = PageRequest(limit: 2)
            for _ in 0..<5 {
                var part = query
                part.page = page
                let some = try await registry.boardDiff(part, from: .position(before.position), to: nil)
                parts += some.differences
                // What is written between two parts does not show.
                _ = try await registry.ingest([Sample.paper("Later \(parts.count)", claims: [try Sample.claim("99")])])
                guard let next = some.next else { break }
                page.cursor = next
            }
            #expect(parts == diff.differences)
            let same = try await registry.boardDiff(
                query,
                from: .position(before.position),
                to: .position(before.position)
            )
            #expect(same.differences.isEmpty)
            let all = try await registry.boardDiff(query, from: .position(0), to: .position(before.position))
            #expect(all.differences.map(\.kind) == [.entered, .entered, .entered, .entered])
        }
    }

    @Test func `lines without a rank come in parts of their own`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest(
                try (1...5).map { Sample.paper("Paper \($0)", claims: [try Sample.claim("9\($0)", high: "99")]) }
                    + [Sample.paper("Ranked", claims: [try Sample.claim("50")])]
            )
            var query = BoardQuery(benchmark: "gsm8k", page: PageRequest(limit: 2))
            var values: [String] = []
            var entries = 0
            for _ in 0..<5 {
                let page = try await registry.leaderboard(query)
                #expect(page.unranked.count <= 2 && page.board?.entryCount == 1)
                values += page.unranked.map(\.value.description)
                entries += page.entries.count
                guard let next = page.nextUnranked else { break }
                query.page.cursor = next
            }
            #expect(values == ["95", "94", "93", "92", "91"])
            #expect(entries == 1)
        }
    }

    @Test func `what no longer counts has a ranking of its own`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest([
                Sample.paper("One", claims: [try Sample.claim("90", by: "Owl"), try Sample.claim("80", by: "Heron")]),
                Sample.paper("Two", claims: [try Sample.claim("70", by: "Crane")]),
            ])
            _ = try await registry.ingest([
                Sample.paper(
                    "One",
                    claims: [try Sample.claim("80", by: "Heron")],
                    extractor: ExtractorVersion(name: "rules", version: "2.0.0")
                )
            ])
            func values(_ status: BoardStatus) async throws -> [String] {
                var query = BoardQuery(benchmark: "gsm8k")
                query.status = status
                return try await registry.leaderboard(query).entries.map {
                    "\($0.rank ?? 0) \($0.value) \($0.status.rawValue)"
                }
            }
            #expect(try await values(.active) == ["1 80 active", "2 70 active"])
            #expect(try await values(.retired) == ["1 90 retired"])
            #expect(try await values(.retracted) == [])
            #expect(try await values(.all) == ["1 90 retired", "2 80 active", "3 70 active"])
        }
    }
}
