import Postgres
import Testing

extension ServerTests {
    /// The server or a session of it goes away.
    @Suite struct Outages {
        @Test func `a killed session fails what it ran, and the next request has a new one`() async throws {
            try await TestCluster.shared.withClient {
                $0.applicationName = "victim"
            } _: { client in
                let running = Task { try await client.query("SELECT pg_sleep(60)") }
                try await waitUntil { try await sleepers(client) == 1 }
                let killer = Task {
                    try await TestCluster.shared.withClient { other in
                        try await other.query(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim'"
                        ).count
                    }
                }
                let killed = try await killer.value
                #expect(killed >= 1)
                let error = await #expect(throws: PostgresError.self) { try await running.value }
                #expect(error?.code == .connectionLost)
                for _ in 0..<20 {
                    let one = try await client.read("SELECT 1")[0].decode(Int.self)
                    #expect(one == 1)
                }
            }
        }

        @Test func `a read that was under way when its session was killed is run once more`() async throws {
            try await TestCluster.shared.withClient {
                $0.applicationName = "victim"
            } _: { client in
                let running = Task { try await client.read("SELECT pg_sleep(0.5)") }
                try await waitUntil { try await sleepers(client) == 1 }
                try await TestCluster.shared.withClient { other in
                    _ = try await other.query(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim'"
                    )
                }
                let rows = try await running.value
                #expect(rows.count == 1)
            }
        }

        @Test func `a transaction whose session is killed fails, and its connection is not used again`() async throws {
            try await TestCluster.shared.withClient { client in
                let error = await #expect(throws: PostgresError.self) {
                    try await client.transaction { tx in
                        let pid = try await tx.query("SELECT pg_backend_pid()")[0].decode(Int.self)
                        try await client.query("SELECT pg_terminate_backend(\(pid))")
                        try await tx.query("SELECT pg_sleep(1)")
                        try await tx.query("SELECT 1")
                    }
                }
                #expect(error?.code == .connectionLost)
                let one = try await client.transaction { try await $0.query("SELECT 1")[0].decode(Int.self) }
                #expect(one == 1)
            }
        }

        @Test func `a restart of the server is bridged by waiting, and statements are prepared anew`() async throws {
            try await TestCluster.shared.withClient { client in
                for _ in 0..<3 { _ = try await client.read("SELECT \(1)::int + 1") }
                _ = try await client.transaction { try await $0.query("SELECT 1") }
                try await TestCluster.shared.stop()
                TestCluster.shared.start()
                let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<50 {
                        group.addTask { try await client.read("SELECT \(number)::int + 1")[0].decode(Int.self) }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers.sorted() == Array(1...50))
                let one = try await client.transaction { try await $0.query("SELECT 1")[0].decode(Int.self) }
                #expect(one == 1)
            }
        }

        @Test func `a server that stays away is reported within the connect timeout, and found when it is back`()
            async throws
        {
            try await TestCluster.shared.withClient {
                $0.connectTimeout = .milliseconds(300)
            } _: { client in
                try await waitUntil { (try? await client.read("SELECT 1")) != nil }
                try await TestCluster.shared.stop()
                try await waitUntil {
                    do throws(PostgresError) {
                        _ = try await client.read("SELECT 1")
                        return false
                    } catch {
                        return error.code == .connectFailed
                    }
                }
                TestCluster.shared.start()
                try await waitUntil { (try? await client.read("SELECT 1")) != nil }
            }
        }

        @Test func `with a patience, requests fail without waiting, and the server is found though nobody asks`()
            async throws
        {
            try await TestCluster.shared.withClient {
                $0.outagePatience = .milliseconds(100)
            } _: { client in
                try await waitUntil { (try? await client.read("SELECT 1")) != nil }
                try await TestCluster.shared.stop()
                // The configured connect timeout is a minute, the test's far less.
                for _ in 0..<200 {
                    let read = await #expect(throws: PostgresError.self) { try await client.read("SELECT 1") }
                    #expect([.connectFailed, .connectionLost].contains(read?.code))
                    let written = await #expect(throws: PostgresError.self) {
                        try await client.transaction { try await $0.query("SELECT 1") }
                    }
                    #expect([.connectFailed, .connectionLost].contains(written?.code))
                }
                TestCluster.shared.start()
                var figures = await client.poolFigures()
                while figures.short.connections == 0 || figures.short.busy > 0 {
                    try await Task.sleep(for: .milliseconds(5))
                    figures = await client.poolFigures()
                }
                try await waitUntil { (try? await client.read("SELECT 1")) != nil }
            }
        }

        @Test func `notifications arrive, and a restart is told of`() async throws {
            try await TestCluster.shared.withClient { client in
                var events = client.listen("A channel").makeAsyncIterator()
                #expect(await events.next() == .subscribed)
                try await client.notify("A channel", "it's one")
                #expect(await events.next() == .message("it's one"))
                var second = client.listen("other").makeAsyncIterator()
                #expect(await second.next() == .subscribed)
                try await TestCluster.shared.stop()
                TestCluster.shared.start()
                for expected: PostgresNotification in [.interrupted, .subscribed] {
                    #expect(await events.next() == expected)
                    #expect(await second.next() == expected)
                }
                try await waitUntil { (try? await client.notify("A channel", "two")) != nil }
                #expect(await events.next() == .message("two"))
                try await client.notify("other", "three")
                #expect(await second.next() == .message("three"))
            }
        }

        @Test func `a dropped stream stops listening, and closing the client ends the others`() async throws {
            try await TestCluster.shared.withClient {
                $0.applicationName = "listening"
            } _: { client in
                let reader = Task {
                    for await _ in client.listen("gone") {}
                }
                try await waitUntil { try await self.sessions(client, listeningOn: "gone") == 1 }
                reader.cancel()
                await reader.value
                let (started, starts) = AsyncStream.makeStream(of: Void.self)
                let other = Task {
                    for await _ in client.listen("stays") { starts.yield() }
                    return true
                }
                for await _ in started { break }
                try await waitUntil { try await self.sessions(client, listeningOn: "gone") == 0 }
                await client.close()
                #expect(await other.value)
            }
        }

        private func sessions(_ client: PostgresClient, listeningOn channel: String) async throws -> Int {
            try await client.query(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE application_name = 'listening' AND query = \("LISTEN \"\(channel)\"")
                """
            )[0].decode(Int.self)
        }
    }
}
