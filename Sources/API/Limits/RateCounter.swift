/// Whose requests are counted together.
enum RateClient: Hashable {
    case account(Int64)
    case address(String)
    /// All for whom there is no place in the table.
    case others
}

/// What a request did to its client's account of requests.
struct RateVerdict: Hashable {
    /// Whether the request is taken.
    var isAllowed: Bool
    /// How many more would be taken now.
    var remaining: Int
    /// In how many seconds the whole quota is there again, rounded up.
    var resetSeconds: Int
    /// After how many seconds a request is taken again, rounded up; 0 where one is taken now.
    var retrySeconds: Int
}

/// Counts requests by a token bucket for each client: it holds the quota, and what is taken out comes back evenly over the
/// time of the limit.
///
/// Kept as one number a client, the time at which the bucket is full again (the generic cell rate algorithm). A client
/// whose bucket is full takes no memory after the next sweep.
struct RateCounter {
    private let limit: RateLimit
    private let capacity: Int
    /// When each bucket is full again.
    private var fullAt: [RateClient: Double] = [:]
    private var sweptAt = -Double.infinity

    /// Counts for so many clients at once; others share one bucket.
    init(_ limit: RateLimit, capacity: Int) {
        self.limit = limit
        self.capacity = capacity
    }

    /// How many clients are counted at the moment.
    var clientCount: Int { fullAt.count }

    /// Takes a request out of a client's bucket, if there is one left in it.
    ///
    /// - Parameters:
    ///   - client: whose request it is.
    ///   - now: seconds on a clock that never goes back.
    /// - Returns: whether there was one, and what is left.
    mutating func take(_ client: RateClient, at now: Double) -> RateVerdict {
        let client = place(client, at: now)
        let (window, interval) = (Double(limit.seconds), interval)
        let before = max(fullAt[client] ?? now, now)
        let after = before + interval
        // A hair of room, for sums of fractions.
        guard after - now <= window + interval * Self.tolerance else {
            return RateVerdict(
                isAllowed: false,
                remaining: 0,
                resetSeconds: Self.wholeSeconds(before - now),
                retrySeconds: Self.wholeSeconds(after - now - window)
            )
        }
        fullAt[client] = after
        return RateVerdict(
            isAllowed: true,
            remaining: Int((window - (after - now)) / interval + Self.tolerance),
            resetSeconds: Self.wholeSeconds(after - now),
            retrySeconds: 0
        )
    }

    /// Puts back what ``take(_:at:)`` took out of a client's bucket a moment ago.
    mutating func giveBack(to client: RateClient, at now: Double) {
        // Who had no place took it out of the bucket of all others.
        let bucket = fullAt[client] == nil ? RateClient.others : client
        guard let before = fullAt[bucket] else { return }
        // With one more in it, it is full so much sooner; more than full it cannot be.
        fullAt[bucket] = max(now, before - interval)
    }

    /// After how many seconds one more is in a bucket.
    private var interval: Double { Double(limit.seconds) / Double(limit.quota) }

    /// The client itself where there is a place for it.
    private mutating func place(_ client: RateClient, at now: Double) -> RateClient {
        guard fullAt[client] == nil, fullAt.count >= capacity else { return client }
        if now - sweptAt >= 1 {
            sweptAt = now
            fullAt = fullAt.filter { $0.value > now }
        }
        return fullAt.count < capacity ? client : .others
    }

    private static func wholeSeconds(_ seconds: Double) -> Int {
        max(1, Int((seconds - 1e-6).rounded(.up)))
    }

    private static let tolerance = 1e-4
}
