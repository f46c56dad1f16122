import Claims
import Postgres
import Testing

@testable import Registry

/// What boards keep of claims, papers and models follows every change of them.
@Suite struct BoardShownTests {
    @Test(arguments: [5, 6, 7] as [UInt64])
    func `what entries keep is what their claims, papers and models say`(seed: UInt64) async throws {
        try await RegistryDatabase.with { database in
            var history = try RandomHistory(seed: seed, database: database)
            var seen = 0
            for step in 0..<30 {
                try await history.step()
                let wrong = try await database.client.query(
                    """
                    SELECT e.claim_id FROM board_entry e LEFT JOIN board_shown s ON s.claim_id = e.claim_id
                    WHERE e.shown IS NULL OR e.shown IS DISTINCT FROM s.shown
                    """
                ).values(Int64.self)
                #expect(wrong.isEmpty, "seed \(seed), step \(step)")
                seen += try await database.value("SELECT count(*) FROM board_entry", as: Int.self) ?? 0
            }
            #expect(seen > 0)
        }
    }

    @Test func `an entry that is too long for the index is not kept in it`() async throws {
        try await RegistryDatabase.with { database in
            let evidence = Evidence(source: .abstract, start: 0, end: 3000, text: String(repeating: "abc", count: 1000))
            _ = try await database.registry.ingest([
                Sample.paper("Long", claims: [try Sample.claim("7", evidence: evidence)])
            ])
            #expect(try await database.value("SELECT count(*) FROM board_entry WHERE shown IS NULL", as: Int.self) == 1)
            let page = try await database.registry.leaderboard(BoardQuery(benchmark: "gsm8k"))
            #expect(page.entries.map(\.evidence) == [evidence])
        }
    }
}
