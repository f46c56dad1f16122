import Claims
import Logging
import Postgres
import TestSupport
import Testing

@testable import Registry

/// A registry over a primary, whose reads go to its standby.
struct StandbyDatabase: Sendable {
    let servers: ReplicatedServers
    let registry: Registry
    let standbys: StandbyReads
    /// Past the registry, to the standby.
    let standby: PostgresClient

    /// Makes both servers, and has the standby watched while the body runs.
    ///
    /// Without a change, the standby is read from however slow the machine is, and however far it is behind.
    static func with<R>(
        _ change: (inout StandbyLimits) -> Void = { _ in },
        _ body: (StandbyDatabase) async throws -> R
    ) async throws -> R {
        let servers = try await ReplicatedServers.start()
        var logger = Logger(label: "tests")
        logger.logLevel = .critical
        var limits = StandbyLimits.patient
        change(&limits)
        let client = try PostgresClient(
            configuration: PostgresConfiguration(conninfo: servers.conninfo(.first, .second)),
            logger: logger
        )
        let primary = Registry(client: client, logger: logger)
        _ = try await primary.migrate()
        let standbys = try primary.standbyReads(
            PostgresConfiguration(conninfo: servers.conninfo(.second)),
            limits: limits
        )
        let database = StandbyDatabase(
            servers: servers,
            registry: primary.reading(from: standbys),
            standbys: standbys,
            standby: try PostgresClient(
                configuration: PostgresConfiguration(conninfo: servers.conninfo(.second)),
                logger: logger
            )
        )
        let watch = Task { await standbys.watch() }
        defer { watch.cancel() }
        try await database.standbys.waitUntil { $0.servers[0].isUsable }
        return try await body(database)
    }

    /// Waits until the standby shows everything that was written.
    func waitUntilEven() async throws {
        let position = try await registry.writePosition()
        while try await standby.serverState().position < position.lsn { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// Adds a paper, and gives the position of the database after it.
    @discardableResult
    func add(_ title: String) async throws -> WritePosition {
        _ = try await registry.ingest([Sample.paper(title)])
        return try await registry.writePosition()
    }

    /// How many papers a request sees.
    func papersSeen(from position: WritePosition? = nil) async throws -> Int {
        try await registry.withStandbyReads(from: position) {
            try await registry.papers(PaperQuery(page: PageRequest(limit: 100))).items.count
        }
    }
}
