extension Registry {
    /// Brings the database up to this program's schema. Safe to call from many processes at once.
    ///
    /// - Returns: the names of the migrations applied now; empty where there was nothing to do.
    /// - Throws: `RegistryError` (conflict) where the database holds a migration that this program does not know, or
    ///   another form of one it knows, or lacks an earlier one; nothing is changed then.
    package func migrate() async throws -> [String] { preconditionFailure("being written") }

    /// How many migrations the database holds; 0 for an empty database.
    package func schemaVersion() async throws -> Int { preconditionFailure("being written") }

    /// How many migrations this program knows: the schemaVersion() that it needs.
    package static var requiredSchemaVersion: Int { preconditionFailure("being written") }
}
