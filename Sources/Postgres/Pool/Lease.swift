/// The exclusive use of one connection, from when it is granted until it is given back.
///
/// SAFETY: as with `Request`: after it was handed over, only the event loop's thread touches what changes.
final class Lease: @unchecked Sendable, Equatable {
    let deadline: ContinuousClock.Instant
    /// BEGIN, until it goes to the server together with the first request that goes there: whatever becomes of the
    /// requests before, none of the lease's can run outside of the transaction.
    var begin: SQL?
    /// Told once, when the connection is there or why it is not.
    var granted: ((PostgresError?) -> Void)?
    var connectionID: UInt64?
    var isWaiting = false
    var isCancelled = false
    var isEnded = false

    init(deadline: ContinuousClock.Instant, begin: SQL? = nil) {
        self.deadline = deadline
        self.begin = begin
    }

    static func == (left: Lease, right: Lease) -> Bool {
        left === right
    }

    func finish(_ error: PostgresError?) {
        isWaiting = false
        granted?(error)
        granted = nil
    }
}
