import Foundation

/// Times as the API writes them.
enum UTCTime {
    /// A time in RFC 3339 with microseconds, as the registry has them.
    ///
    /// - Parameter seconds: since 1970; times after the year 9999 are written as its last second.
    /// - Returns: such as `2026-01-31T12:00:00.000000Z`.
    static func text(_ seconds: Int64) -> String {
        let last: Int64 = 253_402_300_799
        let date = Date(timeIntervalSince1970: Double(min(max(seconds, 0), last)))
        return date.formatted(Date.ISO8601FormatStyle().year().month().day().time(includingFractionalSeconds: false))
            + ".000000Z"
    }
}
