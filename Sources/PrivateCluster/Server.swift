import Glibc

/// A running server of a cluster: one that this process started, or one that another left.
struct Server: Sendable {
    private enum Origin: Sendable {
        case started(ChildProcess)
        case found(pid_t)
    }

    /// What a try to connect says.
    enum Answer: Equatable {
        case ready
        /// It starts, recovers or stops.
        case busy
        case none
    }

    private let origin: Origin
    private let folder: ClusterFolder
    let socketFolder: String

    /// Starts the server of a cluster, without waiting for it to be ready.
    ///
    /// - Throws: `system` when the program cannot be started.
    static func start(
        _ command: [String],
        folder: ClusterFolder,
        socketFolder: String
    ) throws(PrivateClusterError) -> Server {
        let output = open(folder.startLog, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard output >= 0 else { throw folderError("write", folder.startLog, errno) }
        defer { close(output) }
        let child = try ChildProcess(command, output: output)
        return Server(origin: .started(child), folder: folder, socketFolder: socketFolder)
    }

    /// The server that `postmaster.pid` names; nil when it does not run.
    static func running(in folder: ClusterFolder) -> Server? {
        guard let file = PostmasterFile(folder), file.namesLiveServer(of: folder) else { return nil }
        return Server(origin: .found(file.process), folder: folder, socketFolder: file.socketFolder)
    }

    var process: pid_t {
        switch origin {
        case .started(let child): child.id
        case .found(let id): id
        }
    }

    var isRunning: Bool {
        switch origin {
        case .started(let child): child.exitStatus == nil
        case .found(let id): PostmasterFile.isServer(id, of: folder)
        }
    }

    /// Whether the server takes connections.
    ///
    /// Asks it only when it says so in its file, for each refusal is a line in its log; and believes it only when it is
    /// the server of this data folder.
    func answer() -> Answer {
        guard let file = PostmasterFile(folder), file.process == process, let status = file.status else { return .none }
        guard status == .ready else { return .busy }
        do {
            let session = try LocalSession(
                socketFolder: socketFolder,
                user: ServerArguments.superuser,
                database: "postgres"
            )
            return try session.query("SHOW data_directory") == [[folder.data]] ? .ready : .none
        } catch {
            if case .refused(let code, _) = error {
                return code.hasPrefix("57P") || code.hasPrefix("53") ? .busy : .none
            }
            return .none
        }
    }

    /// Ends the server: sessions are broken off and everything is written (fast); after the limit without the writing
    /// (immediate), which the next start makes up for; in the end by force.
    ///
    /// - Throws: `stopFailed` when it still runs.
    func stop(limit: Duration) throws(PrivateClusterError) {
        for (number, limit) in [(SIGINT, limit), (SIGQUIT, .seconds(5)), (SIGKILL, .seconds(5))] {
            signal(number)
            let patience = Patience(limit)
            while isRunning && !patience.isOver { patience.pause() }
            guard isRunning else { return }
        }
        throw .stopFailed(process: process)
    }

    private func signal(_ number: Int32) {
        switch origin {
        case .started(let child): child.signal(number)
        case .found(let id): if isRunning { kill(id, number) }
        }
    }
}
