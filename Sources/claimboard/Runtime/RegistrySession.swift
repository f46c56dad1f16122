import Logging
import Postgres
import PrivateCluster
import Registry

/// A registry for the time of one command.
enum RegistrySession {
    /// Opens the registry, runs a body on it, and closes all again, also where the body fails or is cancelled.
    ///
    /// A private cluster is started where it does not run and brought up to date by its owner, and a new one also by its
    /// guests. A server of the user's own is never changed but by `claimboard migrate`: one that is not up to date is an
    /// error.
    ///
    /// - Parameters:
    ///   - options: where it is.
    ///   - access: whether a private cluster is this process's alone or shared with one that runs.
    ///   - outagePatience: how long requests hope for a server that is away before all are refused at once; `nil` to wait.
    ///   - logger: for the parts below.
    ///   - body: what is done with it.
    /// - Returns: what the body returns.
    /// - Throws: what the parts and the body throw.
    static func with<Value>(
        _ options: DatabaseOptions,
        access: ClusterOptions.Access = .share,
        outagePatience: Duration? = nil,
        logger: Logger,
        body: (Registry) async throws -> Value
    ) async throws -> Value {
        switch options.place {
        case .server(let conninfo):
            return try await withClient(conninfo, outagePatience: outagePatience, logger: logger) { client in
                let registry = Registry(client: client, logger: logger)
                try await checkSchema(of: registry)
                return try await body(registry)
            }
        case .privateCluster(let folder):
            return try await withCluster(folder, access: access, logger: logger) { cluster in
                try await withClient(cluster.conninfo(), outagePatience: outagePatience, logger: logger) { client in
                    let registry = Registry(client: client, logger: logger)
                    // The owner of a new cluster may not have come to its schema yet.
                    let isMade = try await registry.schemaVersion() > 0
                    if cluster.isGuest && isMade {
                        try await checkSchema(of: registry)
                    } else {
                        _ = try await registry.migrate()
                    }
                    return try await body(registry)
                }
            }
        }
    }

    /// Opens the database alone, whatever is in it.
    ///
    /// - Throws: what the parts and the body throw.
    static func withDatabase<Value>(
        _ options: DatabaseOptions,
        logger: Logger,
        body: (PostgresClient) async throws -> Value
    ) async throws -> Value {
        switch options.place {
        case .server(let conninfo): return try await withClient(conninfo, logger: logger, body: body)
        case .privateCluster(let folder):
            return try await withCluster(folder, access: .share, logger: logger) { cluster in
                try await withClient(cluster.conninfo(), logger: logger, body: body)
            }
        }
    }

    private static func withCluster<Value>(
        _ folder: String,
        access: ClusterOptions.Access,
        logger: Logger,
        body: (PrivateCluster) async throws -> Value
    ) async throws -> Value {
        let cluster = try await PrivateCluster.start(
            folder: folder,
            options: ClusterOptions(access: access),
            logger: logger
        )
        let keeper = Task { await cluster.keepRunning() }
        defer { keeper.cancel() }
        do {
            let value = try await body(cluster)
            try await cluster.stop()
            return value
        } catch {
            // The first error is the one to tell; a server that does not stop is taken over by the next start.
            do { try await cluster.stop() } catch { logger.warning("\(error)") }
            throw error
        }
    }

    private static func withClient<Value>(
        _ conninfo: String,
        outagePatience: Duration? = nil,
        logger: Logger,
        body: (PostgresClient) async throws -> Value
    ) async throws -> Value {
        var configuration = PostgresConfiguration(conninfo: conninfo)
        configuration.outagePatience = outagePatience
        let client = try PostgresClient(configuration: configuration, logger: logger)
        do {
            let value = try await body(client)
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }

    private static func checkSchema(of registry: Registry) async throws {
        let version = try await registry.schemaVersion()
        let needed = Registry.requiredSchemaVersion
        if version < needed {
            throw Failure(
                "The database is at schema version \(version), and this program needs \(needed). Run: claimboard migrate"
            )
        }
        if version > needed {
            throw Failure(
                "The database is at schema version \(version), made by a newer Claimboard; this one knows \(needed). "
                    + "Use the newer program."
            )
        }
    }
}
