internal import Postgres

/// What a read has to see at least.
struct ReadFloor: Sendable, Hashable {
    /// Everything that was committed up to here.
    var lsn: LSN?
    /// Everything that the log tells up to this entry.
    var logPosition: Int64?

    /// Whether a server that is so far shows all of it.
    func isReached(by proof: StandbyProof) -> Bool {
        if let lsn, proof.state.position < lsn { return false }
        guard let logPosition else { return true }
        return proof.logPosition.map { $0 >= logPosition } ?? false
    }

    /// Asks for what another asks for as well.
    mutating func raise(to other: ReadFloor) {
        lsn = [lsn, other.lsn].compactMap(\.self).max()
        logPosition = [logPosition, other.logPosition].compactMap(\.self).max()
    }
}

/// How far a server is, as the statement before a read found out on the same connection.
struct StandbyProof: Sendable, Hashable {
    var state: ServerState
    /// The newest entry of the log there.
    var logPosition: Int64?
    /// Whether the statement after it sees the state at least: not where both share one snapshot, as they do where poolers
    /// keep the session's settings from being made and the role's default is another isolation.
    var isBinding: Bool

    /// The statement that finds it out.
    static let query: SQL = """
        SELECT
            \(ServerState.columns), (SELECT h.position FROM log_head h),
            current_setting('transaction_isolation') = 'read committed'
        """

    init(state: ServerState, logPosition: Int64?, isBinding: Bool = true) {
        self.state = state
        self.logPosition = logPosition
        self.isBinding = isBinding
    }

    /// Reads the one row of ``query``.
    init(_ rows: Rows) throws(PostgresError) {
        guard let row = rows.first else { throw PostgresError(.decode, "the server did not tell its state") }
        self.init(
            state: try ServerState(row),
            logPosition: try row.decode(column: 2),
            isBinding: try row.decode(column: 3)
        )
    }

    /// What a read after this one has to see, so that nobody goes back in time.
    var floor: ReadFloor { ReadFloor(lsn: state.position, logPosition: logPosition) }
}
