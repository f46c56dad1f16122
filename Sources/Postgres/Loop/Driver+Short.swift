internal import Logging

/// The short lane: few connections that many requests share.
extension Driver {
    func submit(_ request: Request) {
        guard request.abandonedAt == nil else {
            return request.finish(.failure(PostgresError(.cancelled, "cancelled before it was sent")))
        }
        request.phase = .queued
        if let refusal = short.enqueue(request, deadline: request.deadline, now: .now) { refuse(request, refusal) }
    }

    func perform(_ action: PoolStateMachine<Request>.Action, now: Instant) {
        switch action {
        case .connect(let id): connect(id, through: shortConnector)
        case .run(let requests, let id):
            connections[id]?.enqueue(requests)
            for request in requests { noteDeadline(request.deadline) }
            noteDeadline(now + Driver.stallTime)
        case .refuse(let request, let refusal): refuse(request, refusal)
        case .close(let id): close(id)
        case .finished: lanesOpen -= 1
        }
    }

    private func refuse(_ request: Request, _ refusal: PoolStateMachine<Request>.Refusal) {
        var error: PostgresError
        switch refusal {
        case .overloaded: error = PostgresError(.overloaded, "too many requests are waiting")
        case .closed: error = PostgresError(.closed, "the client is closed")
        case .timeout: error = PostgresError(.timeout, "the time limit passed before the statement was sent")
        case .unavailable: error = unavailable
        }
        error.statementName = request.name
        request.finish(.failure(error))
    }

    /// No connection could be made; says why, if that is known.
    var unavailable: PostgresError {
        connectError ?? PostgresError(.connectFailed, "no connection within the connect timeout")
    }

    /// A request has been answered: tells its outcome, or sends it once more.
    func conclude(_ request: Request, on connection: Connection, now: Instant) {
        guard !request.isDone else { return }
        if let error = request.error {
            guard mayRepeat(request, after: error, on: connection, now: now) else {
                return request.finish(.failure(error))
            }
            request.avoidsPrepared = error.isStaleStatement
        } else if request.wasSkipped {
            // Another's error, not its own: it does not count as an attempt, but it goes alone from now on.
            request.isAlone = true
            request.attempts -= 1
        } else {
            return request.finish(.success(Array(request.results.dropFirst(request.begins ? 1 : 0))))
        }
        request.reset()
        if connection.id < FirstID.exclusive {
            request.phase = .queued
            short.requeue(request, deadline: request.deadline, now: now)
        } else {
            connection.enqueue([request])
        }
    }

    /// How many cancellations meant for another a request gets over: far more than ever meet one, so that it ends.
    private static let mostStrayCancels = 100

    /// Whether the failed request has had no effect and may do better the next time.
    private func mayRepeat(
        _ request: Request,
        after error: PostgresError,
        on connection: Connection,
        now: Instant
    ) -> Bool {
        // Several cancellations may hit the same innocent one after the other; on a busy machine they come late.
        if error.sqlState == "57014", error.code != .timeout {
            let isShared = connection.id < FirstID.exclusive
            let isStray = connection.cancelMayStray || request.isRead && connection.mayBeStray(now: now)
            return isShared && isStray && request.attempts < Self.mostStrayCancels
        }
        if error.code == .connectionLost { return request.isRead && request.attempts < Request.readAttempts }
        let isOwn = connection.id < FirstID.exclusive || connection.isIdle
        return error.isStaleStatement && isOwn && request.attempts < 2
    }

    /// Nobody waits for the request any more.
    func cancel(_ request: Request) {
        abandon(request, PostgresError(.cancelled, "the task was cancelled"))
    }

    func abandon(_ request: Request, _ error: PostgresError) {
        var error = error
        error.statementName = request.name
        request.abandonedAt = request.abandonedAt ?? .now
        switch request.phase {
        case .new: return
        case .queued: _ = short.withdraw(request)
        case .sent: noteDeadline(.now)
        case .done: return
        }
        request.finish(.failure(error))
    }
}
