import Claims
import Postgres
import Testing

@testable import Registry

/// The hottest queries must find their rows by index, however large a board is.
@Suite struct PlanTests {
    @Test func `a page of a board is read from its index alone, without a sort of the board`() async throws {
        try await withLargeBoard { database, board in
            var query = BoardQuery(benchmark: "gsm8k")
            query.maxParameters = 8_000_000_000
            query.hasCode = true
            let cursor = Cursor(fields: [String(board), "-50000", "1", "1", "1"])
            for sql in [
                try Registry.leaderboardSQL(
                    benchmark: 1,
                    board: board,
                    filter: BoardFilter(BoardQuery(benchmark: "")),
                    cursor: nil,
                    limit: 51
                ),
                try Registry.leaderboardSQL(benchmark: 1, board: board, filter: BoardFilter(query), cursor: nil, limit: 51),
                try Registry.leaderboardSQL(benchmark: 1, board: board, filter: BoardFilter(query), cursor: cursor, limit: 51),
            ] {
                let plan = try await plan(of: sql, in: database)
                #expect(plan.contains("Index Only Scan using board_entry_pkey"), "\(plan)")
                #expect(!plan.contains("Seq Scan on board_entry") && !plan.contains("Seq Scan on claim"), "\(plan)")
            }
        }
    }

    @Test func `the best of a board is one descent of its index`() async throws {
        try await withLargeBoard { database, board in
            let sql = Registry.sotaSQL(boards: [board], filter: BoardFilter(BoardQuery(benchmark: "")))
            let plan = try await plan(of: sql, in: database)
            #expect(plan.contains("Index Only Scan using board_entry_pkey"), "\(plan)")
            #expect(!plan.contains("Seq Scan on board_entry") && !plan.contains("Seq Scan on claim"), "\(plan)")
        }
    }

    private func plan(of sql: SQL, in database: RegistryDatabase) async throws -> String {
        try await database.client.query("EXPLAIN \(sql)").values(String.self).joined(separator: "\n")
    }

    /// A board of 20,000 entries beside some small ones.
    private func withLargeBoard(_ body: (RegistryDatabase, Int64) async throws -> Void) async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([Sample.paper("One", claims: [try Sample.claim("7")])])
            try await database.client.execute(
                """
                INSERT INTO claim (
                    paper_id, value, unit, kind, bound, evidence_source, evidence_start, evidence_end, evidence, confidence,
                    extractor_id)
                SELECT c.paper_id, n, c.unit, c.kind, c.bound, 'abstract', 0, 4, 'Some', 0.9, c.extractor_id
                FROM claim c, generate_series(1, 20000) AS n
                """
            )
            try await database.client.execute(
                """
                INSERT INTO board_entry (board_id, sort_key, claim_id, paper_id, parameters, has_code)
                SELECT b.id, -c.value, c.id, c.paper_id, c.id * 1000000, c.id % 3 = 0
                FROM board b, claim c WHERE c.id > 1
                """
            )
            try await database.asSuperuser("VACUUM ANALYZE board_entry")
            try await database.asSuperuser("ANALYZE")
            let board = try #require(try await database.value("SELECT id FROM board", as: Int64.self))
            try await body(database, board)
        }
    }
}
