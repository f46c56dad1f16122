internal import CLibPQ

extension Connection {
    /// Reads what the socket holds and hands on all that is complete.
    func receive() {
        guard !isLost else { return }
        // Bytes that TLS has already taken from the socket do not make it readable again.
        for _ in 0..<(PQsslInUse(pointer) == 1 ? 2 : 1) where PQconsumeInput(pointer) == 0 {
            takeResults()
            return lose()
        }
        takeResults()
        takeNotifications()
        send()
    }

    private func takeResults() {
        var idleRounds = 0
        while !isLost, !expected.isEmpty, transfer == nil, PQisBusy(pointer) == 0 {
            guard let result = PQgetResult(pointer) else {
                // libpq ends each step's results with nil, and may give one more between two steps.
                idleRounds += 1
                if idleRounds > 2 { return }
                if hadResult { endStep() }
                continue
            }
            idleRounds = 0
            take(result)
        }
        if let transfer { advance(transfer) }
    }

    private func takeNotifications() {
        while let notification = PQnotifies(pointer) {
            let channel = String(cString: notification.pointee.relname)
            let payload = String(cString: notification.pointee.extra)
            PQfreemem(notification)
            events.append(.notified(channel: channel, payload: payload))
        }
    }

    /// Takes one result of the step at the head.
    private func take(_ result: OpaquePointer) {
        let status = PQresultStatus(result)
        guard status != PGRES_PIPELINE_SYNC else {
            PQclear(result)
            if case .sync(let request, let endsUnit)? = expected.first {
                _ = expected.popFirst()
                hadResult = false
                endSync(request, endsUnit: endsUnit)
            }
            return
        }
        hadResult = true
        switch (expected.first, status) {
        case (.execute(let sending, _, _, _)?, PGRES_TUPLES_OK), (.execute(let sending, _, _, _)?, PGRES_COMMAND_OK),
            (.execute(let sending, _, _, _)?, PGRES_EMPTY_QUERY):
            let rows = Rows(result: ResultHandle(result))
            if sending.isCurrent { sending.request.results.append(rows) }
            return
        case (.execute(let sending, _, let entry, _)?, PGRES_FATAL_ERROR):
            note(result, in: sending, entry)
        case (.prepare(let sending, let entry)?, PGRES_FATAL_ERROR):
            note(result, in: sending, entry)
            statements.remove(entry)
        case (.execute(let sending, _, _, _)?, PGRES_PIPELINE_ABORTED):
            if sending.isCurrent { sending.request.wasSkipped = true }
        case (.prepare(let sending, let entry)?, PGRES_PIPELINE_ABORTED):
            if sending.isCurrent { sending.request.wasSkipped = true }
            statements.remove(entry)
        case (.sync(let request?, _)?, PGRES_FATAL_ERROR):
            // What only fails at the end of the implicit transaction, as a deferred constraint.
            note(result, in: Sending(request: request, ordinal: request.sendings), nil)
        case (_, PGRES_COPY_IN), (_, PGRES_COPY_OUT), (_, PGRES_COPY_BOTH):
            lose(PostgresError(.misuse, "COPY goes through copyIn and copyOut"))
        default:
            break
        }
        PQclear(result)
    }

    private func note(_ result: OpaquePointer, in sending: Sending, _ entry: StatementCache.Entry?) {
        let error = PostgresError(result: result, statementName: sending.request.name)
        if let entry, error.isStaleStatement { statements.remove(entry) }
        if error.isOfStandby(begins: sending.request.begins) { isReadOnly = true }
        if sending.isCurrent, sending.request.error == nil { sending.request.error = error }
    }

    /// The step at the head has had all its results.
    private func endStep() {
        hadResult = false
        if case .sync? = expected.first { return }
        if case .execute(let sending, _, _, true)? = expected.popFirst(), sending.isCurrent {
            events.append(.answered(sending.request))
        }
        if !usesPipeline { send() }
    }

    func endSync(_ request: Request?, endsUnit: Bool) {
        if let request { events.append(.answered(request)) }
        if endsUnit {
            unitsInReach = max(0, unitsInReach - 1)
            unitsUnderWay -= 1
            let now = ContinuousClock.now
            let took = unitStartedAt.map { now - $0 } ?? .zero
            unitStartedAt = unitsUnderWay > 0 ? now : nil
            events.append(.unitDone(took: took))
        }
    }
}

extension PostgresError {
    /// Whether the server does not know a prepared statement, or its result has changed shape since it was prepared.
    var isStaleStatement: Bool {
        sqlState == "26000" || sqlState == "0A000" && message.contains("cached plan")
    }

    /// Whether the server takes no writes, as where another one has taken its place.
    ///
    /// It refuses a statement that writes with 25006, and to begin a transaction that may write with 0A000. The former is
    /// the code also where the transaction was to be read-only; a connection made anew does no harm then.
    func isOfStandby(begins: Bool) -> Bool {
        sqlState == "25006" || begins && sqlState == "0A000" && !isStaleStatement
    }
}
