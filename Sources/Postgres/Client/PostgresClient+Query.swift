extension PostgresClient {
    /// Runs a statement that changes nothing, and gives its rows.
    ///
    /// The fastest way: reads that wait at the same moment go to the server together. That the statement changes nothing
    /// is the caller's promise: a read is sent again when the connection breaks under it.
    ///
    /// - Parameters:
    ///   - sql: The statement.
    ///   - timeout: The time limit, the wait for a connection included; nil for the configured one.
    /// - Returns: the rows.
    /// - Throws: `PostgresError`.
    package func read(_ sql: SQL, timeout: Duration? = nil) async throws(PostgresError) -> Rows {
        try await perform(sql, isRead: true, timeout: timeout)
    }

    /// Runs statements that change nothing, in their order on one connection, and gives the rows of each.
    ///
    /// Each sees what was committed before it began, and so at least what the one before it saw.
    ///
    /// - Parameters:
    ///   - statements: The statements, at least one.
    ///   - timeout: The time limit of all together, the wait for a connection included; nil for the configured one.
    /// - Returns: the rows of each statement.
    /// - Throws: `PostgresError` of the first that failed.
    package func reads(_ statements: [SQL], timeout: Duration? = nil) async throws(PostgresError) -> [Rows] {
        try await perform(statements, isRead: true, timeout: timeout)
    }

    /// Runs any statement in a transaction of its own, and gives its rows.
    ///
    /// - Parameters:
    ///   - sql: The statement.
    ///   - timeout: The time limit, the wait for a connection included; nil for the configured one.
    /// - Returns: the rows.
    /// - Throws: `PostgresError`; after `connectionLost`, `timeout` and `cancelled` the statement may have taken effect.
    @discardableResult
    package func query(_ sql: SQL, timeout: Duration? = nil) async throws(PostgresError) -> Rows {
        try await perform(sql, isRead: false, timeout: timeout)
    }

    /// Runs any statement in a transaction of its own, and gives the number of rows it changed.
    ///
    /// - Parameters:
    ///   - sql: The statement.
    ///   - timeout: The time limit, the wait for a connection included; nil for the configured one.
    /// - Returns: the number of rows.
    /// - Throws: `PostgresError`, as `query`.
    @discardableResult
    package func execute(_ sql: SQL, timeout: Duration? = nil) async throws(PostgresError) -> Int {
        try await perform(sql, isRead: false, timeout: timeout).affected
    }

    private func perform(_ sql: SQL, isRead: Bool, timeout: Duration?) async throws(PostgresError) -> Rows {
        try await perform([sql], isRead: isRead, timeout: timeout).single
    }

    private func perform(
        _ statements: [SQL],
        isRead: Bool,
        timeout: Duration?
    ) async throws(PostgresError) -> [Rows] {
        for statement in statements {
            if let defect = statement.defect { throw defect }
        }
        let deadline = ContinuousClock.now + (timeout ?? configuration.statementTimeout)
        let request = Request(statements, isRead: isRead, deadline: deadline)
        let mailbox = mailbox
        return try await request.outcome(cancelledThrough: mailbox) { mailbox.post(.submit(request)) }.get()
    }
}

extension Request {
    /// Hands the request over and waits for its outcome; cancelled with the task.
    func outcome(cancelledThrough mailbox: Mailbox, submit: () -> Void) async -> Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                completion = { continuation.resume(returning: $0) }
                submit()
            }
        } onCancel: {
            mailbox.post(.run { $0.cancel(self) })
        }
    }
}

extension [Rows] {
    /// The rows of a request of one statement.
    var single: Rows {
        get throws(PostgresError) {
            guard let rows = last else { throw PostgresError(.connectionLost, "the server gave no result") }
            return rows
        }
    }
}
