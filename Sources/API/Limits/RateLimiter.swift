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
        if OperationRoutes.paths.contains(path) { return nil }
        switch request.method {
        case .options: return nil
        case .get, .head: self = .reads
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
    /// Credentials that are being looked up or were found wrong, by address.
    private let guesses: Mutex<[RatePolicy: RateCounter]>
    private let start = ContinuousClock.now

    init(_ configuration: RateConfiguration) {
        let all: [(RatePolicy, RateLimit?)] = [
            (.reads, configuration.reads), (.writes, configuration.writes), (.extractions, configuration.extractions),
        ]
        let limits = Dictionary(uniqueKeysWithValues: all.compactMap { policy, limit in limit.map { (policy, $0) } })
        self.limits = limits
        counters = Mutex(limits.mapValues { RateCounter($0, capacity: configuration.clients) })
        guesses = Mutex(limits.mapValues { RateCounter($0, capacity: configuration.clients) })
    }

    /// Counts a request; `nil` where its policy has no limit.
    func count(_ policy: RatePolicy, of client: RateClient) -> Finding? {
        count(policy, of: client, in: counters)
    }

    /// Counts a credential that an address presents, before it is looked up; `nil` where its policy has no limit.
    ///
    /// Apart from the address's requests without one: who has used those up is still let in with a credential.
    func countGuess(_ policy: RatePolicy, from address: RateClient) -> Finding? {
        count(policy, of: address, in: guesses)
    }

    /// Takes the count of a credential back that was none: it was found right.
    func forgetGuess(_ policy: RatePolicy, from address: RateClient) {
        let now = now
        guesses.withLock { $0[policy]?.giveBack(to: address, at: now) }
    }

    private func count(
        _ policy: RatePolicy,
        of client: RateClient,
        in counters: borrowing Mutex<[RatePolicy: RateCounter]>
    ) -> Finding? {
        guard let limit = limits[policy] else { return nil }
        let now = now
        let verdict = counters.withLock { $0[policy]?.take(client, at: now) }
        return verdict.map { Finding(verdict: $0, policy: policy, limit: limit) }
    }

    private var now: Double { (ContinuousClock.now - start) / .seconds(1) }
}
