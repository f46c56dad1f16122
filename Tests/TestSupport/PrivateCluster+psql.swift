import Foundation
package import PrivateCluster

/// What `psql` printed to standard error before it failed.
package struct PsqlError: Error, CustomStringConvertible {
    /// The text.
    package let description: String
}

extension PrivateCluster {
    /// Runs SQL by PostgreSQL's own client.
    ///
    /// - Parameters:
    ///   - sql: one or more statements.
    ///   - database: the database's name.
    ///   - user: the role.
    /// - Returns: the rows, a line each, their values with `|` between them.
    /// - Throws: `PsqlError` when a statement or the connection fails.
    @discardableResult
    package func psql(_ sql: String, database: String = "postgres", user: String = "claimboard") async throws -> String
    {
        let folder = try await PostgresInstallation.find().folder
        let rows = FileManager.default.temporaryDirectory.appending(path: "psql-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: rows) }
        // What is said beside the rows, which go to a file. Not by Foundation's Process, which reads beyond its memory where
        // more than 1,364 files are open, as with all tests side by side.
        let command = Command([
            "\(folder)/psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", conninfo(database: database, user: user),
            "-o", rows.path, "-c", sql,
        ])
        let outcome = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try command.run(within: .seconds(3600)) })
            }
        }
        guard outcome.status == 0 else { throw PsqlError(description: outcome.output) }
        return try String(contentsOf: rows, encoding: .utf8).trimmingCharacters(in: .newlines)
    }
}
