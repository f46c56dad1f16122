internal import Logging

/// The exclusive lane: connections that one user has to himself for a while.
extension Driver {
    func acquire(_ lease: Lease) {
        guard !lease.isCancelled else { return lease.finish(PostgresError(.cancelled, "the task was cancelled")) }
        lease.isWaiting = true
        if let refusal = exclusive.enqueue(lease, deadline: lease.deadline, now: .now) { refuse(lease, refusal) }
    }

    func cancel(_ lease: Lease) {
        lease.isCancelled = true
        guard lease.isWaiting else { return }
        _ = exclusive.withdraw(lease)
        lease.finish(PostgresError(.cancelled, "the task was cancelled"))
    }

    func perform(_ action: PoolStateMachine<Lease>.Action) {
        switch action {
        case .connect(let id): connect(id, through: exclusiveConnector)
        case .run(let leases, let id):
            for lease in leases {
                lease.connectionID = id
                lease.finish(nil)
            }
        case .refuse(let lease, let refusal): refuse(lease, refusal)
        case .close(let id): close(id)
        case .finished: lanesOpen -= 1
        }
    }

    private func refuse(_ lease: Lease, _ refusal: PoolStateMachine<Lease>.Refusal) {
        switch refusal {
        case .overloaded: lease.finish(PostgresError(.overloaded, "too many transactions are waiting"))
        case .closed: lease.finish(PostgresError(.closed, "the client is closed"))
        case .timeout: lease.finish(PostgresError(.timeout, "no connection became free in time"))
        case .unavailable: lease.finish(unavailable)
        }
    }

    /// The lease's connection; nil when the lease is over or the connection broke.
    private func connection(of lease: Lease) -> Connection? {
        guard !lease.isEnded, let id = lease.connectionID else { return nil }
        return connections[id]
    }

    private func whyNoConnection(_ lease: Lease) -> PostgresError {
        lease.isEnded
            ? PostgresError(.misuse, "the transaction is over")
            : PostgresError(.connectionLost, "the connection is lost, and the transaction with it")
    }

    func submit(_ request: Request, on lease: Lease) {
        guard request.abandonedAt == nil else {
            return request.finish(.failure(PostgresError(.cancelled, "cancelled before it was sent")))
        }
        guard let connection = connection(of: lease) else {
            request.phase = .done
            return request.finish(.failure(whyNoConnection(lease)))
        }
        if let begin = lease.begin {
            request.begin(with: begin)
            lease.begin = nil
        }
        guard !request.statements.isEmpty else { return request.finish(.success([])) }
        noteDeadline(request.deadline)
        connection.enqueue([request])
    }

    func start(_ transfer: Transfer, on lease: Lease) {
        guard let connection = connection(of: lease) else { return transfer.finish(.failure(whyNoConnection(lease))) }
        noteDeadline(transfer.deadline)
        connection.enqueue(transfer)
    }

    /// Gives the next chunk to the reader as soon as there is one.
    func read(
        _ transfer: Transfer,
        on lease: Lease,
        _ reader: @escaping (Result<[UInt8]?, PostgresError>) -> Void
    ) {
        transfer.reader = reader
        transfer.serveReader()
        connection(of: lease)?.advance(transfer)
    }

    func write(
        _ bytes: [UInt8],
        to transfer: Transfer,
        on lease: Lease,
        then report: @escaping (PostgresError?) -> Void
    ) {
        guard let connection = connection(of: lease) else { return report(whyNoConnection(lease)) }
        connection.write(bytes, transfer, then: report)
    }

    func endWriting(_ transfer: Transfer, because reason: String?, on lease: Lease) {
        guard let connection = connection(of: lease) else { return }
        connection.endWriting(transfer, because: reason)
        // The server may have refused the data already: then its answer has been received, and nothing more will come
        // that could wake the loop.
        connection.advance(transfer)
    }

    /// Nobody wants the rest of the transfer: the server is told, and what still comes is thrown away.
    func abandon(_ transfer: Transfer, on lease: Lease, _ error: PostgresError) {
        transfer.abandonedAt = transfer.abandonedAt ?? .now
        if transfer.error == nil { transfer.error = error }
        guard let connection = connection(of: lease) else { return }
        if transfer.kind == .copyIn { connection.endWriting(transfer, because: error.message) }
        connection.advance(transfer)
        noteDeadline(.now)
    }

    /// Gives the connection back; closes it when anything about it is doubtful.
    func release(_ lease: Lease) {
        defer { lease.isEnded = true }
        guard let connection = connection(of: lease) else { return }
        if connection.isReadOnly {
            drop(connection, PostgresError(.connectionLost, "closed because the server takes no writes"), now: .now)
        } else if !connection.isIdle {
            drop(connection, PostgresError(.connectionLost, "closed for its doubtful state"), now: .now)
        } else if connection.cancelsUnderWay > 0 {
            releases.insert(connection.id)
        } else {
            giveBack(connection)
        }
    }

    func giveBack(_ connection: Connection) {
        exclusive.finished(connection.id, now: .now)
    }

    /// Rolls back what the lease has begun and gives the connection back; whatever goes wrong, nothing of it stays.
    func rollBack(_ lease: Lease, then done: @escaping @Sendable () -> Void) {
        guard let connection = connection(of: lease) else {
            lease.isEnded = true
            return done()
        }
        let statement: SQL = "ROLLBACK"
        let request = Request([statement.unprepared], deadline: .now + Driver.rollbackTimeout)
        request.completion = { [unowned self] outcome in
            if case .failure(let error) = outcome { drop(connection, error, now: .now) }
            release(lease)
            done()
        }
        noteDeadline(request.deadline)
        connection.enqueue([request])
    }

    /// How long a rollback may take, the end of the statement before it included.
    private static let rollbackTimeout: Duration = .seconds(5)
}
