/// What a server is at a moment: a primary or a standby, and how far its data goes.
package struct ServerState: Sendable, Hashable {
    /// Whether it replays the log of another, and takes no writes.
    package var isStandby: Bool
    /// The place up to which whatever was committed shows in every statement that begins after the question.
    package var position: LSN

    /// Puts a state together.
    package init(isStandby: Bool, position: LSN) {
        self.isStandby = isStandby
        self.position = position
    }

    /// The columns that ask for it: whether it is a standby, and its position.
    ///
    /// The functions of one role fail on the other, hence the CASE. Of a primary, what is flushed includes every commit
    /// that was told of, save where commits do not wait for the disk.
    package static let columns: SQL = """
        pg_is_in_recovery(),
        CASE
            WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
            WHEN current_setting('synchronous_commit') = 'off' THEN pg_current_wal_insert_lsn()
            ELSE pg_current_wal_flush_lsn()
        END
        """

    /// Reads the first two columns of a row of ``columns``.
    ///
    /// - Throws: `PostgresError` of code `decode`, as of a standby that has not replayed anything yet.
    package init(_ row: Row) throws(PostgresError) {
        self.init(isStandby: try row.decode(column: 0), position: try row.decode(column: 1))
    }
}

extension PostgresClient {
    /// Asks the server that a connection leads to what it is, and how far its data goes.
    ///
    /// - Parameter timeout: the time limit, the wait for a connection included; nil for the configured one.
    /// - Returns: what it is at the moment.
    /// - Throws: `PostgresError`.
    package func serverState(timeout: Duration? = nil) async throws(PostgresError) -> ServerState {
        guard let row = try await read("SELECT \(ServerState.columns)", timeout: timeout).first else {
            throw PostgresError(.decode, "the server did not tell its state")
        }
        return try ServerState(row)
    }
}
