import Testing

@testable import Postgres

@Suite struct PoolStateMachineTests {
    private let start = ContinuousClock.now

    private func pool(
        connections: Int = 2,
        units: Int = 1,
        waitersPerUnit: Int = 1,
        queue: Int = 10,
        idleTimeout: Duration? = nil
    ) -> PoolStateMachine<Int> {
        PoolStateMachine(
            limits: PoolLimits(
                connections: connections,
                unitsPerConnection: units,
                waitersPerUnit: waitersPerUnit,
                queue: queue,
                connectTimeout: .seconds(10),
                idleTimeout: idleTimeout,
                firstBackoff: .milliseconds(100),
                longestBackoff: .milliseconds(300)
            )
        )
    }

    /// A pool with its connections made.
    private func ready(_ pool: PoolStateMachine<Int>, connections: Int) -> PoolStateMachine<Int> {
        var pool = pool
        for waiter in 0..<10 { _ = pool.enqueue(-waiter, deadline: nil, now: start) }
        for case .connect(let id) in pool.advance(now: start) { pool.connected(id, now: start) }
        while pool.waiting > 0 {
            for case .run(_, let id) in pool.advance(now: start) { pool.finished(id, now: start) }
        }
        #expect(pool.connections == connections)
        return pool
    }

    @Test func `a waiter gets a connection made for it, and the next one the same`() {
        var pool = pool()
        #expect(pool.advance(now: start) == [])
        #expect(pool.enqueue(1, deadline: nil, now: start) == nil)
        #expect(pool.advance(now: start) == [.connect(1)])
        #expect(pool.advance(now: start) == [])
        pool.connected(1, now: start)
        #expect(pool.advance(now: start) == [.run([1], on: 1)])
        pool.finished(1, now: start)
        #expect(pool.enqueue(2, deadline: nil, now: start) == nil)
        #expect(pool.advance(now: start) == [.run([2], on: 1)])
    }

    @Test func `no more connections are made than allowed, and waiters are served in order`() {
        var pool = pool()
        for waiter in 1...4 { _ = pool.enqueue(waiter, deadline: nil, now: start) }
        #expect(pool.advance(now: start) == [.connect(1), .connect(2)])
        pool.connected(2, now: start)
        #expect(pool.advance(now: start) == [.run([1], on: 2)])
        pool.connected(1, now: start)
        #expect(pool.advance(now: start) == [.run([2], on: 1)])
        pool.finished(1, now: start)
        #expect(pool.advance(now: start) == [.run([3], on: 1)])
    }

    @Test func `waiters are shared out among free connections, up to the size of a unit`() {
        var pool = ready(pool(units: 2, waitersPerUnit: 4, queue: 100), connections: 2)
        for waiter in 1...6 { _ = pool.enqueue(waiter, deadline: nil, now: start) }
        #expect(pool.advance(now: start) == [.run([1, 2, 3], on: 1), .run([4, 5, 6], on: 2)])
        for waiter in 7...20 { _ = pool.enqueue(waiter, deadline: nil, now: start) }
        #expect(pool.advance(now: start) == [.run([7, 8, 9, 10], on: 1), .run([11, 12, 13, 14], on: 2)])
        #expect(pool.waiting == 6)
    }

    @Test func `nobody waits behind a stalled connection while a spare one can be had`() {
        var limits = PoolLimits(connections: 1, unitsPerConnection: 2, queue: 10, connectTimeout: .seconds(10))
        limits.spareConnections = 1
        var pool = ready(PoolStateMachine(limits: limits), connections: 1)
        for waiter in 1...2 { _ = pool.enqueue(waiter, deadline: nil, now: start) }
        #expect(pool.advance(now: start) == [.run([1], on: 1), .run([2], on: 1)])
        pool.finished(1, now: start)
        pool.stalled(1)
        _ = pool.enqueue(3, deadline: nil, now: start)
        #expect(pool.advance(now: start) == [.connect(2)])
        pool.connected(2, now: start)
        #expect(pool.advance(now: start) == [.run([3], on: 2)])
        pool.finished(2, now: start)
        pool.finished(1, now: start)
        #expect(pool.advance(now: start) == [.close(1)])
    }

    @Test func `a full queue refuses, and a place that becomes free is given again`() {
        var pool = pool(queue: 2)
        #expect(pool.enqueue(1, deadline: nil, now: start) == nil)
        #expect(pool.enqueue(2, deadline: nil, now: start) == nil)
        #expect(pool.enqueue(3, deadline: nil, now: start) == .overloaded)
        let withdrawn = [pool.withdraw(1), pool.withdraw(1)]
        #expect(withdrawn == [true, false])
        #expect(pool.enqueue(3, deadline: nil, now: start) == nil)
    }

    @Test func `a waiter whose deadline passes is refused, the others stay`() {
        var pool = ready(pool(connections: 1), connections: 1)
        for (waiter, seconds) in [(1, 100), (2, 3), (3, 20)] {
            _ = pool.enqueue(waiter, deadline: start + .seconds(seconds), now: start)
        }
        #expect(pool.advance(now: start) == [.run([1], on: 1)])
        #expect(pool.nextDue == start + .seconds(3))
        #expect(pool.advance(now: start + .seconds(3)) == [.refuse(2, .timeout)])
        #expect(pool.advance(now: start + .seconds(19)) == [])
        #expect(pool.advance(now: start + .seconds(20)) == [.refuse(3, .timeout)])
    }

    @Test func `without any connection a waiter is refused after the connect timeout`() {
        var pool = pool(connections: 1)
        _ = pool.enqueue(1, deadline: nil, now: start)
        #expect(pool.advance(now: start) == [.connect(1)])
        pool.connectFailed(1, now: start)
        #expect(pool.nextDue == start + .milliseconds(100))
        #expect(pool.advance(now: start + .milliseconds(99)) == [])
        #expect(pool.advance(now: start + .milliseconds(100)) == [.connect(2)])
        #expect(pool.advance(now: start + .seconds(10)) == [.refuse(1, .unavailable)])
    }

    @Test func `with a patience, all are refused at once when it is over, until an attempt goes through`() {
        var limits = PoolLimits(connections: 1, queue: 10, connectTimeout: .seconds(10), outagePatience: .seconds(1))
        limits.longestBackoff = .milliseconds(50)
        var pool = PoolStateMachine<Int>(limits: limits)
        _ = pool.enqueue(1, deadline: nil, now: start)
        #expect(pool.advance(now: start) == [.connect(1)])
        pool.connectFailed(1, now: start)
        #expect(pool.enqueue(2, deadline: nil, now: start + .milliseconds(10)) == nil)
        #expect(pool.advance(now: start + .milliseconds(60)) == [.connect(2)])
        #expect(pool.nextDue == start + .seconds(1))
        #expect(pool.advance(now: start + .seconds(1)) == [.refuse(1, .unavailable), .refuse(2, .unavailable)])
        #expect(pool.enqueue(3, deadline: nil, now: start + .seconds(1)) == .unavailable)
        // It is tried on though nobody waits.
        pool.connectFailed(2, now: start + .seconds(2))
        #expect(pool.nextDue == start + .milliseconds(2050))
        #expect(pool.advance(now: start + .milliseconds(2050)) == [.connect(3)])
        #expect(pool.enqueue(4, deadline: nil, now: start + .milliseconds(2051)) == .unavailable)
        pool.connected(3, now: start + .seconds(3))
        #expect(pool.enqueue(5, deadline: nil, now: start + .seconds(3)) == nil)
        #expect(pool.advance(now: start + .seconds(3)) == [.run([5], on: 3)])
        // A connection that breaks is no outage yet.
        pool.lost(3)
        #expect(pool.enqueue(6, deadline: nil, now: start + .seconds(4)) == nil)
        #expect(pool.advance(now: start + .seconds(4)) == [.connect(4)])
    }

    @Test func `a pool that nobody uses any more does not try on`() {
        var pool = PoolStateMachine<Int>(
            limits: PoolLimits(connections: 1, queue: 10, connectTimeout: .seconds(10), outagePatience: .zero)
        )
        _ = pool.enqueue(1, deadline: nil, now: start)
        #expect(pool.advance(now: start) == [.connect(1)])
        pool.connectFailed(1, now: start)
        #expect(pool.advance(now: start) == [.refuse(1, .unavailable)])
        pool.close()
        #expect(pool.advance(now: start + .seconds(1)) == [.finished])
    }

    @Test func `the wait between attempts doubles up to its bound and begins anew after a success`() {
        var pool = pool(connections: 3)
        _ = pool.enqueue(1, deadline: nil, now: start)
        _ = pool.enqueue(2, deadline: nil, now: start)
        #expect(pool.advance(now: start) == [.connect(1), .connect(2)])
        pool.connectFailed(1, now: start)
        pool.connectFailed(2, now: start)
        // One at a time as long as it fails.
        #expect(pool.advance(now: start + .milliseconds(200)) == [.connect(3)])
        pool.connectFailed(3, now: start)
        #expect(pool.nextDue == start + .milliseconds(300))
        #expect(pool.advance(now: start + .milliseconds(300)) == [.connect(4)])
        pool.connected(4, now: start)
        #expect(pool.advance(now: start + .milliseconds(300)) == [.run([1], on: 4), .connect(5)])
        pool.connectFailed(5, now: start)
        #expect(pool.nextDue == start + .milliseconds(100))
    }

    @Test func `a lost connection is made again, and a waiter sent back goes first`() {
        var pool = ready(pool(connections: 1), connections: 1)
        _ = pool.enqueue(1, deadline: nil, now: start)
        _ = pool.enqueue(2, deadline: nil, now: start)
        #expect(pool.advance(now: start) == [.run([1], on: 1)])
        pool.lost(1)
        pool.requeue(1, deadline: nil, now: start)
        #expect(pool.advance(now: start) == [.connect(2)])
        pool.connected(2, now: start)
        #expect(pool.advance(now: start) == [.run([1], on: 2)])
    }

    @Test func `an unused connection is closed after its time`() {
        var pool = ready(pool(idleTimeout: .seconds(60)), connections: 2)
        _ = pool.enqueue(1, deadline: nil, now: start)
        #expect(pool.advance(now: start) == [.run([1], on: 1)])
        #expect(pool.nextDue == start + .seconds(10))
        #expect(pool.advance(now: start + .seconds(60)) == [.close(2)])
        #expect(pool.connections == 1)
    }

    @Test func `closing lets the work finish, refuses more and then is over`() {
        var pool = ready(pool(connections: 1), connections: 1)
        for waiter in 1...2 { _ = pool.enqueue(waiter, deadline: nil, now: start) }
        #expect(pool.advance(now: start) == [.run([1], on: 1)])
        pool.close()
        #expect(pool.enqueue(3, deadline: nil, now: start) == .closed)
        #expect(pool.advance(now: start) == [])
        pool.finished(1, now: start)
        #expect(pool.advance(now: start) == [.run([2], on: 1)])
        pool.finished(1, now: start)
        #expect(pool.advance(now: start) == [.close(1), .finished])
        #expect(pool.advance(now: start) == [])
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `whatever happens, each waiter is served or refused once and no bound is broken`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var pool = pool(connections: 3, units: 2, waitersPerUnit: 3, queue: 8, idleTimeout: .seconds(5))
        var now = start
        var connecting: [UInt64] = []
        var units: [UInt64: Int] = [:]
        var waiting: Set<Int> = []
        var isOver = false
        for step in 0..<2000 {
            now += .milliseconds(Int.random(in: 0...400, using: &random))
            switch Int.random(in: 0..<8, using: &random) {
            case 0...3 where step < 1500:
                let deadline: ContinuousClock.Instant? =
                    Bool.random(using: &random) ? now + .seconds(Int.random(in: 0...8, using: &random)) : nil
                if pool.enqueue(step, deadline: deadline, now: now) == nil { waiting.insert(step) }
            case 4:
                if let waiter = waiting.randomElement(using: &random), pool.withdraw(waiter) { waiting.remove(waiter) }
            case 5:
                guard let id = connecting.popLast() else { break }
                if Bool.random(using: &random) {
                    pool.connected(id, now: now)
                    units[id] = 0
                } else {
                    pool.connectFailed(id, now: now)
                }
            case 6:
                guard let (id, count) = units.randomElement(using: &random), count > 0 else { break }
                pool.finished(id, now: now)
                units[id] = count - 1
            default:
                guard let (id, _) = units.randomElement(using: &random) else { break }
                pool.lost(id)
                units[id] = nil
            }
            if step == 1500 { pool.close() }
            for action in pool.advance(now: now) {
                switch action {
                case .connect(let id): connecting.append(id)
                case .run(let waiters, let id):
                    #expect((1...3).contains(waiters.count), "seed \(seed)")
                    for waiter in waiters { #expect(waiting.remove(waiter) != nil, "seed \(seed)") }
                    units[id, default: 10] += 1
                    #expect(units[id, default: 10] <= 2, "seed \(seed)")
                case .refuse(let waiter, _): #expect(waiting.remove(waiter) != nil, "seed \(seed)")
                case .close(let id): #expect(units.removeValue(forKey: id) == 0, "seed \(seed)")
                case .finished: isOver = true
                }
            }
            #expect(connecting.count + units.count <= 3, "seed \(seed)")
            #expect(waiting.count == pool.waiting, "seed \(seed)")
        }
        #expect(isOver == (waiting.isEmpty && connecting.isEmpty && units.isEmpty), "seed \(seed)")
    }
}
