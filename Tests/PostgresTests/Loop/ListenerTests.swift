import Testing

@testable import Postgres

@Suite struct ListenerTests {
    private let start = ContinuousClock.now

    private func subscriber(_ id: UInt64, on channel: String = "news") -> Listener.Subscriber {
        let continuation = AsyncStream.makeStream(of: PostgresNotification.self).continuation
        return Listener.Subscriber(id: id, channel: channel, continuation: continuation)
    }

    /// A listener with one subscriber whose connection has just broken.
    private func broken() -> Listener {
        var listener = Listener()
        listener.add(subscriber(1))
        _ = listener.connectionToMake(now: start)
        listener.listens(on: "news")
        listener.lost(now: start)
        return listener
    }

    @Test func `a broken connection is made again after a pause`() throws {
        var listener = broken()
        let due = try #require(listener.retryAt)
        #expect(due > start)
        #expect(listener.connectionToMake(now: start) == nil)
        #expect(listener.connectionToMake(now: due) != nil)
        #expect(listener.retryAt == nil)
    }

    @Test func `nothing is due once nobody listens any more`() {
        var listener = broken()
        #expect(listener.remove(1) == nil)
        #expect(listener.retryAt == nil)
        #expect(listener.connectionToMake(now: start + .seconds(10)) == nil)
    }

    @Test func `nothing is due once it is closed, even if an attempt to connect fails after that`() {
        var listener = Listener()
        listener.add(subscriber(1))
        _ = listener.connectionToMake(now: start)
        listener.close()
        listener.lost(now: start)
        #expect(listener.retryAt == nil)
    }

    @Test func `the pauses between connections on which nothing is heard grow, up to a bound`() throws {
        var listener = broken()
        var pauses: [Duration] = []
        var now = start
        for _ in 0..<8 {
            let due = try #require(listener.retryAt)
            pauses.append(due - now)
            now = due
            _ = listener.connectionToMake(now: now)
            listener.lost(now: now)
        }
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(try #require(pauses.first) < .seconds(1))
        #expect(pauses.last == .seconds(2))
    }
}
