internal import Synchronization

/// The exclusive use of one connection by a transaction, a stream or a COPY.
///
/// Given back with `release` or `rollBack`; when it is dropped without either, it is rolled back.
final class Session: Sendable {
    let lease: Lease
    /// Kept, so that whatever is asked for through the session is answered.
    private let client: PostgresClient
    /// Whether anything was asked for through the session.
    private let isUsed = Atomic(false)

    private init(client: PostgresClient, lease: Lease) {
        self.client = client
        self.lease = lease
    }

    deinit {
        mailbox.post(.run { [lease] driver in driver.rollBack(lease) {} })
    }

    /// Waits for a connection of the client's; the transaction that `begin` opens starts with the first statement.
    static func open(_ client: PostgresClient, begin: SQL?) async throws(PostgresError) -> Session {
        let mailbox = client.mailbox
        let lease = Lease(deadline: .now + client.configuration.leaseTimeout, begin: begin?.unprepared)
        let failure: PostgresError? = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                lease.granted = { continuation.resume(returning: $0) }
                mailbox.post(.run { $0.acquire(lease) })
            }
        } onCancel: {
            mailbox.post(.run { $0.cancel(lease) })
        }
        if let failure { throw failure }
        return Session(client: client, lease: lease)
    }

    var mailbox: Mailbox { client.mailbox }

    /// Whether there may be a transaction to end: something was asked for since it was to begin.
    var mayHaveBegun: Bool { isUsed.load(ordering: .relaxed) }

    /// Runs statements as one request; the one that begins the transaction goes with the first of them.
    func perform(_ statements: [SQL], timeout: Duration?) async throws(PostgresError) -> [Rows] {
        for statement in statements {
            if let defect = statement.defect { throw defect }
        }
        let deadline = timeout.map { ContinuousClock.now + $0 }
        let request = Request(statements, deadline: deadline)
        let outcome = await request.outcome(cancelledThrough: mailbox) { submit(request) }
        return try outcome.get()
    }

    /// Runs one statement whatever happens to the task, such as COMMIT.
    func performUncancelled(_ statement: SQL, timeout: Duration) async throws(PostgresError) -> Rows {
        let request = Request([statement.unprepared], deadline: .now + timeout)
        let outcome = await withCheckedContinuation { continuation in
            request.completion = { continuation.resume(returning: $0) }
            submit(request)
        }
        return try outcome.get().single
    }

    private func submit(_ request: Request) {
        isUsed.store(true, ordering: .relaxed)
        mailbox.post(.run { [lease] in $0.submit(request, on: lease) })
    }

    /// Gives the connection back.
    func release() {
        mailbox.post(.run { [lease] in $0.release(lease) })
    }

    /// Undoes what was begun and gives the connection back; ends when that is done.
    func rollBack() async {
        guard mayHaveBegun else { return release() }
        await withCheckedContinuation { continuation in
            mailbox.post(.run { [lease] driver in driver.rollBack(lease) { continuation.resume() } })
        }
    }

    /// Sees to it that the transaction has begun, for what cannot go together with BEGIN.
    func beginNow() async throws(PostgresError) {
        _ = try await perform([], timeout: nil)
    }
}
