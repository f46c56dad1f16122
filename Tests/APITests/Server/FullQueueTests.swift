import Postgres
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
            let lock = try await database.holdLog(by: "LOCK TABLE benchmark")
            let answers = try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
                for limit in 1...20 { group.addTask { try await client.send("GET", board + "?limit=\(limit)") } }
                var answers: [HTTPAnswer] = []
                while answers.count < 16, let answer = try await group.next() { answers.append(answer) }
                try await lock.release()
                return try await group.reduce(into: answers) { $0.append($1) }
            }
            let refused = answers.filter { $0.status != 200 }
            // At most two are under way, and two wait.
            #expect((16..<20).contains(refused.count))
            for answer in refused {
                #expect(answer.status == 503 && answer.problem == "unavailable")
                #expect(answer.headers["retry-after"] == "5")
            }
            #expect(try await client.send("GET", board).status == 200)
        }
    }
}
