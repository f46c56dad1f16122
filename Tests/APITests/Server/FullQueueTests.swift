import Postgres
import TestSupport
import Testing

/// Requests beyond what may wait for the database.
@Suite struct FullQueueTests {
    @Test func `a request that finds the queue full is told to come again, and the others are served`() async throws {
        let name = "api_full_queue"
        _ = try await TestDatabase.make(name, papers: Samples.papers)
        let database = try await TestDatabase.open(name) {
            $0.shortConnections = 1
            $0.spareShortConnections = 0
            $0.shortQueueLimit = 2
            $0.batchSize = 1
        }
        try await TestServer.run(database.registry, cacheBytes: 0) { client in
            let board = "/v1/benchmarks/gsm8k/leaderboard"
            #expect(try await client.send("GET", board).status == 200)
            // Nobody can read a board until this ends, so that requests pile up.
            async let lock = TestCluster.shared().psql("LOCK TABLE benchmark; SELECT pg_sleep(3)", database: name)
            try await Self.waitForLock(in: name)
            let answers = try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
                for _ in 0..<20 { group.addTask { try await client.send("GET", board) } }
                return try await group.reduce(into: [HTTPAnswer]()) { $0.append($1) }
            }
            _ = try await lock
            let refused = answers.filter { $0.status != 200 }
            // Two under way, two in the queue.
            #expect(refused.count == 16)
            for answer in refused {
                #expect(answer.status == 503 && answer.problem == "unavailable")
                #expect(answer.headers["retry-after"] == "5")
            }
            #expect(try await client.send("GET", board).status == 200)
        }
    }

    private static func waitForLock(in database: String) async throws {
        let isHeld = """
            SELECT count(*) FROM pg_locks WHERE relation = 'benchmark'::regclass AND mode = 'AccessExclusiveLock' AND granted
            """
        while try await TestCluster.shared().psql(isHeld, database: database) == "0" {}
    }
}
