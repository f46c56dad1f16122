import Logging
import Postgres
import PrivateCluster
import Registry
import TestSupport

/// A database of a real PostgreSQL server with the schema, the accounts of all testers and some papers in it.
struct TestDatabase: Sendable {
    let registry: Registry
    private let client: PostgresClient

    private static let filled = Task { try await make("api_tests", papers: Samples.papers) }

    /// The database that all tests read from; nobody writes to it.
    static func shared() async throws -> TestDatabase {
        try await filled.value
    }

    /// A database of a test's own.
    static func make(_ name: String, papers: [IngestPaper] = []) async throws -> TestDatabase {
        _ = try await TestCluster.createDatabase(name)
        let database = try await open(name)
        _ = try await database.registry.migrate()
        try await Tester.make(in: database.client)
        _ = try await database.registry.ingest(papers)
        return database
    }

    /// Connections of their own to a database that there is.
    static func open(
        _ name: String,
        _ change: (inout PostgresConfiguration) -> Void = { _ in }
    ) async throws -> TestDatabase {
        var configuration = PostgresConfiguration(conninfo: try await TestCluster.shared().conninfo(database: name))
        change(&configuration)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let client = try PostgresClient(configuration: configuration, logger: logger)
        return TestDatabase(registry: Registry(client: client, logger: logger), client: client)
    }

    /// Runs a statement past the registry.
    func execute(_ sql: SQL) async throws {
        try await client.execute(sql)
    }

    /// The first column of the first row of a query past the registry.
    func value<Value: PostgresDecodable>(_ sql: SQL, as type: Value.Type) async throws -> Value? {
        try await client.query(sql).first.map { try $0.decode(column: 0, as: type) }
    }
}

/// The lock that every writer needs, in a test's hands.
struct HeldLog: Sendable {
    fileprivate let end: AsyncStream<Void>.Continuation
    fileprivate let transaction: Task<Void, any Error>

    /// Lets writers through.
    func release() async throws {
        end.finish()
        try await transaction.value
    }
}

extension TestDatabase {
    /// Takes the lock that every writer needs, or another one on the log.
    func holdLog(by statement: SQL = "SELECT position FROM log_head FOR UPDATE") async throws -> HeldLog {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let (starts, start) = AsyncStream.makeStream(of: Void.self)
        let transaction = Task {
            try await client.transaction { transaction in
                try await transaction.execute(statement)
                start.finish()
                for await _ in ends {}
            }
        }
        for await _ in starts {}
        return HeldLog(end: end, transaction: transaction)
    }

    /// Waits until somebody waits for a lock.
    func waitForLock() async throws {
        let waiting: SQL = """
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
            """
        while try await value(waiting, as: Int.self) == 0 { try await Task.sleep(for: .milliseconds(5)) }
    }
}

/// The service over the shared database, for tests that only read.
enum SharedServer {
    /// Serves while the closure runs.
    static func use(_ body: @Sendable @escaping (HTTPClient) async throws -> Void) async throws {
        try await TestServer.run(try await TestDatabase.shared().registry, body)
    }
}
