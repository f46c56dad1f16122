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
        let process = Process()
        let output = Pipe()
        let errors = Pipe()
        let folder = try await PostgresInstallation.find().folder
        process.executableURL = URL(filePath: "\(folder)/psql")
        process.arguments = [
            "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", conninfo(database: database, user: user), "-c", sql,
        ]
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                do {
                    try process.run()
                } catch {
                    continuation.resume(throwing: error)
                    return
                }
                let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                let problem = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                guard process.terminationStatus == 0 else {
                    continuation.resume(throwing: PsqlError(description: problem))
                    return
                }
                continuation.resume(returning: text.trimmingCharacters(in: .newlines))
            }
        }
    }
}
