internal import Crypto
internal import Formats
internal import Postgres

extension Registry {
    /// Writes everything that the registry holds, its history and log included, as it is at one moment.
    ///
    /// Left out are secrets: tokens and whatever else lets somebody in. The same registry gives the same bytes. Memory stays
    /// flat, and writes go on meanwhile.
    ///
    /// - Parameter writer: takes the dump.
    /// - Returns: what was written.
    /// - Throws: `RegistryError`, `PostgresError`, and what the writer throws.
    package func dump(to writer: some DumpWriter) async throws -> DumpManifest {
        do {
            return try await client.snapshotTransaction { transaction in
                try await transaction.script(Self.plainForms)
                let rows = try await transaction.query("SELECT h.position, encode(h.hash, 'hex') FROM log_head h")
                guard let (position, hash) = try rows.first?.decode(Int64.self, String.self) else {
                    throw RegistryError(.unavailable, "the database has no log")
                }
                var parts: [DumpManifest.Part] = []
                for table in DumpTable.all {
                    try await writer.begin(part: table.name)
                    parts.append(try await Self.dump(table, in: transaction, to: writer))
                }
                let manifest = DumpManifest(head: LogHead(position: position, hash: hash), parts: parts)
                try await writer.finish(manifest: manifest.json)
                return manifest
            }
        } catch {
            throw Database.translated(error)
        }
    }

    /// Settings that decide how values are printed, set so that every server prints them in the same way.
    private static let plainForms = """
        SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL extra_float_digits = 1;
        SET LOCAL bytea_output = 'hex'; SET LOCAL intervalstyle = 'postgres'
        """

    private static func dump(
        _ table: DumpTable,
        in transaction: Transaction,
        to writer: some DumpWriter
    ) async throws -> DumpManifest.Part {
        let columns = try await columns(of: table, in: transaction)
        let list = SQL.joined(columns.map { "\(identifier: $0)" }, separator: ", ")
        let copy: SQL = """
            COPY (SELECT \(list) FROM \(identifier: table.name) ORDER BY \(unescaped: table.order)) TO STDOUT
            """
        var hash = SHA256()
        var part = DumpManifest.Part(name: table.name, columns: columns, rows: 0, bytes: 0, sha256: "")
        for try await chunk in transaction.copyOut(copy) {
            hash.update(data: chunk)
            part.bytes += chunk.count
            part.rows += chunk.lineCount
            try await writer.write(chunk)
        }
        part.sha256 = Array(hash.finalize()).hexadecimal
        return part
    }

    /// A table's columns, but those that follow from others.
    static func columns(of table: DumpTable, in transaction: Transaction) async throws -> [String] {
        try await transaction.query(
            """
            SELECT a.attname::text FROM pg_attribute a
            WHERE a.attrelid = \(table.name)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            ORDER BY a.attnum
            """
        ).values(String.self)
    }
}

extension [UInt8] {
    /// How many line ends there are; in COPY's text form none stands inside a value.
    var lineCount: Int { count { $0 == UInt8(ascii: "\n") } }
}
