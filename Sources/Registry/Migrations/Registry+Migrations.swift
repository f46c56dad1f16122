internal import Logging
internal import Postgres

extension Registry {
    /// Brings the database up to this program's schema.
    ///
    /// Safe to call from many processes at once.
    ///
    /// - Returns: the names of the migrations applied now; empty where there was nothing to do.
    /// - Throws: `RegistryError` (conflict) where the database is not in UTF-8, holds a migration that this program does
    ///   not know, or another form of one it knows, or lacks an earlier one; nothing is changed then.
    package func migrate() async throws -> [String] {
        try await migrate(to: Migration.all)
    }

    /// How many migrations the database holds.
    ///
    /// - Returns: 0 for an empty database.
    /// - Throws: `PostgresError`.
    package func schemaVersion() async throws -> Int {
        let exists = try await client.readPresent("SELECT to_regclass('schema_migration') IS NOT NULL")
        guard try exists.value(Bool.self) == true else { return 0 }
        return try await client.readPresent("SELECT count(*) FROM schema_migration").value(Int.self) ?? 0
    }

    /// How many migrations this program knows: the ``schemaVersion()`` that it needs.
    package static var requiredSchemaVersion: Int { Migration.all.count }

    /// Applies what is missing of a list of migrations, each in a transaction of its own.
    ///
    /// The lock is the transaction's, because a session's would be lost behind a pooler; so what is missing is found out
    /// anew each time.
    func migrate(to known: [Migration]) async throws -> [String] {
        var done: [String] = []
        while let name = try await applyNext(of: known) {
            done.append(name)
            logger.debug("applied a migration", metadata: ["migration": "\(name)"])
        }
        return done
    }

    private func applyNext(of known: [Migration]) async throws -> String? {
        do {
            return try await client.transaction { try await Self.applyNext(of: known, in: $0) }
        } catch {
            throw Database.translated(error)
        }
    }

    private static func applyNext(of known: [Migration], in transaction: Transaction) async throws -> String? {
        try await transaction.execute("SELECT pg_advisory_xact_lock(\(lockKey))")
        let exists = try await transaction.query("SELECT to_regclass('schema_migration') IS NOT NULL")
        if try exists.value(Bool.self) != true {
            try await requireUTF8(of: transaction)
            try await transaction.script(
                """
                CREATE TABLE schema_migration (
                    name text PRIMARY KEY,
                    checksum text NOT NULL CHECK (checksum ~ '^[0-9a-f]{64}$'),
                    applied_at timestamptz NOT NULL DEFAULT now()
                );
                COMMENT ON TABLE schema_migration IS 'The migrations that this database has been through';
                COMMENT ON COLUMN schema_migration.checksum IS 'SHA-256 of the file, so that a changed one is found out';
                """
            )
        }
        let rows = try await transaction.query("SELECT name, checksum FROM schema_migration ORDER BY name")
        let applied = try rows.decode(String.self, String.self).map { (name: $0, checksum: $1) }
        guard let next = try Migration.next(after: applied, of: known) else { return nil }
        try await transaction.script(next.sql)
        try await transaction.execute(
            "INSERT INTO schema_migration (name, checksum) VALUES (\(next.name), \(next.checksum))"
        )
        return next.name
    }

    /// A database can change its encoding never again, so it must be right before anything is kept in it.
    private static func requireUTF8(of transaction: Transaction) async throws {
        let encoding = try await transaction.query("SELECT current_setting('server_encoding')").value(String.self) ?? ""
        guard encoding == "UTF8" else {
            throw RegistryError(
                .conflict,
                "The database is in \(encoding), and abstracts are in UTF-8. Make another one: "
                    + "createdb --encoding=UTF8 --template=template0 NAME"
            )
        }
    }

    /// "claimbrd" in ASCII: a number that no other program is likely to lock.
    private static let lockKey: Int64 = 0x636C_6169_6D62_7264
}
