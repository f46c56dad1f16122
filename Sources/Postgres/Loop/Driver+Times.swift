/// Time limits and cancellations of what is under way.
extension Driver {
    /// Time limits are looked at no more often than this.
    private static let resolution: Duration = .milliseconds(10)
    /// How long a cancelled statement may go on before its connection is given up.
    private static let cancelPatience: Duration = .seconds(5)

    func noteDeadline(_ deadline: Instant?) {
        guard let deadline else { return }
        nextCheck = min(nextCheck ?? deadline, deadline)
    }

    /// Abandons what is over its time, and has the server cancel what nobody waits for.
    func checkTimes(now: Instant) {
        nextCheck = nil
        for connection in Array(connections.values) {
            for step in connection.expected { checkStep(step, now: now) }
            for step in connection.outgoing { checkStep(step, now: now) }
            checkHead(of: connection, now: now)
        }
    }

    private func checkStep(_ step: Connection.Step, now: Instant) {
        switch step {
        case .execute(let request, _, _, _), .sync(let request?, _):
            guard !request.isDone, let deadline = request.deadline else { return }
            if deadline <= now {
                abandon(request, PostgresError(.timeout, "the time limit passed while the statement was under way"))
            } else {
                noteDeadline(max(deadline, now + Driver.resolution))
            }
        case .transfer(let transfer):
            guard transfer.abandonedAt == nil, let deadline = transfer.deadline else { return }
            if deadline <= now {
                transfer.abandonedAt = now
                transfer.error = PostgresError(.timeout, "the time limit passed while the statement was under way")
            } else {
                noteDeadline(max(deadline, now + Driver.resolution))
            }
        case .prepare, .sync, .deallocate: return
        }
    }

    /// The statement that the server is at: cancels it when nobody waits for it.
    private func checkHead(of connection: Connection, now: Instant) {
        let head: (target: AnyObject, abandonedAt: Instant?)
        switch connection.expected.first {
        case .execute(let request, _, _, _), .prepare(let request, _), .sync(let request?, _):
            head = (request, request.abandonedAt)
        case .transfer(let transfer): head = (transfer, transfer.abandonedAt)
        case .sync, .deallocate, nil: return
        }
        guard let abandonedAt = head.abandonedAt else { return }
        if let cancelled = connection.cancelled, cancelled.target === head.target {
            if now - cancelled.at > Driver.cancelPatience {
                return connection.lose(PostgresError(.connectionLost, "the server did not cancel a statement in time"))
            }
        } else if now - abandonedAt >= Driver.resolution {
            cancel(on: connection, target: head.target, now: now)
        }
        noteDeadline(now + Driver.resolution)
    }
}
