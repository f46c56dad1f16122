package import Logging
import Synchronization

/// A PostgreSQL cluster of this program's own, in a folder of its own: the database one has without setting one up.
///
/// It listens on a Unix socket alone. One process owns it at a time; others may be guests. The server stops with
/// ``stop()``: at once where its owner wanted it for itself, and the guests' sessions break off with an error; else when
/// the last of those who share it leaves. An owner that dies without stopping leaves the server running, and the next
/// one takes it over.
package final class PrivateCluster: Sendable {
    /// How the cluster's server is.
    package enum Status: Sendable, Equatable {
        /// It runs, as this process.
        case running(process: Int32)
        /// It does not run: ``PrivateCluster/stop()`` has stopped it, its owner has, or it crashed.
        case stopped
    }

    /// The cluster's folder, with every link followed.
    package let folder: String
    /// Whether another process owns the cluster.
    package let isGuest: Bool
    /// Whether the server was running already when the cluster was started.
    package let isAdopted: Bool
    /// The PostgreSQL that the cluster runs on; nil for a guest.
    package let installation: PostgresInstallation?

    private struct State {
        var server: Server
        /// The ownership, until the cluster is stopped.
        var lock: FolderLock?
        /// A guest's mark, until it leaves.
        var presence: Presence?
    }

    private let options: ClusterOptions
    private let logger: Logger
    private let state: Mutex<State>

    private init(_ outcome: ClusterStart.Outcome, options: ClusterOptions, logger: Logger) {
        self.folder = outcome.folder.path
        self.isGuest = outcome.lock == nil
        self.isAdopted = outcome.isAdopted
        self.installation = outcome.installation
        self.options = options
        self.logger = logger
        self.state = Mutex(State(server: outcome.server, lock: outcome.lock, presence: outcome.presence))
    }

    /// Makes the cluster if the folder is new, starts its server or takes over the one that runs, and waits until it
    /// answers: about 0.9 s for a new one, 0.1 s for one that is there.
    ///
    /// - Parameters:
    ///   - folder: the cluster's folder: empty, not there yet, or a cluster's.
    ///   - options: what this process wants of it.
    ///   - logger: takes what happens, at level debug.
    /// - Returns: the cluster, which has a role and a database named `claimboard`.
    /// - Throws: what is wrong; then nothing was started, and a folder that was no cluster is still none.
    package static func start(
        folder: String,
        options: ClusterOptions = ClusterOptions(),
        logger: Logger
    ) async throws(PrivateClusterError) -> PrivateCluster {
        let cancellation = Cancellation()
        let start = ClusterStart(path: folder, options: options, logger: logger, cancellation: cancellation)
        let outcome = try await onOwnThread(cancellation: cancellation) { () throws(PrivateClusterError) in
            try start.run()
        }
        return PrivateCluster(outcome, options: options, logger: logger)
    }

    /// How the server is now.
    package var status: Status {
        let server = server
        return server.isRunning ? .running(process: server.process) : .stopped
    }

    /// What libpq needs to connect, as keywords and values.
    ///
    /// - Parameters:
    ///   - database: the database's name.
    ///   - user: the role: `claimboard`, who owns the database of that name, or `postgres`, the superuser.
    /// - Returns: a string for `PQconnectdb`, `psql` and all others that take a conninfo.
    package func conninfo(database: String = "claimboard", user: String = "claimboard") -> String {
        [("host", server.socketFolder), ("port", "5432"), ("user", user), ("dbname", database)]
            .map { "\($0)=\(Self.quoted($1))" }
            .joined(separator: " ")
    }

    /// Stops the server, if it is this process's to stop, and gives the folder free.
    ///
    /// A second time does nothing. The server goes on running while another owns it, while others share what this
    /// process only shares, and with ``ClusterOptions/leavesRunning``.
    ///
    /// - Throws: `stopFailed` when it does not stop even by force.
    package func stop() async throws(PrivateClusterError) {
        let (lock, isPresent) = state.withLock { ($0.lock.take(), $0.presence.take() != nil) }
        guard lock != nil || isPresent, !options.leavesRunning else { return }
        if options.access == .own, let lock { return try await stop(server, lock: lock) }
        let server = lock == nil ? nil : server
        let limit = options.stopLimit
        let departure = Departure(folder: ClusterFolder(path: folder), server: server, limit: limit)
        try await onOwnThread { () throws(PrivateClusterError) in try departure.run(lock) }
        logger.debug("left the cluster", metadata: ["cluster.folder": "\(folder)"])
    }

    /// Starts the server again whenever it has ended of itself, until the task is cancelled or the cluster stopped.
    ///
    /// PostgreSQL gets over the crash of a session by itself; this is for the loss of the whole server, as when the
    /// kernel kills it for want of memory. The conninfo stays as it was. A guest's cluster is its owner's to start.
    ///
    /// - Parameter interval: the time between two looks at it.
    package func keepRunning(interval: Duration = .seconds(1)) async {
        while !Task.isCancelled, let lock = state.withLock({ $0.lock }) {
            do throws(PrivateClusterError) {
                if status == .stopped { try await startAgain(lock) }
            } catch {
                logger.error("PostgreSQL does not start again", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: interval)
        }
    }

    private func startAgain(_ lock: FolderLock) async throws(PrivateClusterError) {
        logger.warning("PostgreSQL has ended and is started again", metadata: ["cluster.folder": "\(folder)"])
        let cancellation = Cancellation()
        let start = ClusterStart(path: folder, options: options, logger: logger, cancellation: cancellation)
        let folder = ClusterFolder(path: folder)
        let server = try await onOwnThread(cancellation: cancellation) { () throws(PrivateClusterError) in
            try start.own(folder, lock: lock).server
        }
        let isOurs = state.withLock { state in
            guard state.lock != nil else { return false }
            state.server = server
            return true
        }
        // Stopped in the meantime.
        if !isOurs { try await stop(server, lock: lock) }
    }

    private var server: Server { state.withLock { $0.server } }

    private func stop(_ server: Server, lock: FolderLock) async throws(PrivateClusterError) {
        let limit = options.stopLimit
        try await onOwnThread { () throws(PrivateClusterError) in
            // Held until the server is gone: nobody may find it half stopped and take it for theirs.
            defer { withExtendedLifetime(lock) {} }
            try server.stop(limit: limit)
            SocketFolder.remove(server.socketFolder)
        }
        logger.debug("PostgreSQL is stopped", metadata: ["cluster.folder": "\(folder)"])
    }

    private static func quoted(_ value: String) -> String {
        let escaped = value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "'\(escaped)'"
    }
}
