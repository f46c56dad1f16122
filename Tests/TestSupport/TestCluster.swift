import Foundation
import Logging
package import PrivateCluster

/// One cluster for all tests of a process that need PostgreSQL: made when the first asks, stopped and removed when the
/// process ends.
///
/// It keeps nothing through a loss of power, and is the quicker for it.
package enum TestCluster {
    private static let start = Task {
        let folder = try TemporaryFolder.make("cluster")
        var options = ClusterOptions()
        options.durability = .none
        options.stopsWithProcess = true
        options.maxConnections = 100
        let cluster = try await PrivateCluster.start(folder: folder, options: options, logger: Logger(label: "tests"))
        AtExit.stop(cluster)
        return cluster
    }

    /// The cluster.
    ///
    /// Its role `claimboard` owns the databases that are created here; `postgres` is the superuser.
    package static func shared() async throws -> PrivateCluster {
        try await start.value
    }

    /// Creates a database that belongs to the role `claimboard`.
    ///
    /// - Parameters:
    ///   - name: the database's name.
    ///   - template: the database it becomes a copy of; nobody may be connected to that.
    ///   - encoding: an encoding other than the template's, which only `template0` can be copied to.
    /// - Returns: the conninfo to connect to it.
    /// - Throws: `PsqlError`, or why there is no cluster.
    package static func createDatabase(
        _ name: String,
        template: String = "template1",
        encoding: String? = nil
    ) async throws -> String {
        let cluster = try await shared()
        let words = encoding.map { " ENCODING '\($0)' LOCALE 'C'" } ?? ""
        try await cluster.psql(
            "CREATE DATABASE \"\(name)\" OWNER claimboard TEMPLATE \"\(template)\"\(words)",
            user: "postgres"
        )
        return cluster.conninfo(database: name)
    }

    /// Drops a database, and breaks off the sessions that are connected to it.
    ///
    /// - Parameter name: the database's name.
    /// - Throws: `PsqlError`, or why there is no cluster.
    package static func dropDatabase(_ name: String) async throws {
        try await shared().psql("DROP DATABASE IF EXISTS \"\(name)\" WITH (FORCE)", user: "postgres")
    }
}
