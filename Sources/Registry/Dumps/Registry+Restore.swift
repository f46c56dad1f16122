internal import Crypto
internal import Formats
internal import Postgres

extension Registry {
    /// Brings a dump into an empty database, which is migrated first.
    ///
    /// All hashes are checked before anything is written, and while it is written; the log is verified before the transaction
    /// commits. So a dump that was cut or altered leaves the database empty.
    ///
    /// - Parameter reader: gives the dump.
    /// - Returns: what the dump holds.
    /// - Throws: `RegistryError` (invalid) for a dump that is not whole, was altered or is of another schema, (conflict) for a
    ///   database that is not empty; `PostgresError`, and what the reader throws.
    package func restore(from reader: some DumpReader) async throws -> DumpManifest {
        let manifest = try DumpManifest(json: try await reader.manifest())
        for part in manifest.parts { try await Self.check(part, of: reader) }
        _ = try await migrate()
        do {
            try await client.transaction { transaction in
                try await Self.restore(manifest, from: reader, in: transaction)
            }
        } catch {
            throw Database.translated(error)
        }
        return manifest
    }

    /// Reads a part and compares it with what the manifest says.
    private static func check(_ part: DumpManifest.Part, of reader: some DumpReader) async throws {
        var check = PartCheck(part: part)
        try await reader.open(part)
        while let bytes = try await reader.next() { check.update(bytes) }
        try check.finish()
    }

    private static func restore(
        _ manifest: DumpManifest,
        from reader: some DumpReader,
        in transaction: Transaction
    ) async throws {
        try await transaction.execute("SELECT position FROM log_head FOR UPDATE")
        try await checkIsEmpty(transaction)
        let triggers = try await disableTriggers(transaction)
        // The account that the schema makes comes with the dump.
        try await transaction.execute("DELETE FROM account")
        for (table, part) in zip(DumpTable.all, manifest.parts) {
            let columns = try await columns(of: table, in: transaction)
            guard columns == part.columns else {
                throw RegistryError(.invalid, "the dump has other columns of \(table.name) than the schema")
            }
            try await reader.open(part)
            let list = SQL.joined(columns.map { "\(identifier: $0)" }, separator: ", ")
            let rows = PartRows(reader: reader, part: part)
            let count = try await transaction.copyIn("COPY \(identifier: table.name) (\(list)) FROM STDIN", from: rows)
            guard count == part.rows else {
                throw RegistryError(
                    .invalid,
                    "the dump has \(count) rows of \(table.name), its manifest says \(part.rows)"
                )
            }
        }
        if manifest.position > 0 {
            try await transaction.execute(
                "UPDATE log_head SET position = \(manifest.position), hash = decode(\(manifest.hash), 'hex')"
            )
        }
        // What is checked at the end is checked now: tables cannot be altered before.
        try await transaction.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in triggers { try await transaction.execute(statement) }
        try await setSequences(transaction)
        let verification = try await LogAudit(transaction: transaction).run()
        if let fault = verification.fault { throw RegistryError(.invalid, "the dump was altered: \(fault)") }
    }

    private static func checkIsEmpty(_ transaction: Transaction) async throws {
        for table in DumpTable.all where table.name != "account" {
            let rows = try await transaction.query("SELECT EXISTS (SELECT FROM \(identifier: table.name))")
            if try rows.value(Bool.self) == true {
                throw RegistryError(.conflict, "the database is not empty: a dump is restored into an empty one only")
            }
        }
        let accounts = try await transaction.query("SELECT count(*) FROM account WHERE name <> 'local'")
        if try accounts.value(Int.self) != 0 {
            throw RegistryError(.conflict, "the database is not empty: it has accounts")
        }
    }

    /// Switches the triggers off that keep what the dump brings along.
    ///
    /// - Returns: the statements that switch them on again, each as it was.
    private static func disableTriggers(_ transaction: Transaction) async throws -> [SQL] {
        let names = DumpTable.all.map(\.name) + ["log_head"]
        let rows = try await transaction.query(
            """
            SELECT c.relname::text, t.tgname::text, t.tgenabled = 'A'
            FROM pg_trigger t
            JOIN pg_class c ON c.oid = t.tgrelid
            WHERE c.oid = ANY (\(names)::regclass[]) AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
            """
        )
        let triggers = try rows.decode(String.self, String.self, Bool.self)
        for (table, name, _) in triggers {
            try await transaction.execute("ALTER TABLE \(identifier: table) DISABLE TRIGGER \(identifier: name)")
        }
        return triggers.map { table, name, isAlways in
            "ALTER TABLE \(identifier: table) ENABLE \(unescaped: isAlways ? "ALWAYS" : "") TRIGGER \(identifier: name)"
        }
    }

    /// Lets new ids go on after those that there are.
    private static func setSequences(_ transaction: Transaction) async throws {
        let rows = try await transaction.query(
            """
            SELECT a.attrelid::regclass::text, a.attname::text
            FROM pg_attribute a
            WHERE a.attrelid = ANY (\(DumpTable.all.map(\.name))::regclass[]) AND a.attidentity <> ''
            """
        )
        for (table, column) in try rows.decode(String.self, String.self) {
            try await transaction.query(
                """
                SELECT setval(pg_get_serial_sequence(\(table), \(column)), max(\(identifier: column)))
                FROM \(identifier: table) HAVING max(\(identifier: column)) IS NOT NULL
                """
            )
        }
    }
}

/// Compares bytes with what a manifest says of them.
private struct PartCheck {
    let part: DumpManifest.Part
    private var hash = SHA256()
    private var size = 0

    init(part: DumpManifest.Part) {
        self.part = part
    }

    mutating func update(_ bytes: [UInt8]) {
        hash.update(data: bytes)
        size += bytes.count
    }

    func finish() throws(RegistryError) {
        guard size == part.bytes else {
            throw RegistryError(.invalid, "the dump is cut: \(part.name) has \(size) bytes instead of \(part.bytes)")
        }
        guard Array(hash.finalize()).hexadecimal == part.sha256 else {
            throw RegistryError(.invalid, "the dump was altered: \(part.name) does not have its hash")
        }
    }
}

/// The bytes of a part, checked once more as they pass.
private struct PartRows<Reader: DumpReader>: AsyncSequence {
    typealias Element = [UInt8]

    let reader: Reader
    let part: DumpManifest.Part

    func makeAsyncIterator() -> Iterator {
        Iterator(reader: reader, check: PartCheck(part: part))
    }

    struct Iterator: AsyncIteratorProtocol {
        let reader: Reader
        var check: PartCheck

        mutating func next() async throws -> [UInt8]? {
            guard let bytes = try await reader.next() else {
                try check.finish()
                return nil
            }
            check.update(bytes)
            return bytes
        }
    }
}
