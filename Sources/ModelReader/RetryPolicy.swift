/// When a failed call is tried again.
///
/// Pure: chance and limits are arguments.
struct RetryPolicy: Sendable {
    /// How often a call is made, the first time included.
    var attempts: Int
    /// The wait before the second attempt, without chance; each further one waits twice as long.
    var firstWait: Duration
    /// The longest wait that we choose ourselves.
    var longestWait: Duration = .seconds(60)

    /// The wait before the next attempt.
    ///
    /// Waits vary by half, so that calls which failed together do not come back together. An endpoint that says how long to
    /// wait is waited for, and no shorter than we would have waited.
    ///
    /// - Parameters:
    ///   - attempt: the attempt that failed, from 1.
    ///   - error: how it failed.
    ///   - retryAfter: how long the endpoint asks us to wait.
    ///   - chance: 0..<1.
    ///   - left: the time that there is left for all of it.
    /// - Returns: `nil` where it is not tried again: it would be no use, was tried often enough, or would take too long.
    func wait(
        afterAttempt attempt: Int,
        _ error: ModelReaderError,
        retryAfter: Duration?,
        chance: Double,
        left: Duration
    ) -> Duration? {
        guard error.isWorthRetrying, attempt < attempts else { return nil }
        // Far over any number of attempts: the longest wait is reached long before.
        let doubled = firstWait * (1 << min(attempt - 1, 20))
        let chosen = min(doubled, longestWait) * (0.5 + chance / 2)
        let wait = max(chosen, retryAfter ?? .zero)
        return wait < left ? wait : nil
    }

    /// Reads a `Retry-After` field: seconds ([RFC 9110, 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)).
    ///
    /// - Returns: `nil` for a date, which no model's endpoint is known to send, and for anything else.
    static func retryAfter(_ field: String?) -> Duration? {
        guard let seconds = field.flatMap(Double.init), seconds >= 0, seconds <= 86_400 else { return nil }
        return .seconds(seconds)
    }
}
