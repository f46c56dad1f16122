internal import CLibPQ

/// One connection: what is to be sent on it, and whose results come next.
///
/// Lives on the event loop's thread.
///
/// In pipeline mode everything is sent at once and answered in order. Without it, and for a transfer, a step waits until
/// the one before it is answered.
final class Connection {
    typealias Instant = ContinuousClock.Instant

    /// One message to the server, or one group of them that has one answer.
    enum Step {
        case prepare(Sending, StatementCache.Entry)
        case execute(Sending, statement: Int, StatementCache.Entry?, endsRead: Bool)
        /// Ends an implicit transaction: the request is over, and so, maybe, is a unit of work.
        case sync(Request?, endsUnit: Bool)
        /// Frees a prepared statement; nobody waits for it.
        case deallocate(name: String)
        case transfer(Transfer)
    }

    /// One time that a request is sent.
    struct Sending {
        let request: Request
        let ordinal: Int

        /// Whether the request has not been sent again since, elsewhere.
        var isCurrent: Bool { request.sendings == ordinal }
    }

    /// What the connection has to tell.
    enum Event {
        /// A request is over, and has its results or its error.
        case answered(Request)
        /// A unit of work is over.
        case unitDone(took: Duration)
        case transferDone(Transfer)
        case notified(channel: String, payload: String)
        /// Nothing more will come.
        case lost(PostgresError)
    }

    let id: UInt64
    let handle: ConnectionHandle
    let usesPipeline: Bool
    let preparesStatements: Bool
    var statements: StatementCache
    var outgoing = Fifo<Step>()
    var expected = Fifo<Step>()
    /// What happened since the driver last looked.
    var events: [Event] = []
    var isLost = false
    /// Whether the server has refused a write because it takes none: the connection is to be made anew, for it may lead to
    /// another server then.
    var isReadOnly = false
    /// Whether the current step has had a result, so that the next nil ends it.
    var hadResult = false
    /// Whether the socket's buffer is full and the rest waits for it to be writable.
    var wantsWrite = false
    /// The units of work under way, and since when the server has been at the first of them.
    var unitsUnderWay = 0
    var unitStartedAt: Instant?
    /// Cancellations whose thread has not finished.
    var cancelsUnderWay = 0
    /// When a cancellation was last sent or known to have arrived.
    var lastCancelAt: Instant?
    /// How many units of work were under way when the last cancellation reached the server: it may have hit any of them.
    var unitsInReach = 0
    /// The request or transfer that was last cancelled, and when.
    var cancelled: (target: AnyObject, at: Instant)?
    /// What the poller was last told to wait for.
    var interest = (reads: true, writes: false)

    var pointer: OpaquePointer { handle.pointer }
    var socket: Int32 { PQsocket(handle.pointer) }

    init(id: UInt64, handle: ConnectionHandle, configuration: PostgresConfiguration) {
        self.id = id
        self.handle = handle
        usesPipeline = configuration.pipelining
        preparesStatements = configuration.preparedStatements
        statements = StatementCache(limit: configuration.preparedStatementLimit)
        if usesPipeline { PQenterPipelineMode(handle.pointer) }
    }

    /// Whether a cancellation may have hit a statement other than the one it was meant for.
    var cancelMayStray: Bool { cancelsUnderWay > 0 || unitsInReach > 0 }

    /// How long after a cancellation a read that was cancelled unasked is put down to it.
    ///
    /// On a busy machine the server comes to its signal late. Reads only: a needless repetition costs them time alone.
    static let longestStray = Duration.seconds(5)

    /// Whether a cancellation was sent so lately that a read may have been hit by it.
    func mayBeStray(now: Instant) -> Bool {
        lastCancelAt.map { now - $0 < Self.longestStray } ?? false
    }

    /// Whether nothing is under way and no transaction is open.
    var isIdle: Bool {
        outgoing.isEmpty && expected.isEmpty && PQtransactionStatus(pointer) == PQTRANS_IDLE
    }

    /// The transfer under way.
    var transfer: Transfer? {
        if case .transfer(let transfer)? = expected.first { transfer } else { nil }
    }

    /// Adds a unit of work: requests that are sent together, reads beside each other sharing a sync.
    func enqueue(_ unit: [Request]) {
        if unitsUnderWay == 0 { unitStartedAt = .now }
        unitsUnderWay += 1
        for (index, request) in unit.enumerated() {
            request.phase = .sent(to: id)
            request.attempts += 1
            request.sendings += 1
            let isLast = index == unit.count - 1
            for statement in request.statements.indices {
                addStatement(statement, of: request)
            }
            if !isLast, request.sharesSync, unit[index + 1].sharesSync { continue }
            outgoing.append(.sync(request.isRead ? nil : request, endsUnit: isLast))
        }
    }

    /// Adds a transfer, to begin when all before it is done.
    func enqueue(_ transfer: Transfer) {
        outgoing.append(.transfer(transfer))
    }

    private func addStatement(_ index: Int, of request: Request) {
        let sending = Sending(request: request, ordinal: request.sendings)
        let sql = request.statements[index]
        let endsRead = request.isRead && index == request.statements.count - 1
        var entry: StatementCache.Entry?
        if preparesStatements, sql.isPrepared, !request.avoidsPrepared {
            entry = statements.find(sql.text)
            if entry == nil {
                let (added, evicted) = statements.insert(sql.text)
                if let evicted { outgoing.append(.deallocate(name: evicted.name)) }
                outgoing.append(.prepare(sending, added))
                entry = added
            }
        }
        outgoing.append(.execute(sending, statement: index, entry, endsRead: endsRead))
    }

    /// The reads that had better be sent elsewhere, now that the server is at a long statement.
    ///
    /// Those behind the first sync wait for it. Of those that share the first sync, any may be the long one: the server
    /// keeps the answers back until the sync.
    func readsToMove() -> [Request] {
        var groups: [[Request]] = [[]]
        for step in Array(expected) + Array(outgoing) {
            if case .sync = step { groups.append([]) }
            guard case .execute(let sending, _, _, endsRead: true) = step, sending.isCurrent, !sending.request.isDone
            else { continue }
            groups[groups.count - 1].append(sending.request)
        }
        let first = groups.removeFirst()
        return (first.count > 1 ? first : []) + groups.joined()
    }

    /// Takes what has happened.
    func takeEvents() -> [Event] {
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }

    /// The end: everything that was under way learns of it, reads that can be sent again excepted, which are returned.
    func fail(_ error: PostgresError) -> [Request] {
        var again: [Request] = []
        isLost = true
        for step in Array(expected) + Array(outgoing) {
            switch step {
            case .execute(let sending, _, _, _):
                let request = sending.request
                guard sending.isCurrent, !request.isDone else { continue }
                if request.isRead, request.attempts < Request.readAttempts {
                    again.append(request)
                } else {
                    request.finish(.failure(request.error ?? error))
                }
            case .transfer(let transfer):
                transfer.finish(.failure(error))
            case .sync(let request?, _):
                request.finish(.failure(request.error ?? error))
            case .prepare, .sync, .deallocate:
                continue
            }
        }
        expected = Fifo()
        outgoing = Fifo()
        return again
    }
}
