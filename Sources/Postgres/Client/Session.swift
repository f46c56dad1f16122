/// The exclusive use of one connection by a transaction, a stream or a COPY.
///
/// Given back with `release` or `rollBack`; when it is dropped without either, it is rolled back.
final class Session: Sendable {
    private enum Opening {
        /// BEGIN has not been sent.
        case pending(SQL)
        /// There is no transaction to begin, or it has begun.
        case none
    }

    let lease: Lease
    /// Kept, so that whatever is asked for through the session is answered.
    private let client: PostgresClient
    private let opening: Lock<Opening>

    private init(client: PostgresClient, lease: Lease, begin: SQL?) {
        self.client = client
        self.lease = lease
        opening = Lock(begin.map { .pending($0.unprepared) } ?? .none)
    }

    deinit {
        mailbox.post(.run { [lease] driver in driver.rollBack(lease) {} })
    }

    /// Waits for a connection of the client's; the transaction that `begin` opens starts with the first statement.
    static func open(_ client: PostgresClient, begin: SQL?) async throws(PostgresError) -> Session {
        let mailbox = client.mailbox
        let lease = Lease(deadline: .now + client.configuration.leaseTimeout)
        let failure: PostgresError? = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                lease.granted = { continuation.resume(returning: $0) }
                mailbox.post(.run { $0.acquire(lease) })
            }
        } onCancel: {
            mailbox.post(.run { $0.cancel(lease) })
        }
        if let failure { throw failure }
        return Session(client: client, lease: lease, begin: begin)
    }

    var mailbox: Mailbox { client.mailbox }

    /// Whether anything was sent since the transaction was to begin.
    var hasBegun: Bool {
        opening.withLock { if case .none = $0 { true } else { false } }
    }

    private func takeOpening() -> SQL? {
        opening.withLock { opening in
            guard case .pending(let begin) = opening else { return nil }
            opening = .none
            return begin
        }
    }

    /// Runs statements as one request; the one that begins the transaction goes with the first of them.
    func perform(_ statements: [SQL], timeout: Duration?) async throws(PostgresError) -> [Rows] {
        for statement in statements {
            if let defect = statement.defect { throw defect }
        }
        let begin = takeOpening()
        let deadline = timeout.map { ContinuousClock.now + $0 }
        let request = Request((begin.map { [$0] } ?? []) + statements, deadline: deadline)
        let outcome = await request.outcome(cancelledThrough: mailbox) { submit(request) }
        return try Array(outcome.get().dropFirst(begin == nil ? 0 : 1))
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
        mailbox.post(.run { [lease] in $0.submit(request, on: lease) })
    }

    /// Gives the connection back.
    func release() {
        mailbox.post(.run { [lease] in $0.release(lease) })
    }

    /// Undoes what was begun and gives the connection back; ends when that is done.
    func rollBack() async {
        guard hasBegun else { return release() }
        await withCheckedContinuation { continuation in
            mailbox.post(.run { [lease] driver in driver.rollBack(lease) { continuation.resume() } })
        }
    }

    /// Begins the transaction now, for what cannot go together with BEGIN.
    func beginNow() async throws(PostgresError) {
        if !hasBegun { _ = try await perform([], timeout: nil) }
    }
}
