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
    var listening: Set<String> = []
    private(set) var connectionID: UInt64?
    private(set) var retryAt: Instant?
    private(set) var isClosed = false
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

    /// A connection to make, when one is wanted and it is time for it.
    mutating func connectionToMake(now: Instant) -> UInt64? {
        guard !isClosed, connectionID == nil, !subscribers.isEmpty else { return nil }
        if let retryAt, now < retryAt { return nil }
        retryAt = nil
        lastID += 1
        connectionID = lastID
        return lastID
    }

    mutating func connected() {
        failures = 0
    }

    mutating func connectFailed(now: Instant) {
        lost(now: now)
        failures += 1
    }

    mutating func lost(now: Instant) {
        connectionID = nil
        listening = []
        retryAt = now + min(Listener.firstBackoff * (1 << min(failures, 16)), Listener.longestBackoff)
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
        retryAt = nil
        for subscriber in subscribers.values { subscriber.continuation.finish() }
        subscribers = [:]
    }
}
