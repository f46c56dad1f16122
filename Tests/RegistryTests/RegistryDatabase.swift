import Claims
import Logging
import Postgres
import PrivateCluster
import Synchronization
import TestSupport

@testable import Registry

/// A database of a test's own: a copy of a migrated one, gone when the test is done.
struct RegistryDatabase: Sendable {
    let registry: Registry
    let client: PostgresClient
    let conninfo: String
    private let name: String

    /// Runs a test on a migrated, empty database.
    static func with<R: Sendable>(_ body: (RegistryDatabase) async throws -> R) async throws -> R {
        let name = try await nextName()
        try await template.value
        return try await run(name: name, template: templateName, body)
    }

    /// Runs a test on a database in which there is nothing at all.
    static func withEmpty<R: Sendable>(_ body: (RegistryDatabase) async throws -> R) async throws -> R {
        try await run(name: try await nextName(), template: "template1", body)
    }

    /// Another registry over the same database, with connections of its own.
    func another() throws -> Registry {
        Registry(client: try Self.client(conninfo), logger: Logger(label: "tests"))
    }

    /// The first column of the first row of a query.
    func value<Value: PostgresDecodable>(_ sql: SQL, as type: Value.Type) async throws -> Value? {
        try await client.query(sql).value(type)
    }

    /// Runs SQL as the superuser, who can do what the registry's own role must not be able to.
    @discardableResult
    func asSuperuser(_ sql: String) async throws -> String {
        try await TestCluster.shared().psql(sql, database: name, user: "postgres")
    }

    private static func run<R: Sendable>(
        name: String,
        template: String,
        _ body: (RegistryDatabase) async throws -> R
    ) async throws -> R {
        let conninfo = try await TestCluster.createDatabase(name, template: template)
        let client = try Self.client(conninfo)
        let database = RegistryDatabase(
            registry: Registry(client: client, logger: Logger(label: "tests")),
            client: client,
            conninfo: conninfo,
            name: name
        )
        do {
            let result = try await body(database)
            await client.close()
            try await TestCluster.dropDatabase(name)
            return result
        } catch {
            await client.close()
            try? await TestCluster.dropDatabase(name)
            throw error
        }
    }

    private static func client(_ conninfo: String) throws -> PostgresClient {
        try PostgresClient(configuration: PostgresConfiguration(conninfo: conninfo), logger: Logger(label: "tests"))
    }

    private static let templateName = "registry_template"
    private static let count = Mutex(0)

    private static let template = Task {
        let conninfo = try await TestCluster.createDatabase(templateName)
        let client = try Self.client(conninfo)
        _ = try await Registry(client: client, logger: Logger(label: "tests")).migrate()
        await client.close()
    }

    private static func nextName() async throws -> String {
        let number = count.withLock {
            $0 += 1
            return $0
        }
        return "registry_\(number)"
    }
}

extension RegistryError {
    /// The code of the error that something throws; `nil` where it throws none.
    static func code<R>(of body: () async throws -> R) async throws -> Code? {
        do {
            _ = try await body()
            return nil
        } catch let error as RegistryError {
            return error.code
        }
    }
}
