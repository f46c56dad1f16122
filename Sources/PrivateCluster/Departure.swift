/// The way out for a process that shared a cluster: the last one stops the server.
struct Departure: Sendable {
    let folder: ClusterFolder
    /// The server, where this process owned it; nil for a guest.
    let server: Server?
    /// How long the server may take to stop by itself, before it is made to.
    let limit: Duration

    /// Goes.
    ///
    /// The process's own mark of presence has to be gone by then. It blocks.
    ///
    /// - Parameter lock: the ownership, of who had it.
    /// - Throws: `stopFailed` when the server does not stop even by force.
    func run(_ lock: FolderLock?) throws(PrivateClusterError) {
        var owned = lock
        while let lock = try owned == nil ? FolderLock.take(folder) : owned {
            if let closing = try Presence.keepOut(folder) {
                defer { withExtendedLifetime((lock, closing)) {} }
                return try stop()
            }
            lock.release()
            owned = nil
            // Who left between the look and the release found the lock taken, and trusted its owner to stop the server.
            guard try Presence.keepOut(folder) != nil else { return }
        }
    }

    private func stop() throws(PrivateClusterError) {
        guard let server = server ?? Server.running(in: folder) else { return }
        try server.stop(limit: limit)
        SocketFolder.remove(server.socketFolder)
    }
}
