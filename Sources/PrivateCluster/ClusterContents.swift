/// The role and the database that a cluster of ours has, beyond what `initdb` makes.
struct ClusterContents: Sendable {
    private let server: Server

    init(_ server: Server) {
        self.server = server
    }

    /// Makes what is missing.
    ///
    /// Safe to run again: a start may have been killed between the two.
    ///
    /// - Throws: `refused` with the server's message.
    func complete() throws(PrivateClusterError) {
        let role = ServerArguments.role
        do {
            let session = try LocalSession(
                socketFolder: server.socketFolder,
                user: ServerArguments.superuser,
                database: "postgres"
            )
            if try session.query("SELECT 1 FROM pg_roles WHERE rolname = '\(role)'").isEmpty {
                _ = try session.query("CREATE ROLE \(role) LOGIN")
            }
            if try session.query("SELECT 1 FROM pg_database WHERE datname = '\(role)'").isEmpty {
                _ = try session.query("CREATE DATABASE \(role) OWNER \(role)")
            }
        } catch {
            if case .refused(_, let message) = error { throw .refused(message) }
            throw .refused("the connection broke")
        }
    }
}
