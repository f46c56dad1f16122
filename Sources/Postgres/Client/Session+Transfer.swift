extension Session {
    /// Runs a script and waits for its end.
    func script(_ sql: SQL, timeout: Duration? = nil) async throws(PostgresError) {
        let transfer = try await start(.script, sql, timeout: timeout)
        _ = try await end(of: transfer)
    }

    /// Starts a transfer once the transaction has begun.
    private func start(_ kind: Transfer.Kind, _ sql: SQL, timeout: Duration?) async throws(PostgresError) -> Transfer {
        if let defect = sql.defect { throw defect }
        try await beginNow()
        return Transfer(kind, sql, deadline: timeout.map { .now + $0 })
    }

    /// Starts a COPY and waits until the server is ready for it.
    func startCopy(_ kind: Transfer.Kind, _ sql: SQL, timeout: Duration? = nil) async throws(PostgresError) -> Transfer
    {
        let transfer = try await start(kind, sql, timeout: timeout)
        let failure: PostgresError? = await cancellable(transfer) { report in
            transfer.started = report
            self.mailbox.post(.run { [lease = self.lease] in $0.start(transfer, on: lease) })
        }
        if let failure { throw failure }
        return transfer
    }

    private func end(of transfer: Transfer) async throws(PostgresError) -> Int {
        let outcome: Result<Int, PostgresError> = await cancellable(transfer) { report in
            transfer.completion = report
            self.mailbox.post(.run { [lease = self.lease] in $0.start(transfer, on: lease) })
        }
        return try outcome.get()
    }

    /// The next chunk of a COPY out; nil at its end.
    func nextChunk(of transfer: Transfer) async throws(PostgresError) -> [UInt8]? {
        let outcome: Result<[UInt8]?, PostgresError> = await cancellable(transfer) { report in
            self.mailbox.post(.run { [lease = self.lease] in $0.read(transfer, on: lease, report) })
        }
        return try outcome.get()
    }

    /// Hands on a chunk of a COPY in; ends when there is room for more.
    func send(_ bytes: [UInt8], to transfer: Transfer) async throws(PostgresError) {
        let failure: PostgresError? = await cancellable(transfer) { report in
            self.mailbox.post(.run { [lease = self.lease] in $0.write(bytes, to: transfer, on: lease, then: report) })
        }
        if let failure { throw failure }
    }

    /// Ends a COPY in and gives the number of rows.
    ///
    /// - Parameters:
    ///   - transfer: The COPY.
    ///   - reason: Why it is to fail; nil when all data has been sent.
    func finishCopy(_ transfer: Transfer, because reason: String? = nil) async throws(PostgresError) -> Int {
        let outcome: Result<Int, PostgresError> = await cancellable(transfer) { report in
            self.mailbox.post(
                .run { [lease = self.lease] driver in
                    if let outcome = transfer.outcome { return report(outcome) }
                    transfer.completion = report
                    driver.endWriting(transfer, because: reason, on: lease)
                }
            )
        }
        return try outcome.get()
    }

    /// Says that nobody wants the rest of a transfer.
    func abandon(_ transfer: Transfer) {
        mailbox.post(
            .run { [lease] in $0.abandon(transfer, on: lease, PostgresError(.cancelled, "the transfer was given up")) }
        )
    }

    private func cancellable<R: Sendable>(
        _ transfer: Transfer,
        _ submit: (@escaping @Sendable (R) -> Void) -> Void
    ) async -> R {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                submit { continuation.resume(returning: $0) }
            }
        } onCancel: {
            abandon(transfer)
        }
    }
}
