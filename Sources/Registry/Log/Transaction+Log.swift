internal import Formats
internal import Postgres

extension Transaction {
    /// Adds an entry to the log, for a write that makes no revisions.
    ///
    /// Takes the lock that puts writers in line: call it last.
    ///
    /// - Parameters:
    ///   - kind: what was done, such as `account.created`.
    ///   - actor: the name of the account that did it.
    ///   - subject: writes the members of the JSON object that says to what. The log is public: no secret, and nothing
    ///     personal but names of accounts.
    /// - Returns: the entry's position.
    /// - Throws: `PostgresError`.
    @discardableResult
    func appendLogEntry(
        _ kind: String,
        by actor: String,
        subject: (inout JSONWriter) -> Void
    ) async throws -> Int64 {
        var json = JSONWriter(capacity: 128)
        json.object { subject(&$0) }
        let text = String(decoding: json.bytes, as: UTF8.self)
        let rows = try await query("SELECT append_log_entry(\(actor), \(kind), \(text)::jsonb, '[]')")
        return try rows.value(Int64.self) ?? 0
    }
}
