internal import Logging

extension Driver {
    /// Starts to make a connection.
    func connect(_ id: UInt64, through connector: Connector) {
        connector.connect { [mailbox] result in
            mailbox.post(.run { $0.connected(id, result) })
        }
    }

    private func connected(_ id: UInt64, _ result: Result<ConnectionHandle, PostgresError>) {
        let now = Instant.now
        switch result {
        case .success(let handle):
            let connection = Connection(id: id, handle: handle, configuration: configuration)
            connections[id] = connection
            poller.add(connection.socket, token: id)
            connectError = nil
            noteConnected(id, now: now)
        case .failure(let error):
            connectError = error
            logger.debug("no connection to PostgreSQL", metadata: ["error": "\(error)"])
            noteConnectFailed(id, now: now)
        }
    }

    private func noteConnected(_ id: UInt64, now: Instant) {
        switch id {
        case FirstID.listener...: listenerConnected(id)
        case FirstID.exclusive...: exclusive.connected(id, now: now)
        default: short.connected(id, now: now)
        }
    }

    private func noteConnectFailed(_ id: UInt64, now: Instant) {
        switch id {
        case FirstID.listener...: listener.lost(now: now)
        case FirstID.exclusive...: exclusive.connectFailed(id, now: now)
        default: short.connectFailed(id, now: now)
        }
    }

    /// Gives up a connection: it broke, or its state is doubtful.
    func drop(_ connection: Connection, _ error: PostgresError, now: Instant) {
        guard connections.removeValue(forKey: connection.id) != nil else { return }
        logger.debug("connection to PostgreSQL given up", metadata: ["error": "\(error)"])
        poller.remove(connection.socket)
        releases.remove(connection.id)
        for request in connection.fail(error) {
            request.reset()
            short.requeue(request, deadline: request.deadline, now: now)
        }
        switch connection.id {
        case FirstID.listener...: listener.lost(now: now)
        case FirstID.exclusive...: exclusive.lost(connection.id)
        default: short.lost(connection.id)
        }
    }

    /// Closes a connection that nobody uses.
    func close(_ id: UInt64) {
        guard let connection = connections.removeValue(forKey: id) else { return }
        poller.remove(connection.socket)
    }

    /// Asks the server, from a thread that may wait, to cancel what a connection runs.
    func cancel(on connection: Connection, target: AnyObject, now: Instant) {
        connection.cancelsUnderWay += 1
        connection.lastCancelAt = .now
        connection.cancelled = (target, now)
        let handle = connection.handle
        let id = connection.id
        DetachedThread.start { [mailbox] in
            handle.cancelBlocking()
            mailbox.post(.run { $0.cancelReached(id) })
        }
    }

    private func cancelReached(_ id: UInt64) {
        guard let connection = connections[id] else { return }
        connection.cancelsUnderWay -= 1
        connection.lastCancelAt = .now
        connection.unitsInReach = connection.expected.count { step in
            if case .sync(_, true) = step { true } else { false }
        }
        if connection.cancelsUnderWay == 0, releases.remove(id) != nil { giveBack(connection) }
    }

    /// Takes no more work and ends when all is done.
    func close(then done: @escaping @Sendable () -> Void) {
        onClosed.append(done)
        short.close()
        exclusive.close()
        closeListener()
    }
}
