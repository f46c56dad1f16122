internal import Logging

/// Drives all connections of a client: the event loop's state and thread.
///
/// Made on its thread and never seen by another; what comes from outside comes through the mailbox.
final class Driver {
    typealias Instant = ContinuousClock.Instant

    /// Which connections a number belongs to: the lanes number theirs from far apart.
    enum FirstID {
        static let short: UInt64 = 1
        static let exclusive: UInt64 = 1 << 32
        static let listener: UInt64 = 1 << 33
    }

    let configuration: PostgresConfiguration
    let mailbox: Mailbox
    let logger: Logger
    let shortConnector: Connector
    let exclusiveConnector: Connector

    var poller = Poller()
    var connections: [UInt64: Connection] = [:]
    var short: PoolStateMachine<Request>
    var exclusive: PoolStateMachine<Lease>
    var listener = Listener()
    /// Leases given back while a cancellation was still on its way to their connection.
    var releases: Set<UInt64> = []
    /// Why the last attempt to connect failed.
    var connectError: PostgresError?
    /// How long units of short requests take of late: a running mean.
    var typicalUnit: Duration = .zero
    /// When the time limits of what is under way are to be looked at next.
    var nextCheck: Instant?
    var lanesOpen = 2
    var onClosed: [@Sendable () -> Void] = []
    /// Whether the client is gone, so that nobody can ask for anything any more.
    var isReleased = false

    private static let wakeUpToken: UInt64 = 0

    init(
        configuration: PostgresConfiguration,
        mailbox: Mailbox,
        logger: Logger,
        shortConnector: Connector,
        exclusiveConnector: Connector
    ) {
        self.configuration = configuration
        self.mailbox = mailbox
        self.logger = logger
        self.shortConnector = shortConnector
        self.exclusiveConnector = exclusiveConnector
        var shortLimits = PoolLimits(
            connections: max(1, configuration.shortConnections),
            unitsPerConnection: configuration.pipelining ? 2 : 1,
            waitersPerUnit: configuration.pipelining ? max(1, configuration.batchSize) : 1,
            spareConnections: configuration.spareShortConnections,
            queue: configuration.shortQueueLimit,
            connectTimeout: configuration.connectTimeout,
            outagePatience: configuration.outagePatience
        )
        var exclusiveLimits = PoolLimits(
            connections: max(1, configuration.exclusiveConnections),
            queue: configuration.exclusiveQueueLimit,
            connectTimeout: configuration.connectTimeout,
            outagePatience: configuration.outagePatience,
            idleTimeout: configuration.idleTimeout
        )
        if configuration.outagePatience != nil {
            // Who is refused meanwhile is to be served within a second of the server's return.
            shortLimits.longestBackoff = .milliseconds(500)
            exclusiveLimits.longestBackoff = .milliseconds(500)
        }
        short = PoolStateMachine(limits: shortLimits, firstID: FirstID.short)
        exclusive = PoolStateMachine(limits: exclusiveLimits, firstID: FirstID.exclusive)
    }

    /// Runs until the client is gone and all work is done; a closed client still gets its answers.
    func run() {
        poller.add(mailbox.wakeUpDescriptor, token: Driver.wakeUpToken)
        var commands: [Command] = []
        while true {
            mailbox.take(into: &commands)
            for command in commands { perform(command) }
            let now = Instant.now
            settle(now: now)
            if lanesOpen == 0, connections.isEmpty {
                for done in onClosed { done() }
                onClosed = []
                if isReleased { return }
            }
            let sleeps = mailbox.prepareToSleep()
            let ready = poller.wait(milliseconds: sleeps ? millisecondsToSleep(from: now) : 0)
            mailbox.wokeUp(isSignalled: ready.contains { $0.token == Driver.wakeUpToken })
            for readiness in ready {
                guard let connection = connections[readiness.token] else { continue }
                if readiness.canRead { connection.receive() }
                if readiness.canWrite { connection.flush() }
            }
            if let nextCheck, nextCheck <= .now { checkTimes(now: .now) }
        }
    }

    private func perform(_ command: Command) {
        switch command {
        case .submit(let request): submit(request)
        case .run(let body): body(self)
        }
    }

    private func millisecondsToSleep(from now: Instant) -> Int32 {
        let due = [nextCheck, short.nextDue, exclusive.nextDue, listener.retryAt].compactMap { $0 }.min()
        guard let due else { return -1 }
        guard due > now else { return 0 }
        return Int32(clamping: (due - now).milliseconds)
    }

    /// Lets everything follow that follows from what has happened.
    private func settle(now: Instant) {
        repeat {
            for connection in connections.values where !connection.events.isEmpty {
                for event in connection.takeEvents() { handle(event, of: connection, now: now) }
            }
            for action in short.advance(now: now) { perform(action, now: now) }
            for action in exclusive.advance(now: now) { perform(action) }
            keepListening(now: now)
            for connection in connections.values {
                connection.send()
                updateInterest(of: connection)
            }
        } while connections.values.contains { !$0.events.isEmpty }
    }

    private func updateInterest(of connection: Connection) {
        let reads = !(connection.transfer?.isPaused ?? false)
        let writes = connection.wantsWrite
        guard connection.interest != (reads, writes) else { return }
        connection.interest = (reads, writes)
        poller.change(connection.socket, token: connection.id, reads: reads, writes: writes)
    }

    private func handle(_ event: Connection.Event, of connection: Connection, now: Instant) {
        switch event {
        case .answered(let request):
            conclude(request, on: connection, now: now)
            // Of a lease, once it is given back.
            if connection.isReadOnly, connection.id < FirstID.exclusive {
                connection.lose(PostgresError(.connectionLost, "closed because the server takes no writes"))
            }
        case .unitDone(let took):
            guard connection.id < FirstID.exclusive else { return }
            typicalUnit += (took - typicalUnit) / 8
            short.finished(connection.id, now: now)
        case .transferDone: break
        case .notified(let channel, let payload): listener.deliver(.message(payload), on: channel)
        case .lost(let error): drop(connection, error, now: now)
        }
    }
}
