internal import Logging

/// The connection that notifications come on.
extension Driver {
    func subscribe(_ subscriber: Listener.Subscriber) {
        let isNew = !listener.channels.contains(subscriber.channel)
        listener.add(subscriber)
        if isNew, let connection = listeningConnection { listen(subscriber.channel, on: connection) }
    }

    func unsubscribe(_ id: UInt64) {
        guard let channel = listener.remove(id), let connection = listeningConnection else { return }
        let statement: SQL = "UNLISTEN \(identifier: channel)"
        connection.enqueue([Request([statement.unprepared])])
    }

    private var listeningConnection: Connection? {
        listener.connectionID.flatMap { connections[$0] }
    }

    /// Makes the connection again when it broke and it is time.
    func keepListening(now: Instant) {
        guard let id = listener.connectionToMake(now: now) else { return }
        connect(id, through: exclusiveConnector)
    }

    func listenerConnected(_ id: UInt64) {
        guard let connection = connections[id] else { return }
        guard !listener.isClosed else { return close(id) }
        for channel in listener.channels { listen(channel, on: connection) }
    }

    private func listen(_ channel: String, on connection: Connection) {
        let statement: SQL = "LISTEN \(identifier: channel)"
        let request = Request([statement.unprepared])
        request.completion = { [unowned self] outcome in
            switch outcome {
            case .success:
                listener.listens(on: channel)
            case .failure(let error):
                logger.warning("LISTEN failed; it is tried again", metadata: ["error": "\(error)"])
                connection.lose(error)
            }
        }
        connection.enqueue([request])
    }

    func closeListener() {
        let id = listener.connectionID
        listener.close()
        if let id { close(id) }
    }
}
