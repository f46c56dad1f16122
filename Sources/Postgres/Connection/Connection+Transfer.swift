internal import CLibPQ
internal import Glibc

extension Connection {
    /// Takes a transfer as far as it goes with what has been received.
    func advance(_ transfer: Transfer) {
        while !isLost, self.transfer === transfer {
            if transfer.phase == .streaming, transfer.kind == .copyOut {
                guard receiveCopy(transfer) else { return }
            }
            // During COPY in, libpq has nothing to say before the end of the data.
            if transfer.phase == .streaming { return }
            guard PQisBusy(pointer) == 0 else { return }
            guard let result = PQgetResult(pointer) else { return end(transfer) }
            take(result, of: transfer)
            PQclear(result)
        }
    }

    /// Puts a chunk of COPY data on its way.
    func write(_ bytes: [UInt8], _ transfer: Transfer, then report: @escaping (PostgresError?) -> Void) {
        guard transfer.phase == .streaming, self.transfer === transfer else {
            var failure = PostgresError(.misuse, "the COPY is over")
            if case .failure(let error)? = transfer.outcome { failure = error }
            return report(failure)
        }
        let isQueued = bytes.withUnsafeBytes { buffer in
            PQputCopyData(pointer, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count)) == 1
        }
        transfer.writer = report
        if isQueued { flush() } else { lose() }
    }

    /// Ends COPY in: with all data, or because of the reason.
    func endWriting(_ transfer: Transfer, because reason: String?) {
        guard transfer.phase == .streaming, self.transfer === transfer else { return }
        transfer.phase = .ending
        guard PQputCopyEnd(pointer, reason) == 1 else { return lose() }
        flush()
    }

    /// Receives COPY data as long as the reader keeps up.
    ///
    /// - Returns: whether the data has come to its end.
    private func receiveCopy(_ transfer: Transfer) -> Bool {
        while !transfer.isPaused {
            var buffer: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(pointer, &buffer, 1)
            guard count > 0, let buffer else {
                if count == 0 {
                    // Rather a short chunk now than a full one late, when someone waits for it.
                    if transfer.reader != nil { transfer.closeChunk() }
                    transfer.serveReader()
                    return false
                }
                transfer.phase = .ending
                return true
            }
            if transfer.abandonedAt == nil {
                let bytes = UnsafeRawBufferPointer(start: buffer, count: Int(count))
                transfer.filling.append(contentsOf: bytes)
                if transfer.filling.count >= Transfer.chunkBytes {
                    transfer.closeChunk()
                    transfer.serveReader()
                }
            }
            PQfreemem(buffer)
        }
        return false
    }

    private func take(_ result: OpaquePointer, of transfer: Transfer) {
        switch PQresultStatus(result) {
        case PGRES_COPY_IN where transfer.kind == .copyIn, PGRES_COPY_OUT where transfer.kind == .copyOut:
            transfer.phase = .streaming
            transfer.started?(nil)
            transfer.started = nil
            if transfer.abandonedAt != nil, transfer.kind == .copyIn { endWriting(transfer, because: "cancelled") }
        case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
            lose(PostgresError(.misuse, "the statement is a COPY of another kind than the call"))
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
            transfer.affected = Int(String(cString: PQcmdTuples(result))) ?? 0
            if transfer.kind != .script, transfer.phase == .starting, transfer.error == nil {
                transfer.error = PostgresError(.misuse, "the statement is not a COPY")
            }
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
            if transfer.error == nil { transfer.error = PostgresError(result: result, statementName: transfer.name) }
        default:
            break
        }
    }

    private func end(_ transfer: Transfer) {
        _ = expected.popFirst()
        hadResult = false
        if usesPipeline { PQenterPipelineMode(pointer) }
        transfer.finish(transfer.error.map { .failure($0) } ?? .success(transfer.affected))
        events.append(.transferDone(transfer))
        send()
    }
}
