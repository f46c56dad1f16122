import Logging
import Postgres
import PrivateCluster
import Registry
import TestSupport

/// A database of a real PostgreSQL server with the schema and some papers in it.
struct TestDatabase {
    let registry: Registry

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
        return TestDatabase(registry: Registry(client: client, logger: logger))
    }
}

/// The service over the shared database, for tests that only read.
enum SharedServer {
    /// Serves while the closure runs.
    static func use(_ body: @Sendable @escaping (HTTPClient) async throws -> Void) async throws {
        try await TestServer.run(try await TestDatabase.shared().registry, body)
    }
}
