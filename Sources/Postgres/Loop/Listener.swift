/// Who listens on which channel, and how it stands with the connection for it.
struct Listener {
    typealias Instant = ContinuousClock.Instant

    /// One stream of notifications.
    struct Subscriber: Sendable {
        let id: UInt64
        let channel: String
        let continuation: AsyncStream<PostgresNotification>.Continuation
    }

    private(set) var subscribers: [UInt64: Subscriber] = [:]
    /// The channels that the connection is known to listen on.
    private(set) var listening: Set<String> = []
    private(set) var connectionID: UInt64?
    private(set) var isClosed = false
    private var notBefore: Instant?
    private var lastID = Driver.FirstID.listener
    private var failures = 0

    private static let firstBackoff: Duration = .milliseconds(50)
    private static let longestBackoff: Duration = .seconds(2)

    var channels: Set<String> { Set(subscribers.values.map(\.channel)) }

    mutating func add(_ subscriber: Subscriber) {
        guard !isClosed else { return subscriber.continuation.finish() }
        subscribers[subscriber.id] = subscriber
        if listening.contains(subscriber.channel) { subscriber.continuation.yield(.subscribed) }
    }

    /// Removes a subscriber and returns its channel when nobody else listens on it.
    mutating func remove(_ id: UInt64) -> String? {
        guard let channel = subscribers.removeValue(forKey: id)?.channel, !channels.contains(channel) else {
            return nil
        }
        return listening.remove(channel)
    }

    /// When `connectionToMake` is due even if nothing happens before; nil when no connection is wanted, so that the loop
    /// may sleep.
    var retryAt: Instant? { wantsConnection ? notBefore : nil }

    private var wantsConnection: Bool { !isClosed && connectionID == nil && !subscribers.isEmpty }

    /// A connection to make, when one is wanted and it is time for it.
    mutating func connectionToMake(now: Instant) -> UInt64? {
        guard wantsConnection else { return nil }
        if let notBefore, now < notBefore { return nil }
        notBefore = nil
        lastID += 1
        connectionID = lastID
        return lastID
    }

    /// The server listens on a channel for us: only now the connection is of use.
    mutating func listens(on channel: String) {
        failures = 0
        listening.insert(channel)
        deliver(.subscribed, on: channel)
    }

    /// The connection could not be made, broke, or was given up because LISTEN failed, as it does on a standby.
    mutating func lost(now: Instant) {
        connectionID = nil
        for channel in listening { deliver(.interrupted, on: channel) }
        listening = []
        notBefore = now + min(Listener.firstBackoff * (1 << min(failures, 16)), Listener.longestBackoff)
        failures += 1
    }

    func deliver(_ notification: PostgresNotification, on channel: String) {
        for subscriber in subscribers.values where subscriber.channel == channel {
            if case .dropped = subscriber.continuation.yield(notification) {
                // The reader is too slow: it learns that some are missing.
                subscriber.continuation.yield(.subscribed)
            }
        }
    }

    mutating func close() {
        isClosed = true
        for subscriber in subscribers.values { subscriber.continuation.finish() }
        subscribers = [:]
    }
}
