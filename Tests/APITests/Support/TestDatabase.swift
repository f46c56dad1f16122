import Logging
import Postgres
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
        let conninfo = try await TestCluster.createDatabase(name)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let client = try PostgresClient(configuration: PostgresConfiguration(conninfo: conninfo), logger: logger)
        let registry = Registry(client: client, logger: logger)
        _ = try await registry.migrate()
        _ = try await registry.ingest(papers)
        return TestDatabase(registry: registry)
    }
}

/// The service over the shared database, for tests that only read.
enum SharedServer {
    /// Serves while the closure runs.
    static func use(_ body: @Sendable @escaping (HTTPClient) async throws -> Void) async throws {
        try await TestServer.run(try await TestDatabase.shared().registry, body)
    }
}
