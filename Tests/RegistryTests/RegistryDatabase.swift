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
        try await template.value
        return try await run(template: templateName, body)
    }

    /// Runs a test on a database in which there is nothing at all.
    static func withEmpty<R: Sendable>(_ body: (RegistryDatabase) async throws -> R) async throws -> R {
        try await run(template: "template1", body)
    }

    /// Runs a test on a database of another encoding, in which there is nothing at all.
    static func withEmpty<R: Sendable>(
        encoding: String,
        _ body: (RegistryDatabase) async throws -> R
    ) async throws -> R {
        try await run(template: "template0", encoding: encoding, body)
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
        template: String,
        encoding: String? = nil,
        _ body: (RegistryDatabase) async throws -> R
    ) async throws -> R {
        await places.enter()
        defer { places.leave() }
        let name = nextName()
        let conninfo = try await TestCluster.createDatabase(name, template: template, encoding: encoding)
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
        var configuration = PostgresConfiguration(conninfo: conninfo)
        configuration.exclusiveConnections = 2
        return try PostgresClient(configuration: configuration, logger: Logger(label: "tests"))
    }

    private static let templateName = "registry_template"
    private static let count = Mutex(0)
    /// So many tests at once leave connections to spare: the server takes 100, a test opens ten or so.
    private static let places = Places(6)

    private static let template = Task {
        let conninfo = try await TestCluster.createDatabase(templateName)
        let client = try Self.client(conninfo)
        _ = try await Registry(client: client, logger: Logger(label: "tests")).migrate()
        await client.close()
    }

    private static func nextName() -> String {
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

/// Lets a number of tasks go on at once; the others wait.
final class Places: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(free: count))
    }

    func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() as CheckedContinuation<Void, Never>? }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}
