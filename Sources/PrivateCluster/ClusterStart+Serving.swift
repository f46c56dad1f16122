import Glibc
import Logging

extension ClusterStart {
    /// The server that is still running, of a process that was killed or meant to leave it; nil when there is none or
    /// it had to be stopped, because it does not answer.
    func adopt(
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

    /// Starts the server and waits until it answers.
    ///
    /// - Throws: `startFailed` or `startTimedOut`, with the end of its log.
    func start(
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
                throw patience.isCancelled ? .cancelled : timedOut(log.end())
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
}
