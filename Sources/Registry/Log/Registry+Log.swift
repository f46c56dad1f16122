extension Registry {
    /// The newest entry's position and hash.
    package func logHead() async throws -> LogHead { preconditionFailure("being written") }

    /// Entries of the log in order, those after `position`; at most `limit`, 1...1000.
    ///
    /// - Throws: `RegistryError` (invalid: limit).
    package func log(after position: Int64, limit: Int) async throws -> [LogEntry] {
        preconditionFailure("being written")
    }

    /// Reads the whole log and the revisions that it vouches for, and tells the first thing that is not as it was written.
    package func verifyLog() async throws -> LogVerification { preconditionFailure("being written") }

    /// How much the registry holds.
    package func counts() async throws -> RegistryCounts { preconditionFailure("being written") }
}
