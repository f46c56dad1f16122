internal import Postgres

extension Registry {
    /// The newest entry's position and hash.
    package func logHead() async throws -> LogHead {
        let rows = try await client.read("SELECT h.position, encode(h.hash, 'hex') FROM log_head h")
        guard let row = rows.first else { throw RegistryError(.unavailable, "the database has no log") }
        let (position, hash) = try row.decode(Int64.self, String.self)
        return LogHead(position: position, hash: hash)
    }

    /// Entries of the log in order.
    ///
    /// - Parameters:
    ///   - position: the entries after this one; 0 for all.
    ///   - limit: how many at most, 1...1000.
    /// - Returns: the entries; empty at the end.
    /// - Throws: `RegistryError` (invalid: limit).
    package func log(after position: Int64, limit: Int) async throws -> [LogEntry] {
        let limit = try PageRequest(limit: limit).checkedLimit()
        let rows = try await client.read(
            """
            SELECT
                l.position, \(Columns.time("l.at")), l.actor, l.kind, l.entry,
                encode(l.previous_hash, 'hex'), encode(l.hash, 'hex')
            FROM log l
            WHERE l.position > \(position)
            ORDER BY l.position
            LIMIT \(limit)
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            return LogEntry(
                position: try columns.next(),
                at: try columns.next(),
                actor: try columns.next(),
                kind: try columns.next(),
                entry: try columns.next(),
                previousHash: try columns.next(),
                hash: try columns.next()
            )
        }
    }

    /// How much the registry holds.
    package func counts() async throws -> RegistryCounts {
        let rows = try await client.read(
            """
            SELECT
                (SELECT count(*) FROM paper),
                (SELECT count(*) FROM claim WHERE status = 'active'),
                (SELECT count(*) FROM benchmark WHERE status = 'active'),
                (SELECT count(*) FROM model WHERE status = 'active'),
                (SELECT count(*) FROM metric WHERE status = 'active'),
                (SELECT count(*) FROM board WHERE entry_count > 0),
                (SELECT count(*) FROM sota_claim WHERE status = 'active'),
                (SELECT count(*) FROM model_size WHERE status = 'active'),
                (SELECT count(*) FROM link WHERE status = 'active'),
                (SELECT position FROM log_head)
            """
        )
        guard let row = rows.first else { throw RegistryError(.unavailable, "the database has no log") }
        var columns = ColumnReader(row)
        return RegistryCounts(
            papers: try columns.next(),
            claims: try columns.next(),
            benchmarks: try columns.next(),
            models: try columns.next(),
            metrics: try columns.next(),
            boards: try columns.next(),
            sotaClaims: try columns.next(),
            modelSizes: try columns.next(),
            links: try columns.next(),
            logPosition: try columns.next()
        )
    }
}
