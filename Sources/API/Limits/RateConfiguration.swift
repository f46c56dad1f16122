/// How much one client may ask for in a time.
package struct RateLimit: Sendable, Hashable {
    /// How many requests.
    package var quota: Int
    /// In how many seconds.
    package var seconds: Int

    /// Makes a limit; both numbers are at least 1.
    package init(quota: Int, seconds: Int) {
        precondition(quota > 0 && seconds > 0, "a rate limit has a quota and a time")
        self.quota = quota
        self.seconds = seconds
    }
}

/// How many requests are taken of one client: of an account, and where there is none, of an address.
///
/// The defaults stop a client that has run wild, and nobody else: a service that everyone can reach wants lower ones.
package struct RateConfiguration: Sendable, Hashable {
    /// GET and HEAD; `nil` for no limit.
    package var reads: RateLimit? = RateLimit(quota: 6_000_000, seconds: 60)
    /// Everything that changes something; `nil` for no limit.
    package var writes: RateLimit? = RateLimit(quota: 6000, seconds: 60)
    /// Reading texts that are not kept; `nil` for no limit.
    package var extractions: RateLimit? = RateLimit(quota: 6000, seconds: 60)
    /// How many proxies stand in front and add the address they were reached from to X-Forwarded-For; 0 where clients
    /// connect directly, so that what they write there is not believed.
    package var proxies = 0
    /// How many clients are counted apart; all that come on top share one count.
    ///
    /// Some 100 bytes each.
    package var clients = 100_000

    /// The defaults.
    package init() {}

    /// No limits at all.
    package static var off: RateConfiguration {
        var configuration = RateConfiguration()
        (configuration.reads, configuration.writes, configuration.extractions) = (nil, nil, nil)
        return configuration
    }
}
