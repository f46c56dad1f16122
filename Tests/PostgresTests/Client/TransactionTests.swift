import Postgres
import Testing

extension ServerTests {
    @Suite struct Transactions {
        private struct Refusal: Error {}

        private func withTable(
            pipelining: Bool = true,
            _ body: (PostgresClient) async throws -> Void
        ) async throws {
            try await TestCluster.shared.withClient {
                $0.pipelining = pipelining
            } _: { client in
                try await client.script(
                    "DROP TABLE IF EXISTS account; CREATE TABLE account (id int PRIMARY KEY, sum int)"
                )
                try await client.execute("INSERT INTO account VALUES (1, 0), (2, 0)")
                try await body(client)
            }
        }

        private func expectSum(_ expected: Int, _ client: PostgresClient) async throws {
            let sum = try await client.query("SELECT sum(sum) FROM account")[0].decode(Int.self)
            #expect(sum == expected)
        }

        @Test func `what the body did is there after it returns`() async throws {
            try await withTable { client in
                let result = try await client.transaction { tx in
                    try await tx.execute("UPDATE account SET sum = \(5) WHERE id = 1")
                    try await expectSum(0, client)
                    return try await tx.query("SELECT sum(sum) FROM account")[0].decode(Int.self)
                }
                #expect(result == 5)
                try await expectSum(5, client)
            }
        }

        @Test func `nothing stays when the body throws`() async throws {
            try await withTable { client in
                await #expect(throws: Refusal.self) {
                    try await client.transaction { tx in
                        try await tx.execute("UPDATE account SET sum = 5")
                        throw Refusal()
                    }
                }
                try await expectSum(0, client)
            }
        }

        @Test func `nothing stays when the task is cancelled, even while a statement runs`() async throws {
            try await withTable { client in
                let task = Task {
                    try await client.transaction { tx in
                        try await tx.execute("UPDATE account SET sum = 5")
                        try await tx.query("SELECT pg_sleep(60)")
                    }
                }
                try await waitUntil { try await sleepers(client) == 1 }
                task.cancel()
                let error = await #expect(throws: PostgresError.self) { try await task.value }
                #expect(error?.code == .cancelled)
                try await expectSum(0, client)
                #expect(try await sleepers(client) == 0)
                // The lock is free again.
                try await client.execute("UPDATE account SET sum = 1 WHERE id = 1", timeout: .seconds(10))
            }
        }

        @Test(arguments: [true, false])
        func `what follows a cancelled first statement is part of the transaction all the same`(
            pipelining: Bool
        ) async throws {
            try await withTable(pipelining: pipelining) { client in
                await #expect(throws: Refusal.self) {
                    try await client.transaction { tx in
                        await cancelled { _ = try? await tx.query("SELECT 1") }
                        try await tx.execute("UPDATE account SET sum = 5")
                        throw Refusal()
                    }
                }
                await #expect(throws: Refusal.self) {
                    try await client.transaction { tx in
                        await cancelled { _ = try? await tx.query("SELECT 1") }
                        var rows = CopyText()
                        rows.append(3, 5)
                        try await tx.copyIn("COPY account FROM STDIN", rows)
                        throw Refusal()
                    }
                }
                try await expectSum(0, client)
                try await client.transaction { tx in await cancelled { _ = try? await tx.query("SELECT 1") } }
            }
        }

        /// Runs the body in a task that is cancelled from the start.
        private func cancelled(_ body: @escaping @Sendable () async -> Void) async {
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { await body() }
            }
        }

        @Test func `a body that hides a failed statement does not commit`() async throws {
            try await withTable { client in
                let error = await #expect(throws: PostgresError.self) {
                    try await client.transaction { tx in
                        try await tx.execute("UPDATE account SET sum = 5")
                        _ = try? await tx.query("SELECT 1 / 0")
                    }
                }
                #expect(error?.sqlState == "25P02")
                try await expectSum(0, client)
            }
        }

        @Test func `a batch stops at its first error`() async throws {
            try await withTable { client in
                let error = await #expect(throws: PostgresError.self) {
                    try await client.transaction { tx in
                        try await tx.batch(["UPDATE account SET sum = 1", "SELECT 1 / 0", "SELECT pg_sleep(60)"])
                    }
                }
                #expect(error?.sqlState == "22012")
                let rows = try await client.transaction {
                    try await $0.batch(["SELECT 1", "SELECT 2 WHERE false", "SELECT 3"])
                }
                #expect(rows.map(\.count) == [1, 0, 1])
            }
        }

        @Test func `a read-only transaction refuses to write`() async throws {
            try await withTable { client in
                let error = await #expect(throws: PostgresError.self) {
                    try await client.transaction(readOnly: true) { try await $0.execute("UPDATE account SET sum = 1") }
                }
                #expect(error?.sqlState == "25006")
            }
        }

        @Test(arguments: [(Isolation.readCommitted, 7), (.repeatableRead, 0), (.serializable, 0)])
        func `the isolation decides whether another's commit is seen`(isolation: Isolation, seen: Int) async throws {
            try await withTable { client in
                let (before, after) = try await client.transaction(isolation: isolation) { tx in
                    let before = try await tx.query("SELECT sum FROM account WHERE id = 1")[0].decode(Int.self)
                    try await client.execute("UPDATE account SET sum = 7 WHERE id = 1")
                    return (before, try await tx.query("SELECT sum FROM account WHERE id = 1")[0].decode(Int.self))
                }
                #expect(before == 0)
                #expect(after == seen)
            }
        }

        @Test func `transactions that collide are run again until all are through`() async throws {
            try await withTable { client in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<6 {
                        group.addTask {
                            try await client.retryingTransaction(attempts: 50) { tx in
                                let sum = try await tx.query("SELECT sum FROM account WHERE id = 1")[0].decode(Int.self)
                                try await tx.execute("UPDATE account SET sum = \(sum + 1) WHERE id = 1")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                try await expectSum(6, client)
            }
        }

        @Test func `retries are bounded, and other errors are not retried`() async throws {
            try await withTable { client in
                var runs = 0
                await #expect(throws: PostgresError.self) {
                    try await client.retryingTransaction(attempts: 3) { tx in
                        runs += 1
                        try await tx.script("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
                    }
                }
                #expect(runs == 3)
                await #expect(throws: PostgresError.self) {
                    try await client.retryingTransaction { tx in
                        runs += 1
                        try await tx.query("SELECT 1 / 0")
                    }
                }
                #expect(runs == 4)
            }
        }

        @Test func `a transaction used after its end is misuse, and harms nobody`() async throws {
            try await withTable { client in
                let escaped = try await client.transaction { tx in
                    try await tx.query("SELECT 1")
                    return tx
                }
                let error = await #expect(throws: PostgresError.self) {
                    try await escaped.execute("UPDATE account SET sum = 9")
                }
                #expect(error?.code == .misuse)
                try await expectSum(0, client)
            }
        }

        @Test func `more transactions than connections wait their turn, and use no more`() async throws {
            try await TestCluster.shared.withClient {
                $0.exclusiveConnections = 3
                $0.applicationName = "turns"
            } _: { client in
                let most = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<30 {
                        group.addTask {
                            try await client.transaction { tx in
                                try await tx.query(
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'turns'"
                                )[0]
                                .decode(Int.self)
                            }
                        }
                    }
                    return try await group.reduce(0) { max($0, $1) }
                }
                #expect((1...3).contains(most))
            }
        }

        @Test func `a transaction that waits too long for a connection gives up`() async throws {
            try await TestCluster.shared.withClient {
                $0.exclusiveConnections = 1
                $0.exclusiveQueueLimit = 1
                $0.leaseTimeout = .milliseconds(100)
            } _: { client in
                try await client.transaction { tx in
                    try await tx.query("SELECT 1")
                    let codes = await withTaskGroup(of: PostgresError.Code?.self) { group in
                        for _ in 0..<2 {
                            group.addTask {
                                do {
                                    try await client.transaction { _ in }
                                    return nil
                                } catch {
                                    return (error as? PostgresError)?.code
                                }
                            }
                        }
                        return await group.reduce(into: Set()) { $0.insert($1) }
                    }
                    #expect(codes == [.timeout, .overloaded])
                }
            }
        }
    }
}

/// Waits until the condition holds; the test's time limit ends it otherwise.
func waitUntil(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(5)) }
}

/// How many sessions sleep in the server.
func sleepers(_ client: PostgresClient) async throws -> Int {
    try await client.read(
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'"
    )[0].decode(Int.self)
}
