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
            let lines = BoardLines(.active, at: .now)
            let all = BoardFilter(BoardQuery(benchmark: ""))
            let some = BoardFilter(query)
            for sql in [
                try Registry.leaderboardSQL(
                    benchmark: 1,
                    board: board,
                    lines: lines,
                    reading: \.texts,
                    filter: all,
                    cursor: nil,
                    limit: 51
                ),
                try Registry.leaderboardSQL(
                    benchmark: 1,
                    board: board,
                    lines: lines,
                    reading: \.texts,
                    filter: some,
                    cursor: nil,
                    limit: 51
                ),
                try Registry.leaderboardSQL(
                    benchmark: 1,
                    board: board,
                    lines: lines,
                    reading: \.texts,
                    filter: some,
                    cursor: cursor,
                    limit: 51
                ),
            ] {
                let plan = try await plan(of: sql, in: database)
                #expect(plan.contains("Index Only Scan using board_entry_pkey"), "\(plan)")
                #expect(!plan.contains("Seq Scan on board_entry") && !plan.contains("Seq Scan on claim"), "\(plan)")
                #expect(!plan.contains("Sort Key: e."), "\(plan)")
            }
        }
    }

    /// A descent of the index, the pages that fifty entries lie on, the map of what is visible, and the counter.
    @Test func `a page takes as few buffers on a board of twenty thousand entries as on one of ten`() async throws {
        try await withLargeBoard { database, large in
            for board in [large] + (try await database.smallBoards(entries: [10, 1000])) {
                let sql = try Registry.leaderboardSQL(
                    benchmark: 1,
                    board: board,
                    lines: BoardLines(.active, at: .now),
                    reading: \.texts,
                    filter: BoardFilter(BoardQuery(benchmark: "")),
                    cursor: nil,
                    limit: 51
                )
                let lines = try await database.client.query(
                    "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF) \(sql)"
                ).values(String.self)
                let buffers = try #require(lines.first { $0.contains("Buffers: shared") })
                let counts = buffers.matches(of: #/(?:hit|read)=(\d+)/#).compactMap { Int($0.1) }
                #expect((1...25).contains(counts.reduce(0, +)), "board \(board): \(lines.joined(separator: "\n"))")
            }
        }
    }

    /// Else each batch would read all that the batches before it have written.
    @Test func `a batch of papers reads no table from end to end where statistics take all for empty`() async throws {
        try await RegistryDatabase.with { database in
            try await database.asSuperuser("ANALYZE")
            let papers = try (0..<600).map { number in
                Sample.paper(
                    "Owls, part \(number)",
                    identifiers: ["doi:10.5555/owl.\(number)"],
                    claims: [try Sample.claim("\(number).5", by: "Owl \(number)")],
                    sizes: [("Owl \(number)", 7_000_000_000)],
                    code: "https://example.org/owl/\(number)"
                )
            }
            _ = try await database.registry.ingest(Array(papers.prefix(500)))
            let batch = papers.suffix(100).enumerated().map { PreparedPaper(place: $0, input: $1) }
            let read = try await database.client.transaction { transaction in
                _ = try await IngestRound(transaction: transaction).run(batch)
                return try await transaction.query(
                    """
                    SELECT t.relname || ': ' || t.seq_tup_read FROM pg_stat_xact_user_tables t
                    WHERE t.seq_tup_read >= 500
                    """
                ).values(String.self)
            }
            #expect(read.isEmpty, "\(read)")
        }
    }

    @Test func `the best of a board is one descent of its index`() async throws {
        try await withLargeBoard { database, board in
            let sql = Registry.sotaSQL(
                benchmark: 1,
                boards: [board],
                lines: BoardLines(.active, at: .now),
                filter: BoardFilter(BoardQuery(benchmark: ""))
            )
            let plan = try await plan(of: sql, in: database)
            #expect(plan.contains("Index Only Scan using board_entry_pkey"), "\(plan)")
            #expect(!plan.contains("Seq Scan on board_entry") && !plan.contains("Seq Scan on claim"), "\(plan)")
        }
    }

    @Test func `a past board is read by index, however many lines came and went`() async throws {
        try await withLargeBoard { database, board in
            let lines = BoardLines(.active, at: Moment(position: 2))
            let all = BoardFilter(BoardQuery(benchmark: ""))
            for sql in [
                try Registry.leaderboardSQL(
                    benchmark: 1,
                    board: board,
                    lines: lines,
                    reading: \.texts,
                    filter: all,
                    cursor: nil,
                    limit: 51
                ),
                Registry.sotaSQL(benchmark: 1, boards: [board], lines: lines, filter: all),
            ] {
                let plan = try await plan(of: sql, in: database)
                #expect(plan.contains("Index Scan using board_entry_history_pkey"), "\(plan)")
                #expect(!plan.contains("Seq Scan on board_entry_history"), "\(plan)")
                #expect(!plan.contains("Seq Scan on revision"), "\(plan)")
            }
        }
    }

    @Test func `a benchmark is found by name without a look at the others`() async throws {
        try await withLargeBoard { database, _ in
            try await database.client.execute(
                """
                INSERT INTO benchmark (slug, name) SELECT 'other-' || n, 'Other ' || n FROM generate_series(1, 5000) n
                """
            )
            try await database.asSuperuser("VACUUM ANALYZE benchmark")
            for sql in [Registry.boardsSQL(ofName: "gsm8k"), FoundName.sql(.benchmark, "GSM8K")] {
                let plan = try await plan(of: sql, in: database)
                #expect(!plan.contains("Seq Scan on benchmark t"), "\(plan)")
            }
        }
    }

    @Test func `a history goes from day to day by index`() async throws {
        try await withLargeBoard { database, board in
            let sql = Registry.historySQL(
                board: board,
                lines: BoardLines(.active, at: .now),
                filter: BoardFilter(BoardQuery(benchmark: ""))
            )
            let plan = try await plan(of: sql, in: database)
            #expect(plan.contains("Index Only Scan using board_entry_by_date"), "\(plan)")
            #expect(!plan.contains("Seq Scan on board_entry"), "\(plan)")
        }
    }

    @Test(
        arguments: [
            { $0.unit = "dB" }, { $0.kind = .change }, { $0.bound = .below }, { $0.minConfidence = 0.99 },
            { $0.status = .retracted },
        ] as [@Sendable (inout ClaimQuery) -> Void]
    )
    func `claims asked for by one rare field are found by index`(narrow: @Sendable (inout ClaimQuery) -> Void)
        async throws
    {
        try await withLargeBoard { database, _ in
            var query = ClaimQuery()
            narrow(&query)
            let conditions = try await database.registry.claimConditions(query, after: nil, at: .now)
            let sql = Registry.claimsSQL("WHERE \(conditions) ORDER BY c.id DESC LIMIT 51", at: .now)
            let plan = try await plan(of: sql, in: database)
            #expect(
                !plan.contains("Seq Scan on claim c") && !plan.contains("Index Scan Backward using claim_pkey"),
                "\(plan)"
            )
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
                INSERT INTO board_entry (board_id, sort_key, claim_id, paper_id, parameters, has_code, shown)
                SELECT b.id, -c.value, c.id, c.paper_id, c.id * 1000000, c.id % 3 = 0, board_kept(s.shown)
                FROM board b, claim c JOIN board_shown s ON s.claim_id = c.id WHERE c.id > 1
                """
            )
            try await database.client.execute(
                """
                INSERT INTO revision (record_type, record_id, number, state, author, reason, created_at, log_position)
                SELECT 'claim', c.id, 1, '{}', 'a', 'r', now(), 1 FROM claim c WHERE c.id > 1
                """
            )
            try await database.asSuperuser("VACUUM ANALYZE board_entry")
            try await database.asSuperuser("ANALYZE")
            let board = try #require(try await database.value("SELECT id FROM board", as: Int64.self))
            try await body(database, board)
        }
    }
}

extension RegistryDatabase {
    /// Makes boards with entries of the large one's.
    fileprivate func smallBoards(entries: [Int]) async throws -> [Int64] {
        var boards: [Int64] = []
        for count in entries {
            let rows = try await client.query(
                """
                WITH made AS (
                    INSERT INTO board (benchmark_id, unit, direction, direction_assumed)
                    SELECT b.benchmark_id, \("unit \(count)"), 'higher', false FROM board b ORDER BY b.id LIMIT 1
                    RETURNING id
                )
                INSERT INTO board_entry (board_id, sort_key, claim_id, paper_id, parameters, has_code, shown)
                SELECT m.id, e.sort_key, e.claim_id, e.paper_id, e.parameters, e.has_code, e.shown
                FROM made m, (SELECT * FROM board_entry ORDER BY board_id, sort_key LIMIT \(count)) e
                RETURNING board_id
                """
            )
            boards += try rows.values(Int64.self).prefix(1)
        }
        try await asSuperuser("VACUUM ANALYZE board_entry")
        return boards
    }
}
