import Hummingbird
import Synchronization

/// The kinds of requests that are counted apart.
enum RatePolicy: String, CaseIterable {
    case reads
    case writes
    case extractions

    /// The policy that a request falls under; `nil` for what is not counted: what machines ask of operations, and OPTIONS.
    init?(_ request: Request) {
        let path = request.uri.path
        switch request.method {
        case .options: return nil
        case .get, .head:
            if ["/livez", "/readyz", "/metrics"].contains(path) { return nil }
            self = .reads
        case .post where path == "/v1/extract": self = .extractions
        default: self = .writes
        }
    }
}

/// Counts the requests of all clients, by policy.
final class RateLimiter: Sendable {
    /// What the answer to a request says of the count.
    struct Finding {
        var verdict: RateVerdict
        var policy: RatePolicy
        var limit: RateLimit
    }

    private let limits: [RatePolicy: RateLimit]
    private let counters: Mutex<[RatePolicy: RateCounter]>
    private let start = ContinuousClock.now

    init(_ configuration: RateConfiguration) {
        let all: [(RatePolicy, RateLimit?)] = [
            (.reads, configuration.reads), (.writes, configuration.writes), (.extractions, configuration.extractions),
        ]
        let limits = Dictionary(uniqueKeysWithValues: all.compactMap { policy, limit in limit.map { (policy, $0) } })
        self.limits = limits
        counters = Mutex(limits.mapValues { RateCounter($0, capacity: configuration.clients) })
    }

    /// Counts a request; `nil` where its policy has no limit.
    func count(_ policy: RatePolicy, of client: RateClient) -> Finding? {
        guard let limit = limits[policy] else { return nil }
        let now = (ContinuousClock.now - start) / .seconds(1)
        let verdict = counters.withLock { $0[policy]?.take(client, at: now) }
        return verdict.map { Finding(verdict: $0, policy: policy, limit: limit) }
    }

    /// Whether anything is limited.
    var isOn: Bool { !limits.isEmpty }
}
