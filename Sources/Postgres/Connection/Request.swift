/// Statements that go to the server as one, and whoever waits for their results.
///
/// SAFETY: everything that changes is touched by the event loop's thread only, after the continuation was set and the
/// request handed over through the mailbox, whose lock orders the two.
final class Request: @unchecked Sendable, Equatable {
    typealias Instant = ContinuousClock.Instant
    typealias Outcome = Result<[Rows], PostgresError>

    /// Where a request stands.
    enum Phase {
        case new
        case queued
        case sent(to: UInt64)
        case done
    }

    /// How often a read is sent at most when connections break under it: when the server goes, all of them do.
    static let readAttempts = 4

    private(set) var statements: [SQL]
    /// Whether the first statement is the BEGIN of the transaction, of which nobody waits for the result.
    private(set) var begins = false
    /// Whether it changes nothing, so that it may share a sync with others and be sent once more.
    let isRead: Bool
    let deadline: Instant?
    /// Told the outcome, once, on the loop's thread.
    var completion: ((Outcome) -> Void)?

    var phase = Phase.new
    var results: [Rows] = []
    /// The first error of its statements.
    var error: PostgresError?
    /// Whether the server skipped it for the error of another that shared its sync.
    var wasSkipped = false
    /// Whether its statements must be parsed anew, because the prepared ones were of no use.
    var avoidsPrepared = false
    /// Whether it must not share a sync any more.
    var isAlone = false
    /// How often it has been sent, skipping by the server not counted.
    var attempts = 0
    /// How often it has been sent, all counted; only the answer to the last time is its own.
    var sendings = 0
    /// Since when nobody has been waiting for it any more.
    var abandonedAt: Instant?

    init(_ statements: [SQL], isRead: Bool = false, deadline: Instant? = nil) {
        self.statements = statements
        self.isRead = isRead
        self.deadline = deadline
    }

    static func == (left: Request, right: Request) -> Bool {
        left === right
    }

    /// Puts the BEGIN of its transaction before its statements.
    func begin(with statement: SQL) {
        statements.insert(statement, at: 0)
        begins = true
    }

    var isDone: Bool { completion == nil }

    /// What it is called in logs and errors.
    var name: String? { statements.lazy.compactMap(\.name).first }

    /// Whether it can share a sync with the reads beside it.
    var sharesSync: Bool { isRead && !isAlone }

    /// Tells the outcome, unless it has been told.
    func finish(_ outcome: Outcome) {
        let tell = completion
        completion = nil
        tell?(outcome)
    }

    /// Makes it ready to be sent once more.
    func reset() {
        results = []
        error = nil
        wasSkipped = false
    }
}
