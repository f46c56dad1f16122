import Logging
import Postgres
import TestSupport
import Testing

extension ServerTests {
    /// A server that takes no writes any more, and another one in its place.
    @Suite(.timeLimit(.minutes(3))) struct Replication {
        @Test func `a shared connection that has become read-only is made anew`() async throws {
            try await TestCluster.shared.withClient {
                $0.shortConnections = 1
                $0.spareShortConnections = 0
            } _: { client in
                try await client.execute("CREATE TABLE IF NOT EXISTS anew (number integer)")
                try await client.execute("SET default_transaction_read_only = on")
                let error = await #expect(throws: PostgresError.self) {
                    try await client.execute("INSERT INTO anew VALUES (1)")
                }
                #expect(error?.sqlState == "25006")
                #expect(try await client.execute("INSERT INTO anew VALUES (2)") == 1)
            }
        }

        @Test func `reads tell how far a server is, and what it is`() async throws {
            let servers = try await ReplicatedServers.start()
            let (first, second) = try (client(servers.conninfo(.first)), client(servers.conninfo(.second)))
            try await first.execute("CREATE TABLE seen (number integer)")
            let written = try await first.serverState()
            #expect(!written.isStandby)
            try await waitUntil { try await second.serverState().position >= written.position }
            #expect(try await second.serverState().isStandby)
            let results = try await second.reads(["SELECT \(ServerState.columns)", "SELECT count(*) FROM seen"])
            #expect(results.count == 2)
            #expect(try ServerState(results[0][0]).position >= written.position)
            await first.close()
            await second.close()
        }

        @Test func `reads that go together see what is new, whatever isolation the database has for a default`()
            async throws
        {
            try await TestCluster.shared.withClient { client in
                try await client.script("DROP DATABASE IF EXISTS isolated")
                try await client.script("CREATE DATABASE isolated")
                try await client.execute(
                    "ALTER DATABASE isolated SET default_transaction_isolation = 'repeatable read'"
                )
                try await client.execute("ALTER DATABASE isolated SET standard_conforming_strings = off")
            }
            let conninfo = TestCluster.shared.conninfo.replacing("dbname=postgres", with: "dbname=isolated")
            let isolated = try client(conninfo)
            let settings: SQL = "SELECT current_setting('transaction_isolation'), '\\'"
            let row = try #require(try await isolated.reads([settings]).first?.first)
            #expect(try row.decode(column: 0, as: String.self) == "read committed")
            #expect(try row.decode(column: 1, as: String.self) == #"\"#)
            await isolated.close()
        }

        @Test func `the client follows the primary to another server`() async throws {
            let servers = try await ReplicatedServers.start()
            // The standby stands first: which host takes writes is found out, not taken for granted.
            let client = try client(servers.conninfo(.second, .first))
            let direct = try self.client(servers.conninfo(.second))
            var events = client.listen("changes").makeAsyncIterator()
            #expect(await events.next() == .subscribed)
            try await client.execute("CREATE TABLE kept (number integer)")
            try await client.transaction { _ = try await $0.execute("INSERT INTO kept VALUES (\(1)::integer)") }
            let position = try await client.serverState().position
            try await waitUntil { try await direct.serverState().position >= position }
            // A server that refuses writes gives its connections up also where each has one user.
            let refused = await #expect(throws: PostgresError.self) {
                try await direct.transaction { _ = try await $0.execute("INSERT INTO kept VALUES (\(2)::integer)") }
            }
            #expect(["0A000", "25006"].contains(refused?.sqlState))
            #expect(await direct.poolFigures().exclusive.connections == 0)

            try await servers.kill(.first)
            try await servers.promote(.second)
            #expect(await events.next() == .interrupted)
            #expect(await events.next() == .subscribed)
            try await waitUntil {
                let value = try? await client.transaction {
                    try await $0.execute("INSERT INTO kept VALUES (\(3)::integer)")
                }
                return value == 1
            }
            try await client.notify("changes", "from the new one")
            #expect(await events.next() == .message("from the new one"))
            let rows = try await client.read("SELECT number FROM kept WHERE number = \(1)::integer")
            #expect(rows.count == 1)
            await client.close()
            await direct.close()
        }

        private func client(_ conninfo: String) throws -> PostgresClient {
            try PostgresClient(configuration: PostgresConfiguration(conninfo: conninfo), logger: Logger(label: "test"))
        }
    }
}
