/// Time limits and cancellations of what is under way.
extension Driver {
    /// Time limits are looked at no more often than this.
    private static let resolution: Duration = .milliseconds(10)
    /// How long a cancelled statement may go on before its connection is given up.
    private static let cancelPatience: Duration = .seconds(5)

    /// A short request that takes longer than this stalls its connection: others go elsewhere.
    static let stallTime: Duration = .milliseconds(50)
    /// However slow all are, this is long.
    private static let longestStallTime: Duration = .milliseconds(400)

    /// What counts as long now.
    ///
    /// Where the whole machine is slow, sending requests again would make it slower: what takes several times as long as
    /// the others is what stands out.
    private var patience: Duration {
        max(Driver.stallTime, min(typicalUnit * 4, Driver.longestStallTime))
    }

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
            if connection.id < FirstID.exclusive { checkStall(of: connection, now: now) }
        }
    }

    /// Nobody waits for another's statement that takes long: the reads around it are sent elsewhere.
    private func checkStall(of connection: Connection, now: Instant) {
        guard let start = connection.unitStartedAt else { return }
        if now - start >= patience {
            short.stalled(connection.id)
            for request in connection.readsToMove().reversed() {
                request.reset()
                request.sendings += 1
                request.attempts -= 1
                request.isAlone = true
                request.phase = .queued
                short.requeue(request, deadline: request.deadline, now: now)
            }
        }
        noteDeadline(max(start + patience, now + Driver.resolution))
    }

    private func checkStep(_ step: Connection.Step, now: Instant) {
        switch step {
        case .execute(let sending, _, _, _): checkDeadline(of: sending.request, now: now)
        case .sync(let request?, _): checkDeadline(of: request, now: now)
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

    private func checkDeadline(of request: Request, now: Instant) {
        guard !request.isDone, let deadline = request.deadline else { return }
        if deadline <= now {
            abandon(request, PostgresError(.timeout, "the time limit passed while the statement was under way"))
        } else {
            noteDeadline(max(deadline, now + Driver.resolution))
        }
    }

    /// The statement that the server is at: cancels it when nobody waits for it.
    private func checkHead(of connection: Connection, now: Instant) {
        let head: (target: AnyObject, abandonedAt: Instant?)
        switch connection.expected.first {
        case .execute(let sending, _, _, _), .prepare(let sending, _):
            // One that has been sent elsewhere since is wanted here no more.
            head = (sending.request, sending.isCurrent ? sending.request.abandonedAt : now - Driver.resolution)
        case .sync(let request?, _): head = (request, request.abandonedAt)
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
