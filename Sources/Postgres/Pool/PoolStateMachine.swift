/// Who waits for a connection, which connections there are, and what is to be done about it: no clock, no I/O.
///
/// Events come in through the mutating methods; `advance(now:)` gives the actions that follow from all of them. It is
/// called once after a round of events, so that whoever came in the same round goes to the server together.
struct PoolStateMachine<Waiter: Equatable> {
    typealias Instant = ContinuousClock.Instant
    /// A connection's number, never used again.
    typealias ConnectionID = UInt64

    /// Why a waiter gets no connection.
    enum Refusal: Equatable {
        /// The queue is full.
        case overloaded
        /// The pool is closed or closing.
        case closed
        /// The waiter's deadline passed.
        case timeout
        /// There was no connection for as long as the connect timeout, or none can be made.
        case unavailable
    }

    /// What the shell around the machine has to do.
    enum Action: Equatable {
        case connect(ConnectionID)
        case run([Waiter], on: ConnectionID)
        case refuse(Waiter, Refusal)
        case close(ConnectionID)
        /// Closed for good: nothing waits and nothing is open.
        case finished
    }

    private enum State: Equatable {
        case connecting
        case ready(units: Int, idleSince: Instant)
    }

    private struct Slot {
        let id: ConnectionID
        var state: State
        /// Whether it is stuck with a long piece of work, so that nobody else should wait behind it.
        var isStalled = false
    }

    private struct Waiting {
        let waiter: Waiter
        let since: Instant
        let deadline: Instant?
    }

    private let limits: PoolLimits
    private var slots: [Slot] = []
    private var queue = Fifo<Waiting>()
    private var lastID: ConnectionID
    private var failures = 0
    private var retryAt: Instant?
    /// When connections began to fail; nil while they can be made.
    private var failingSince: Instant?
    /// No waiter's time is up before this.
    private var nextExpiry: Instant?
    private var isClosing = false
    private var isFinished = false

    /// Makes a pool without connections, which numbers them from `firstID` in steps of one.
    init(limits: PoolLimits, firstID: ConnectionID = 1) {
        self.limits = limits
        lastID = firstID - 1
    }

    var waiting: Int { queue.count }
    var connections: Int { slots.count }
    var queueLimit: Int { limits.queue }

    /// The connections with work under way.
    var busy: Int {
        slots.count { slot in
            if case .ready(let units, _) = slot.state { units > 0 } else { false }
        }
    }

    /// Someone wants a connection.
    ///
    /// - Returns: why not, or nil when the waiter is in the queue.
    mutating func enqueue(_ waiter: Waiter, deadline: Instant?, now: Instant) -> Refusal? {
        guard !isClosing else { return .closed }
        guard queue.count < limits.queue else { return .overloaded }
        if let givesUpAt, givesUpAt <= now { return .unavailable }
        queue.append(Waiting(waiter: waiter, since: now, deadline: deadline))
        noteExpiry(min(now + limits.connectTimeout, deadline ?? .distantFuture))
        return nil
    }

    /// A waiter that had a connection needs one once more, before all others.
    ///
    /// Not refused when the pool is closing.
    mutating func requeue(_ waiter: Waiter, deadline: Instant?, now: Instant) {
        queue.prepend(Waiting(waiter: waiter, since: now, deadline: deadline))
        noteExpiry(min(now + limits.connectTimeout, deadline ?? .distantFuture))
    }

    /// A waiter does not want a connection any more.
    ///
    /// - Returns: whether it was waiting.
    mutating func withdraw(_ waiter: Waiter) -> Bool {
        !queue.removeAll { $0.waiter == waiter }.isEmpty
    }

    /// A connection was made.
    mutating func connected(_ id: ConnectionID, now: Instant) {
        failures = 0
        retryAt = nil
        failingSince = nil
        update(id) { $0.state = .ready(units: 0, idleSince: now) }
    }

    /// A connection could not be made.
    mutating func connectFailed(_ id: ConnectionID, now: Instant) {
        slots.removeAll { $0.id == id }
        failingSince = failingSince ?? now
        let backoff = limits.firstBackoff * (1 << min(failures, 16))
        failures += 1
        retryAt = now + min(backoff, limits.longestBackoff)
    }

    /// A connection is done with a unit of work.
    mutating func finished(_ id: ConnectionID, now: Instant) {
        update(id) { slot in
            if case .ready(let units, _) = slot.state { slot.state = .ready(units: units - 1, idleSince: now) }
            slot.isStalled = false
        }
    }

    /// A connection has been at the same unit of work for long.
    mutating func stalled(_ id: ConnectionID) {
        update(id) { $0.isStalled = true }
    }

    /// A connection broke, or was closed for its doubtful state.
    mutating func lost(_ id: ConnectionID) {
        slots.removeAll { $0.id == id }
    }

    /// Takes no more waiters; `finished` follows when all work is done.
    mutating func close() {
        isClosing = true
    }

    /// What is to be done now.
    mutating func advance(now: Instant) -> [Action] {
        var actions: [Action] = []
        assign(to: &actions)
        expire(now: now, to: &actions)
        connect(now: now, to: &actions)
        closeUnused(now: now, to: &actions)
        if isClosing, !isFinished, queue.isEmpty, slots.isEmpty {
            isFinished = true
            actions.append(.finished)
        }
        return actions
    }

    /// When `advance` is due even if nothing happens before; nil when it is not.
    var nextDue: Instant? {
        var due = nextExpiry
        func note(_ instant: Instant) { due = min(due ?? instant, instant) }
        if wantsConnection, let retryAt { note(retryAt) }
        if !queue.isEmpty, let givesUpAt { note(givesUpAt) }
        if let idleTimeout = limits.idleTimeout {
            for case .ready(0, let idleSince) in slots.map(\.state) { note(idleSince + idleTimeout) }
        }
        return due
    }
}

extension PoolStateMachine {
    private mutating func noteExpiry(_ instant: Instant) {
        nextExpiry = min(nextExpiry ?? instant, instant)
    }

    private mutating func update(_ id: ConnectionID, _ change: (inout Slot) -> Void) {
        guard let index = slots.firstIndex(where: { $0.id == id }) else { return }
        change(&slots[index])
    }

    /// The connections there may be now.
    private var allowed: Int {
        limits.connections + min(limits.spareConnections, slots.count { $0.isStalled })
    }

    /// Gives the waiters to the connections with the least to do, shared out evenly among them.
    ///
    /// Nobody is put behind another's work while a connection more can be had.
    private mutating func assign(to actions: inout [Action]) {
        let mayGrow = failures == 0 && (slots.count < allowed || slots.contains { $0.state == .connecting })
        let most = mayGrow ? 1 : limits.unitsPerConnection
        while !queue.isEmpty {
            var best: (index: Int, units: Int, idleSince: Instant)?
            var equals = 0
            for (index, slot) in slots.enumerated() {
                guard case .ready(let units, let idleSince) = slot.state, units < most, !slot.isStalled else {
                    continue
                }
                if units < best?.units ?? .max {
                    best = (index, units, idleSince)
                    equals = 0
                }
                if units == best?.units { equals += 1 }
            }
            guard let best else { return }
            let share = (queue.count + equals - 1) / equals
            var unit: [Waiter] = []
            for _ in 0..<min(share, limits.waitersPerUnit) {
                if let waiting = queue.popFirst() { unit.append(waiting.waiter) }
            }
            slots[best.index].state = .ready(units: best.units + 1, idleSince: best.idleSince)
            actions.append(.run(unit, on: slots[best.index].id))
        }
    }

    private var hasConnection: Bool { slots.contains { $0.state != .connecting } }

    /// When waiting is no longer worth while, because connections cannot be made; nil while it is.
    private var givesUpAt: Instant? {
        guard let patience = limits.outagePatience, let failingSince, !hasConnection else { return nil }
        return failingSince + patience
    }

    /// Whether there is work for a connection, or somebody will want to know when one can be made again.
    private var wantsConnection: Bool { !queue.isEmpty || givesUpAt != nil && !isClosing }

    private mutating func expire(now: Instant, to actions: inout [Action]) {
        if let givesUpAt, givesUpAt <= now {
            while let waiting = queue.popFirst() { actions.append(.refuse(waiting.waiter, .unavailable)) }
        }
        guard let due = nextExpiry, now >= due else { return }
        nextExpiry = nil
        guard !queue.isEmpty else { return }
        let isUnavailable = !hasConnection
        let expired = queue.removeAll { [limits] waiting in
            waiting.deadline.map { $0 <= now } ?? false
                || isUnavailable && waiting.since + limits.connectTimeout <= now
        }
        for waiting in expired {
            let isLate = waiting.deadline.map { $0 <= now } ?? false
            actions.append(.refuse(waiting.waiter, isLate ? .timeout : .unavailable))
        }
        for waiting in queue {
            // While there is a connection, only the deadlines count; the rest is looked at again a connect timeout later.
            let patience = max(waiting.since, isUnavailable ? waiting.since : now) + limits.connectTimeout
            noteExpiry(min(patience, waiting.deadline ?? .distantFuture))
        }
    }

    /// Opens as many connections as there is work for; after a failure one at a time, and not before its backoff.
    private mutating func connect(now: Instant, to actions: inout [Action]) {
        guard wantsConnection else { return }
        if let retryAt, now < retryAt { return }
        retryAt = nil
        let units = (queue.count + limits.waitersPerUnit - 1) / limits.waitersPerUnit
        let wanted = failures > 0 ? 1 : units
        var connecting = slots.count { $0.state == .connecting }
        while connecting < wanted, slots.count < allowed {
            lastID += 1
            slots.append(Slot(id: lastID, state: .connecting))
            actions.append(.connect(lastID))
            connecting += 1
        }
    }

    private mutating func closeUnused(now: Instant, to actions: inout [Action]) {
        guard queue.isEmpty, isClosing || limits.idleTimeout != nil || slots.count > allowed else { return }
        var surplus = slots.count - allowed
        var kept: [Slot] = []
        for slot in slots {
            if case .ready(0, let idleSince) = slot.state,
                isClosing || surplus > 0 || limits.idleTimeout.map({ idleSince + $0 <= now }) ?? false
            {
                surplus -= 1
                actions.append(.close(slot.id))
            } else {
                kept.append(slot)
            }
        }
        slots = kept
    }
}

extension ContinuousClock.Instant {
    /// Later than any deadline: some three hundred years from now.
    static let distantFuture = ContinuousClock.now + .seconds(10_000_000_000)
}
