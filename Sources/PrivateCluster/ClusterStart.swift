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
                if let server = try visit(folder) {
                    return Outcome(folder: folder, server: server, installation: nil, lock: nil, isAdopted: true)
                }
                if guest.isOver { throw timedOut(log) }
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

    private func own(_ folder: ClusterFolder, lock: FolderLock) throws(PrivateClusterError) -> Outcome {
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
            isAdopted: adopted != nil
        )
    }

    private func matchingInstallation(for folder: ClusterFolder) throws(PrivateClusterError) -> PostgresInstallation {
        // Without data the marker is of a start that came to nothing, and binds nobody.
        let dataMajor = try folder.dataMajor()
        var majors = [dataMajor].compactMap(\.self)
        if case .cluster(let marker) = try folder.contents() {
            guard marker.format <= Marker.currentFormat else {
                throw .unknownFormat(folder.path, format: marker.format)
            }
            if dataMajor != nil { majors.append(marker.major) }
        }
        let installation = try InstallationSearch(explicit: options.binaries).find(preferring: dataMajor)
        if let other = majors.first(where: { $0 != installation.major }) {
            throw .otherMajorVersion(folder: folder.path, cluster: other, installation: installation)
        }
        return installation
    }

    /// Makes the cluster in a draft folder and puts it in place at the end: there is a whole one or none.
    private func initialize(
        _ folder: ClusterFolder,
        installation: PostgresInstallation,
        user: ServerUser,
        patience: Patience
    ) throws(PrivateClusterError) {
        folder.removeDrafts()
        let free = folder.freeBytes
        guard free >= ClusterFolder.neededBytes else { throw .diskFull(folder: folder.path, freeBytes: free) }
        logger.debug("making a PostgreSQL cluster", metadata: ["cluster.folder": "\(folder.path)"])
        try folder.write(Marker(major: installation.major))
        let draft = try folder.makeDraft(for: user)
        do throws(PrivateClusterError) {
            let command = ServerArguments.initialization(installation, in: draft)
            let outcome = try Command(user.command(command, atParentsDeath: "KILL")).run(patience)
            if patience.isCancelled { throw .cancelled }
            guard outcome.status == 0 else { throw .initializationFailed(output: outcome.output) }
            if options.durability == .full { try sync(folder) }
            guard rename(draft, folder.data) == 0 else { throw folderError("rename", draft, errno) }
            if options.durability == .full { try sync(folder) }
        } catch {
            ClusterFolder.remove(draft)
            throw error
        }
    }

    /// The server that is still running, of a process that was killed or meant to leave it; nil when there is none or
    /// it had to be stopped, because it does not answer.
    private func adopt(
        _ folder: ClusterFolder,
        user: ServerUser,
        patience: Patience
    ) throws(PrivateClusterError) -> Server? {
        let silence = self.patience(.seconds(5))
        while let server = Server.running(in: folder) {
            let answer = server.answer()
            if answer == .ready && SocketFolder.isTrusted(server.socketFolder, user: user) { return server }
            if patience.isCancelled { throw .cancelled }
            if patience.isOver || (answer != .busy && silence.isOver) {
                logger.warning("stopping a server that does not answer", metadata: ["process.id": "\(server.process)"])
                try server.stop(limit: options.stopLimit)
            }
            patience.pause()
        }
        PostmasterFile.removeIfStale(folder)
        return nil
    }

    private func start(
        _ folder: ClusterFolder,
        installation: PostgresInstallation,
        user: ServerUser,
        patience: Patience
    ) throws(PrivateClusterError) -> Server {
        try folder.makeLog(for: user)
        try replaceFile(folder.accessRules, with: ServerArguments.accessRules)
        let users: Set<String> = [user.name, userName(geteuid()), "root"]
        try replaceFile(folder.accessNames, with: ServerArguments.accessNames(users: users))
        let socketFolder = try SocketFolder.make(for: folder, user: user)
        let command = user.command(
            ServerArguments(folder: folder, options: options).server(installation, socketFolder: socketFolder),
            atParentsDeath: options.stopsWithProcess ? "INT" : nil
        )
        while true {
            let log = ServerLog(folder)
            let server = try Server.start(command, folder: folder, socketFolder: socketFolder)
            while server.isRunning && !patience.isOver {
                if server.answer() == .ready { return server }
                patience.pause()
            }
            if server.isRunning {
                try? server.stop(limit: .seconds(5))
                SocketFolder.remove(socketFolder)
                throw patience.isCancelled ? .cancelled : timedOut(log)
            }
            // The processes of a server that was killed see it within moments; until then no other may start.
            let end = log.end()
            guard end.contains("pre-existing shared memory block"), !patience.isOver else {
                SocketFolder.remove(socketFolder)
                throw .startFailed(log: end)
            }
            usleep(100_000)
        }
    }

    private func timedOut(_ log: ServerLog) -> PrivateClusterError {
        .startTimedOut(seconds: Int(options.startLimit.components.seconds), log: log.end())
    }

    private func patience(_ duration: Duration) -> Patience {
        Patience(duration, cancellation: cancellation)
    }
}
