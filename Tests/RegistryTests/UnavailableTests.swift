import Claims
import Logging
import Postgres
import Testing

@testable import Registry

@Suite struct UnavailableTests {
    @Test func `a database that cannot be reached is unavailable, whatever is asked`() async throws {
        var configuration = PostgresConfiguration(conninfo: "host=/nonexistent dbname=none")
        configuration.connectTimeout = .seconds(2)
        let client = try PostgresClient(configuration: configuration, logger: Logger(label: "tests"))
        let registry = Registry(client: client, logger: Logger(label: "tests"))
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await registry.counts() }, { _ = try await registry.benchmark("x") },
            { _ = try await registry.ingest([Sample.paper("One")]) }, { _ = try await registry.migrate() },
            { _ = try await registry.leaderboard(BoardQuery(benchmark: "x")) },
        ]
        for call in calls { #expect(try await RegistryError.code(of: call) == .unavailable) }
        let last = try await RegistryError.code { try await registry.schemaVersion() }
        #expect(last == .unavailable)
        let error = await #expect(throws: RegistryError.self) { try await registry.logHead() }
        #expect(error?.message.contains("nonexistent") == false)
        #expect(error?.cause?.contains("/nonexistent") == true, "the operator is told which server, and why")
        await client.close()
    }

    @Test(arguments: [
        (PostgresError.Code.connectFailed, RegistryError.Code.unavailable as RegistryError.Code?),
        (.connectionLost, .unavailable),
        (.timeout, .unavailable), (.overloaded, .unavailable), (.closed, .unavailable), (.decode, nil), (.misuse, nil),
    ])
    func `only what trying later may mend is called unavailable`(
        code: PostgresError.Code,
        expected: RegistryError.Code?
    ) {
        let error = Database.translated(PostgresError(code, "words"))
        #expect((error as? RegistryError)?.code == expected)
    }

    @Test func `what takes long may take longer than other statements`() async throws {
        try await RegistryDatabase.with { database in
            var configuration = PostgresConfiguration(conninfo: database.conninfo)
            configuration.statementTimeout = .seconds(2)
            let client = try PostgresClient(configuration: configuration, logger: Logger(label: "tests"))
            let slow: SQL = "SELECT pg_sleep(3)"
            let rows = try await Database(client: client).longRead(slow, timeout: .seconds(20))
            #expect(rows.count == 1)
            let code = try await RegistryError.code { try await Database(client: client).read(slow) }
            #expect(code == .unavailable)
            await client.close()
        }
    }

    @Test func `a batch that is broken off by a lost connection is unavailable, and can be tried again`() async throws {
        try await RegistryDatabase.with { database in
            let papers = try (0..<400).map { Sample.paper("Paper \($0)", claims: [try Sample.claim("\($0)")]) }
            let writing = Task { try await RegistryError.code { try await database.registry.ingest(papers) } }
            var ended = "0"
            while ended == "0" {
                ended = try await database.asSuperuser(
                    """
                    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
                        AND backend_xid IS NOT NULL
                    """
                )
                if try await database.registry.counts().papers > 0 { break }
            }
            let code = try await writing.value
            let papersKept = try await database.registry.counts().papers
            #expect(code == nil ? papersKept == 400 : code == .unavailable && papersKept == 0)
            #expect(try await database.registry.ingest(papers).allSatisfy { $0.paperID != nil })
            #expect(try await database.registry.counts().papers == 400)
        }
    }
}
