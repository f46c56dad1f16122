/// What a pool may do, and how long it waits.
struct PoolLimits {
    /// The most connections at a time.
    var connections: Int
    /// How many units of work a connection has under way at a time: 1 for an exclusive lease, more to keep a pipeline
    /// full.
    var unitsPerConnection = 1
    /// How many waiters go to a connection as one unit of work.
    var waitersPerUnit = 1
    /// How many connections more may be made while others are stalled by work that takes long.
    var spareConnections = 0
    /// The most waiters; a further one is refused.
    var queue: Int
    /// How long a waiter stays while there is no connection at all.
    var connectTimeout: Duration
    /// How long it is worth waiting once connections cannot be made; nil for as long as the connect timeout.
    ///
    /// With it, whoever comes after that is refused at once, and attempts go on whether anybody waits or not.
    var outagePatience: Duration?
    /// How long an unused connection stays open; nil for ever.
    var idleTimeout: Duration?
    /// The wait after the first failure to connect; doubled after each further one.
    var firstBackoff: Duration = .milliseconds(50)
    /// The longest such wait.
    var longestBackoff: Duration = .seconds(2)
}
