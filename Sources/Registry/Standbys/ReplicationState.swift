internal import Postgres

/// What is known of the primary and its standbys, and which of them may be read from: no clock, no I/O.
///
/// How far a standby is behind is measured by the primary's own positions: where it has replayed what the primary had
/// written at a moment, it is no older than that moment. So an idle primary's standby is not behind, and no clocks of two
/// machines are compared.
struct ReplicationState: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// What a server that standbys are expected at is found to be.
    enum Condition: String, Sendable, Hashable {
        case unknown
        case unreachable
        /// It follows a primary.
        case standby
        /// It takes writes itself: it was promoted, or never was a standby.
        case primary
    }

    /// One of the servers.
    struct Server: Sendable {
        var condition = Condition.unknown
        var position: LSN?
        /// The latest moment of which it is known to have everything.
        var freshAt: Instant?
    }

    private struct Sample {
        var at: Instant
        var position: LSN
    }

    let limits: StandbyLimits
    private(set) var servers: [Server]
    /// Whether the primary has answered the last time it was asked.
    private(set) var isPrimaryReachable = false
    private var samples: [Sample] = []
    /// How many samples are kept: five minutes of them, beyond which a lag is only known to be longer.
    private static let mostSamples = 1200

    /// Starts knowing nothing, so that no server is read from.
    init(count: Int, limits: StandbyLimits) {
        self.limits = limits
        servers = Array(repeating: Server(), count: count)
    }

    /// The primary has told its position.
    mutating func primary(at position: LSN, askedAt: Instant) {
        isPrimaryReachable = true
        if samples.count >= Self.mostSamples { samples.removeFirst(Self.mostSamples / 4) }
        samples.append(Sample(at: askedAt, position: position))
    }

    /// The primary has not answered.
    mutating func primaryFailed() {
        isPrimaryReachable = false
    }

    /// A server has told what it is.
    mutating func server(_ index: Int, is state: ServerState) {
        servers[index].condition = state.isStandby ? .standby : .primary
        servers[index].position = state.position
        // The newest first: after a failover, older ones may be of a history that came to nothing.
        guard let reached = samples.last(where: { $0.position <= state.position }) else { return }
        servers[index].freshAt = max(servers[index].freshAt ?? reached.at, reached.at)
    }

    /// A server has not answered.
    mutating func serverFailed(_ index: Int) {
        servers[index].condition = .unreachable
    }

    /// How far a server is behind what was last known of the primary; `nil` where that is not known.
    ///
    /// Not behind the present: while the primary is away, nothing is written, and its standbys do not age.
    func lag(of index: Int) -> Duration? {
        guard let newest = samples.last, let freshAt = servers[index].freshAt else { return nil }
        return max(.zero, newest.at - freshAt)
    }

    /// How many bytes of the log a server has still to replay.
    func lagBytes(of index: Int) -> UInt64? {
        guard let newest = samples.last, let position = servers[index].position else { return nil }
        return newest.position.bytes(since: position)
    }

    /// Whether reads may go to a server.
    func isUsable(_ index: Int) -> Bool {
        guard servers[index].condition == .standby, let lag = lag(of: index) else { return false }
        return lag <= limits.lag
    }

    /// What every read has to see: what the primary had written as long ago as a standby may be behind.
    var floor: LSN? {
        guard let newest = samples.last else { return nil }
        return samples.last { $0.at <= newest.at - limits.lag }?.position
    }
}
