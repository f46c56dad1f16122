import Postgres
import Testing

extension ServerTests {
    @Suite struct Cancellation {
        @Test func `a cancelled task stops the statement in the server`() async throws {
            try await TestCluster.shared.withClient { client in
                let task = Task { try await client.read("SELECT pg_sleep(60)") }
                try await waitUntil { try await sleepers(client) == 1 }
                task.cancel()
                let error = await #expect(throws: PostgresError.self) { try await task.value }
                #expect(error?.code == .cancelled)
                try await waitUntil { try await sleepers(client) == 0 }
            }
        }

        @Test func `a task cancelled before it asks gets nothing`() async throws {
            try await TestCluster.shared.withClient { client in
                let task = Task {
                    while !Task.isCancelled { await Task.yield() }
                    return try await client.read("SELECT 1")
                }
                task.cancel()
                let error = await #expect(throws: PostgresError.self) { try await task.value }
                #expect(error?.code == .cancelled)
            }
        }

        @Test func `cancelling one of many on a shared connection harms no other`() async throws {
            try await TestCluster.shared.withClient {
                $0.shortConnections = 1
            } _: { client in
                for _ in 0..<10 {
                    let victim = Task { try await client.read("SELECT pg_sleep(30)") }
                    try await Task.sleep(for: .milliseconds(5))
                    let others = (0..<100).map { number in
                        Task {
                            try await client.read("SELECT \(number)::int, pg_sleep(0.0005)")[0].decode(
                                column: 0,
                                as: Int.self
                            )
                        }
                    }
                    victim.cancel()
                    for (number, other) in others.enumerated() {
                        let answer = try await other.value
                        #expect(answer == number)
                    }
                }
            }
        }

        @Test func `a statement over its time limit fails as timeout and does not go on`() async throws {
            try await TestCluster.shared.withClient { client in
                let error = await #expect(throws: PostgresError.self) {
                    try await client.query("SELECT pg_sleep(60)", timeout: .milliseconds(50))
                }
                #expect(error?.code == .timeout)
                try await waitUntil { try await sleepers(client) == 0 }
                let late = await #expect(throws: PostgresError.self) {
                    try await client.transaction { tx in
                        try await tx.query("SELECT pg_sleep(60)", timeout: .milliseconds(50))
                    }
                }
                #expect(late?.code == .timeout)
                try await waitUntil { try await sleepers(client) == 0 }
            }
        }

        @Test func `closing finishes what is under way and refuses what comes later`() async throws {
            try await TestCluster.shared.withClient { client in
                let slow = Task { try await client.read("SELECT 7, pg_sleep(0.2)")[0].decode(column: 0, as: Int.self) }
                let transaction = Task {
                    try await client.transaction { tx in
                        try await tx.query("SELECT pg_sleep(0.1)")
                        return try await tx.query("SELECT 8")[0].decode(Int.self)
                    }
                }
                try await Task.sleep(for: .milliseconds(50))
                await client.close()
                let answers = try await (slow.value, transaction.value)
                #expect(answers == (7, 8))
                let error = await #expect(throws: PostgresError.self) { try await client.read("SELECT 1") }
                #expect(error?.code == .closed)
            }
        }
    }
}
