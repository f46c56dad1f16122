internal import CLibPQ

extension Connection {
    /// Sends what may be sent now.
    func send() {
        guard !isLost else { return }
        while let step = outgoing.first, maySend(step) {
            _ = outgoing.popFirst()
            guard send(step) else { return lose() }
        }
        flush()
    }

    /// Hands libpq's buffer to the socket as far as it takes it.
    func flush() {
        guard !isLost else { return }
        switch PQflush(pointer) {
        case 0:
            wantsWrite = false
            if let transfer, let writer = transfer.writer {
                transfer.writer = nil
                writer(nil)
            }
        case 1: wantsWrite = true
        default: lose()
        }
    }

    /// Notes that the connection broke.
    func lose(_ error: PostgresError? = nil) {
        guard !isLost else { return }
        isLost = true
        events.append(.lost(error ?? PostgresError(.connectionLost, handle.lastMessage)))
    }

    private func maySend(_ step: Step) -> Bool {
        if expected.isEmpty { return true }
        if !usesPipeline || transfer != nil { return false }
        if case .transfer = step { return false }
        return true
    }

    /// Gives libpq one step; false when the connection is broken.
    private func send(_ step: Step) -> Bool {
        var isSent = true
        switch step {
        case .prepare(let sending, let entry):
            if skips(sending) { return true }
            isSent = PQsendPrepare(pointer, entry.name, entry.text, 0, nil) == 1
        case .execute(let sending, let index, let entry, let endsRead):
            let isBegin = index == 0 && sending.request.begins
            if !isBegin, skips(sending) {
                if endsRead, sending.isCurrent { events.append(.answered(sending.request)) }
                return true
            }
            isSent = send(sending.request.statements[index], entry)
        case .sync(let request, let endsUnit):
            guard usesPipeline else {
                endSync(request, endsUnit: endsUnit)
                return true
            }
            isSent = PQpipelineSync(pointer) == 1
        case .deallocate(let name):
            isSent = PQsendQueryParams(pointer, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 0) == 1
        case .transfer(let transfer):
            guard transfer.abandonedAt == nil else {
                transfer.finish(.failure(PostgresError(.cancelled, "cancelled before it was sent")))
                events.append(.transferDone(transfer))
                return true
            }
            if usesPipeline { PQexitPipelineMode(pointer) }
            transfer.phase = .starting
            isSent = PQsendQuery(pointer, transfer.text) == 1
        }
        expected.append(step)
        return isSent
    }

    /// Whether the server must not see more of a request: without a pipeline nothing else keeps the statements after an
    /// error from being run.
    private func skips(_ sending: Sending) -> Bool {
        !usesPipeline && (!sending.isCurrent || sending.request.error != nil || sending.request.isDone)
    }

    private func send(_ sql: SQL, _ entry: StatementCache.Entry?) -> Bool {
        sql.binds.withPointers { pointers in
            let count = Int32(pointers.count)
            let values = UnsafePointer(pointers.baseAddress)
            return if let entry {
                PQsendQueryPrepared(pointer, entry.name, count, values, nil, nil, 0) == 1
            } else {
                PQsendQueryParams(pointer, sql.text, count, nil, values, nil, nil, 0) == 1
            }
        }
    }
}
