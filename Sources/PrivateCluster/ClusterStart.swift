import Glibc
import Logging

/// The way from a folder to a server that answers, step by step on one thread; it blocks.
struct ClusterStart: Sendable {
    /// What the way led to.
    struct Outcome: Sendable {
        let folder: ClusterFolder
        let server: Server
        /// The installation that runs the server; nil for a guest, who needs none.
        let installation: PostgresInstallation?
        /// The ownership; nil for a guest.
        let lock: FolderLock?
        /// The mark of a guest; nil for the owner.
        let presence: Presence?
        /// Whether the server was running already.
        let isAdopted: Bool
    }

    let path: String
    let options: ClusterOptions
    let logger: Logger
    let cancellation: Cancellation

    /// Goes the whole way.
    ///
    /// After an error nothing runs that did not run before, and the lock is free.
    ///
    /// - Throws: any error but `stopFailed`.
    func run() throws(PrivateClusterError) -> Outcome {
        let folder = try ClusterFolder.make(path)
        let wait = patience(options.waitLimit)
        let guest = patience(options.startLimit)
        let log = ServerLog(folder)
        while true {
            if let lock = try FolderLock.take(folder) {
                return try own(folder, lock: lock)
            }
            switch options.access {
            case .own:
                if wait.isOver { throw .inUse(folder: folder.path, process: FolderLock.lastOwner(folder)) }
            case .share:
                // Before the look at the server: whoever stops it next has to see the mark, or keeps it from being made.
                if let presence = try Presence.enter(folder), let server = try visit(folder) {
                    return Outcome(
                        folder: folder,
                        server: server,
                        installation: nil,
                        lock: nil,
                        presence: presence,
                        isAdopted: true
                    )
                }
                if guest.isOver { throw timedOut(log.end()) }
            }
            if cancellation.isCancelled { throw .cancelled }
            wait.pause()
        }
    }

    /// The owner's server when it is ready for a guest, and everything is made that the owner makes at its start.
    private func visit(_ folder: ClusterFolder) throws(PrivateClusterError) -> Server? {
        guard let server = Server.running(in: folder) else {
            let owner = fileStatus(folder.data)?.st_uid
            if let owner, owner != geteuid(), geteuid() != 0 {
                throw .belongsToAnother(folder: folder.path, owner: userName(owner))
            }
            return nil
        }
        let user = try ServerUser.forCluster(in: folder)
        guard server.answer() == .ready, SocketFolder.isTrusted(server.socketFolder, user: user) else { return nil }
        let session = try? LocalSession(
            socketFolder: server.socketFolder,
            user: ServerArguments.role,
            database: ServerArguments.role
        )
        return session == nil ? nil : server
    }

    /// What the owner of the lock does: makes what is missing, and takes the server over that runs or starts one.
    func own(_ folder: ClusterFolder, lock: FolderLock) throws(PrivateClusterError) -> Outcome {
        let installation = try matchingInstallation(for: folder)
        let user = try ServerUser.forCluster(in: folder)
        try user.checkReach(folder)
        let patience = patience(options.startLimit)
        if try folder.dataMajor() == nil {
            try initialize(folder, installation: installation, user: user, patience: patience)
        }
        let adopted = try adopt(folder, user: user, patience: patience)
        let server =
            if let adopted { adopted } else {
                try start(folder, installation: installation, user: user, patience: patience)
            }
        do throws(PrivateClusterError) {
            try ClusterContents(server).complete()
        } catch {
            if adopted == nil { try? server.stop(limit: .seconds(5)) }
            throw error
        }
        logger.debug(
            "PostgreSQL is ready",
            metadata: ["cluster.folder": "\(folder.path)", "cluster.adopted": "\(adopted != nil)"]
        )
        return Outcome(
            folder: folder,
            server: server,
            installation: installation,
            lock: lock,
            presence: nil,
            isAdopted: adopted != nil
        )
    }

    /// The PostgreSQL for the cluster in the folder; its major version decides, where there is one.
    private func matchingInstallation(for folder: ClusterFolder) throws(PrivateClusterError) -> PostgresInstallation {
        let major = try folder.dataMajor()
        if case .cluster(let marker) = try folder.contents() {
            guard marker.format <= Marker.currentFormat else {
                throw .unknownFormat(folder.path, format: marker.format)
            }
            // After a pg_upgrade, or where the first start came to nothing.
            if let major, marker.major != major { try folder.write(Marker(major: major)) }
        }
        let installation = try InstallationSearch.asConfigured(options.binaries).find(preferring: major)
        if let major, major != installation.major {
            throw .otherMajorVersion(folder: folder.path, cluster: major, installation: installation)
        }
        return installation
    }

    /// The error of a start that took too long, with the end of what was logged.
    func timedOut(_ log: String) -> PrivateClusterError {
        .startTimedOut(seconds: Int(options.startLimit.components.seconds), log: log)
    }

    /// A wait that ends also when the start is cancelled.
    func patience(_ duration: Duration) -> Patience {
        Patience(duration, cancellation: cancellation)
    }
}
