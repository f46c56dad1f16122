internal import Synchronization

extension PostgresClient {
    /// Listens on a channel, through all breaks of the connection, until the stream is dropped or its task cancelled.
    ///
    /// The stream keeps the last 1,024 notifications for a reader that is behind.
    ///
    /// - Parameter channel: The channel's name, as it stands (not folded to lower case).
    package func listen(_ channel: String) -> AsyncStream<PostgresNotification> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: PostgresNotification.self,
            bufferingPolicy: .bufferingNewest(1024)
        )
        let id = PostgresClient.subscribers.add(1, ordering: .relaxed).newValue
        let subscriber = Listener.Subscriber(id: id, channel: channel, continuation: continuation)
        continuation.onTermination = { [mailbox] _ in mailbox.post(.run { $0.unsubscribe(id) }) }
        mailbox.post(.run { $0.subscribe(subscriber) })
        return stream
    }

    private static let subscribers = Atomic<UInt64>(0)

    /// Sends a notification to all who listen on a channel.
    ///
    /// - Parameters:
    ///   - channel: The channel's name, as it stands (not folded to lower case).
    ///   - payload: Up to 7,999 bytes.
    /// - Throws: `PostgresError`.
    package func notify(_ channel: String, _ payload: String = "") async throws(PostgresError) {
        try await execute("SELECT pg_notify(\(channel), \(payload))")
    }
}
