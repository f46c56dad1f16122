internal import Crypto
internal import Postgres

extension Registry {
    /// Reads the whole log, the revisions that it vouches for and the records that they describe, and tells the first
    /// thing that is not as it was written.
    ///
    /// The hashes are computed here, not by the database. Memory stays flat, however long the log is.
    ///
    /// - Returns: what was found.
    /// - Throws: `PostgresError`.
    package func verifyLog() async throws -> LogVerification {
        let head = try await logHead()
        var chain = LogChain()
        let entries = client.stream(
            """
            SELECT l.position, l.actor, l.kind, l.entry, l.previous_hash, l.hash,
                l.entry::jsonb ->> 'position', l.entry::jsonb ->> 'actor', l.entry::jsonb ->> 'kind'
            FROM log l
            WHERE l.position <= \(head.position)
            ORDER BY l.position
            """
        )
        for try await rows in entries {
            for row in rows {
                var columns = ColumnReader(row)
                try chain.append(reading: &columns)
            }
        }
        var fault = chain.fault
        if fault == nil && (chain.position != head.position || chain.hash.hexadecimal != head.hash) {
            fault = "the log ends at entry \(chain.position), its head says \(head.position)"
        }
        if fault == nil { fault = try await firstChangedRevision() }
        if fault == nil { fault = try await firstChangedRecord() }
        return LogVerification(entryCount: chain.position, head: head, fault: fault)
    }

    /// Looks for revisions that the log tells otherwise of, does not tell of, or tells of and that are not there.
    private func firstChangedRevision() async throws -> String? {
        let rows = try await client.longRead(
            """
            SELECT coalesce(t.record_type, r.record_type), coalesce(t.record_id, r.record_id), coalesce(t.number, r.number)
            FROM (
                SELECT
                    l.position, told ->> 0 AS record_type, (told ->> 1)::bigint AS record_id,
                    (told ->> 2)::integer AS number, told ->> 3 AS hash
                FROM log l
                CROSS JOIN LATERAL jsonb_array_elements(l.entry::jsonb -> 'revisions') AS told
            ) t
            FULL JOIN revision r
                ON r.record_type = t.record_type AND r.record_id = t.record_id AND r.number = t.number
            WHERE r.log_position IS DISTINCT FROM t.position
                OR encode(sha256(convert_to(r.state::text, 'UTF8')), 'hex') IS DISTINCT FROM t.hash
            LIMIT 1
            """,
            timeout: .seconds(3600)
        )
        guard let (type, id, number) = try rows.first?.decode(String.self, Int64.self, Int.self) else { return nil }
        return "revision \(number) of \(type) \(id) is not the one that the log tells of"
    }

    /// Looks for records whose present state is not that of their newest revision.
    private func firstChangedRecord() async throws -> String? {
        let rows = try await client.longRead(
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
            """,
            timeout: .seconds(3600)
        )
        guard let (type, id) = try rows.first?.decode(String.self, Int64.self) else { return nil }
        return "\(type) \(id) is not as its newest revision says"
    }
}

/// The hash chain as far as it has been read.
struct LogChain {
    /// The last entry's position.
    private(set) var position: Int64 = 0
    /// The last entry's hash.
    private(set) var hash = [UInt8](repeating: 0, count: 32)
    /// The first thing that is wrong.
    private(set) var fault: String?

    /// Reads an entry: position, actor, kind, entry, previous_hash, hash, and the first three once more, from the entry.
    mutating func append(reading columns: inout ColumnReader) throws {
        let next = try columns.next(Int64.self)
        let actor = try columns.next(String.self)
        let kind = try columns.next(String.self)
        let entry = try columns.next(String.self)
        let previousHash = try columns.next([UInt8].self)
        let storedHash = try columns.next([UInt8].self)
        let told = [try columns.next(String?.self), try columns.next(String?.self), try columns.next(String?.self)]
        guard fault == nil else { return }
        if next != position + 1 {
            fault = "entry \(position + 1) of the log is missing"
        } else if previousHash != hash {
            fault = "entry \(next) of the log does not follow from the one before it"
        } else if Array(SHA256.hash(data: hash + Array(entry.utf8))) != storedHash {
            fault = "entry \(next) of the log does not have the hash of its text"
        } else if told != [String(next), actor, kind] {
            fault = "entry \(next) of the log says another position, actor or kind than its row"
        }
        position = next
        hash = storedHash
    }
}

extension [UInt8] {
    /// The bytes in lower-case hexadecimal.
    var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
