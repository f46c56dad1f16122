extension PostgresClient {
    /// Runs the body in a transaction: committed when it returns, rolled back when it throws or the task is cancelled.
    ///
    /// - Parameters:
    ///   - isolation: How much of others' work it sees.
    ///   - readOnly: Whether the server refuses every change.
    ///   - body: What is done in the transaction.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws; `PostgresError` when the transaction could not be begun or committed. After
    ///   `connectionLost` or `timeout` from the commit, it may have been committed all the same.
    package func transaction<R: Sendable>(
        isolation: Isolation = .readCommitted,
        readOnly: Bool = false,
        _ body: (Transaction) async throws -> R
    ) async throws -> R {
        let access = readOnly ? "READ ONLY" : "READ WRITE"
        let begin: SQL = "BEGIN ISOLATION LEVEL \(unescaped: isolation.rawValue) \(unescaped: access)"
        let session = try await Session.open(self, begin: begin)
        do {
            let value = try await body(Transaction(session: session))
            guard !Task.isCancelled else { throw PostgresError(.cancelled, "the task was cancelled before the commit") }
            if session.mayHaveBegun { try await commit(session) }
            session.release()
            return value
        } catch {
            await session.rollBack()
            throw error
        }
    }

    private func commit(_ session: Session) async throws(PostgresError) {
        let rows = try await session.performUncancelled("COMMIT", timeout: configuration.statementTimeout)
        // A transaction that a statement's error has broken answers COMMIT with this.
        guard rows.result.commandTag != "ROLLBACK" else {
            var error = PostgresError(.server, "the transaction had failed and was rolled back")
            error.sqlState = "25P02"
            throw error
        }
    }

    /// Runs a transaction, and again when it failed for another's sake: a serialization failure or a deadlock.
    ///
    /// - Parameters:
    ///   - isolation: How much of others' work it sees.
    ///   - attempts: How often it is run at most, the first time included.
    ///   - body: What is done in the transaction; must bear being run more than once.
    /// - Returns: what the body returns.
    /// - Throws: as `transaction`, the last attempt's error.
    package func retryingTransaction<R: Sendable>(
        isolation: Isolation = .serializable,
        attempts: Int = 5,
        _ body: (Transaction) async throws -> R
    ) async throws -> R {
        var pause: Duration = .milliseconds(5)
        for _ in 1..<max(1, attempts) {
            do {
                return try await transaction(isolation: isolation, body)
            } catch let error as PostgresError where error.isRetryable {
                // Some chance in the pause, so that those who collided don't again.
                try await Task.sleep(for: pause * Double.random(in: 0.5...1.5))
                pause *= 2
            }
        }
        return try await transaction(isolation: isolation, body)
    }

    /// Runs a script outside of a transaction on a connection of its own: for what cannot be in one, as
    /// `CREATE INDEX CONCURRENTLY`.
    ///
    /// - Throws: `PostgresError` of the first statement that failed.
    package func script(_ text: String) async throws(PostgresError) {
        let session = try await Session.open(self, begin: nil)
        defer { session.release() }
        try await session.script(SQL(unescaped: text))
    }
}
