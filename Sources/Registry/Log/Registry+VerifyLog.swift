internal import Crypto
internal import Formats
internal import Postgres

extension Registry {
    /// Reads the whole log, the revisions that it vouches for and the records that they describe, and tells the first
    /// thing that is not as it was written.
    ///
    /// The hashes are computed here, not by the database. All is read in one state of the database, and memory stays flat,
    /// however long the log is.
    ///
    /// - Returns: what was found.
    /// - Throws: `PostgresError`.
    package func verifyLog() async throws -> LogVerification {
        do {
            return try await client.snapshotTransaction { try await LogAudit(transaction: $0).run() }
        } catch {
            throw Database.translated(error)
        }
    }
}

/// A check of the log in one transaction.
struct LogAudit: Sendable {
    let transaction: Transaction

    /// Checks the chain, then revisions against the log, then records against revisions.
    func run() async throws -> LogVerification {
        let head = try await head()
        let chain = try await chain()
        var fault = chain.fault
        if fault == nil && (chain.position != head.position || chain.hash.hexadecimal != head.hash) {
            fault = "the log ends at entry \(chain.position), its head says \(head.position)"
        }
        // From here on the texts of the entries are what they were, so they can be read as JSON.
        for check in [
            firstChangedEntry, firstChangedRevision, firstChangedRecord, firstChangedSnapshot, firstChangedLine,
        ] where fault == nil {
            fault = try await check()
        }
        return LogVerification(entryCount: chain.position, head: head, fault: fault)
    }

    private func head() async throws -> LogHead {
        let rows = try await transaction.query("SELECT h.position, encode(h.hash, 'hex') FROM log_head h")
        guard let (position, hash) = try rows.first?.decode(Int64.self, String.self) else {
            throw RegistryError(.unavailable, "the database has no log")
        }
        return LogHead(position: position, hash: hash)
    }

    private func chain() async throws -> LogChain {
        var chain = LogChain()
        var read: Int64 = 0
        while true {
            let rows = try await transaction.query(
                """
                SELECT l.position, l.entry, l.previous_hash, l.hash
                FROM log l
                WHERE l.position > \(read)
                ORDER BY l.position
                LIMIT 1000
                """
            )
            guard let end = rows.last, chain.fault == nil else { return chain }
            read = try end.decode(column: 0, as: Int64.self)
            for row in rows {
                var columns = ColumnReader(row)
                try chain.append(reading: &columns)
            }
        }
    }

    /// Looks for entries beside which something else stands than in their text.
    private func firstChangedEntry() async throws -> String? {
        let rows = try await transaction.query(
            """
            SELECT l.position FROM log l
            WHERE (l.position::text, l.actor, l.kind, \(Columns.time("l.at"))) IS DISTINCT FROM (
                l.entry::jsonb ->> 'position', l.entry::jsonb ->> 'actor', l.entry::jsonb ->> 'kind',
                l.entry::jsonb ->> 'at')
            ORDER BY l.position LIMIT 1
            """
        )
        return try rows.value(Int64.self).map {
            "entry \($0) of the log says another position, actor, kind or time than its row"
        }
    }

    /// Looks for revisions that the log tells otherwise of, does not tell of, or tells of and that are not there.
    private func firstChangedRevision() async throws -> String? {
        let rows = try await transaction.query(
            """
            SELECT coalesce(t.record_type, r.record_type), coalesce(t.record_id, r.record_id), coalesce(t.number, r.number)
            FROM (
                SELECT
                    l.position, l.actor, l.at, l.entry::jsonb ->> 'reason' AS reason, told ->> 0 AS record_type,
                    (told ->> 1)::bigint AS record_id, (told ->> 2)::integer AS number, told ->> 3 AS hash
                FROM log l
                CROSS JOIN LATERAL jsonb_array_elements(l.entry::jsonb -> 'revisions') AS told
            ) t
            FULL JOIN revision r
                ON r.record_type = t.record_type AND r.record_id = t.record_id AND r.number = t.number
            WHERE (r.log_position, r.author, r.created_at) IS DISTINCT FROM (t.position, t.actor, t.at)
                OR r.reason IS DISTINCT FROM coalesce(t.reason, r.reason)
                OR encode(sha256(convert_to(r.state::text, 'UTF8')), 'hex') IS DISTINCT FROM t.hash
            LIMIT 1
            """
        )
        guard let (type, id, number) = try rows.first?.decode(String.self, Int64.self, Int.self) else { return nil }
        return "revision \(number) of \(type) \(id) is not the one that the log tells of"
    }

    /// Looks for records whose present state is not that of their newest revision.
    private func firstChangedRecord() async throws -> String? {
        let rows = try await transaction.query(
            """
            SELECT s.record_type, s.record_id
            FROM (
                SELECT record_type, record_id, state FROM record_state
                UNION ALL
                SELECT record_type, record_id, state FROM name_state
                UNION ALL
                SELECT record_type, record_id, state FROM correction_state
            ) s
            WHERE s.state IS DISTINCT FROM (
                SELECT r.state FROM revision r
                WHERE r.record_type = s.record_type AND r.record_id = s.record_id
                ORDER BY r.number DESC LIMIT 1)
            LIMIT 1
            """
        )
        guard let (type, id) = try rows.first?.decode(String.self, Int64.self) else { return nil }
        return "\(type) \(id) is not as its newest revision says"
    }

    /// Looks for snapshots that are no entries of the log, and for a head that is no snapshot.
    private func firstChangedSnapshot() async throws -> String? {
        let rows = try await transaction.query(
            """
            SELECT s.position
            FROM (
                SELECT position, at FROM log_snapshot
                UNION ALL
                SELECT h.position, NULL FROM log_head h
                WHERE h.position > 0 AND NOT EXISTS (SELECT FROM log_snapshot s WHERE s.position = h.position)
            ) s
            LEFT JOIN log l ON l.position = s.position
            WHERE l.at IS DISTINCT FROM s.at
            LIMIT 1
            """
        )
        return try rows.value(Int64.self).map { "the snapshot of entry \($0) is not as the log tells" }
    }

    /// Looks for boards that are not as their history ends.
    private func firstChangedLine() async throws -> String? {
        let rows = try await transaction.query(
            """
            SELECT coalesce(now.board_id, h.board_id)
            FROM (
                SELECT 'active' AS part, board_id, sort_key, claim_id, model_id, parameters, has_code, published
                FROM board_entry
                UNION ALL
                SELECT 'aside', board_id, sort_key, claim_id, model_id, parameters, has_code, published FROM board_aside
                UNION ALL
                SELECT status, board_id, sort_key, claim_id, model_id, parameters, has_code, published FROM board_former
            ) now
            FULL JOIN (
                SELECT part, board_id, sort_key, claim_id, model_id, parameters, has_code, published
                FROM board_entry_history WHERE to_position IS NULL
            ) h ON h.part = now.part AND h.board_id = now.board_id AND h.claim_id = now.claim_id
            WHERE (h.sort_key, h.model_id, h.parameters, h.has_code, h.published)
                IS DISTINCT FROM (now.sort_key, now.model_id, now.parameters, now.has_code, now.published)
            LIMIT 1
            """
        )
        return try rows.value(Int64.self).map { "board \($0) is not as its history ends" }
    }
}

/// The hash chain as far as it has been read.
struct LogChain: Sendable {
    /// The last entry's position.
    private(set) var position: Int64 = 0
    /// The last entry's hash.
    private(set) var hash = [UInt8](repeating: 0, count: 32)
    /// The first thing that is wrong.
    private(set) var fault: String?

    /// Reads an entry: position, entry, previous_hash, hash.
    mutating func append(reading columns: inout ColumnReader) throws {
        let next = try columns.next(Int64.self)
        let entry = try columns.next(String.self)
        let previousHash = try columns.next([UInt8].self)
        let storedHash = try columns.next([UInt8].self)
        guard fault == nil else { return }
        if next != position + 1 {
            fault = "entry \(position + 1) of the log is missing"
        } else if previousHash != hash {
            fault = "entry \(next) of the log does not follow from the one before it"
        } else if Array(SHA256.hash(data: hash + Array(entry.utf8))) != storedHash {
            fault = "entry \(next) of the log does not have the hash of its text"
        }
        position = next
        hash = storedHash
    }
}
