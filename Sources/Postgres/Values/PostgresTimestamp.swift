/// A `timestamptz`: a moment, in microseconds since 1970-01-01T00:00:00Z.
package struct PostgresTimestamp: Hashable, Comparable, PostgresEncodable, PostgresDecodable, CustomStringConvertible {
    /// Microseconds since 1970-01-01T00:00:00Z.
    package let microsecondsSinceEpoch: Int64

    /// PostgreSQL's `infinity`: after every moment.
    package static let infinity = PostgresTimestamp(microsecondsSinceEpoch: .max)
    /// PostgreSQL's `-infinity`: before every moment.
    package static let negativeInfinity = PostgresTimestamp(microsecondsSinceEpoch: .min)

    private static let microsecondsPerDay: Int64 = 86_400_000_000

    /// Makes a moment of its number of microseconds since 1970-01-01T00:00:00Z.
    package init(microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    /// RFC 3339 in UTC with as many decimals as needed: `2024-02-29T12:30:00.25Z`; the infinities as PostgreSQL writes
    /// them.
    package var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes, separator: "T", zone: "Z")
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the moment comes before another.
    package static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microsecondsSinceEpoch < right.microsecondsSinceEpoch
    }

    /// Writes `2024-02-29 12:30:00.25+00`.
    package func appendPostgresText(to bytes: inout [UInt8]) {
        append(to: &bytes, separator: " ", zone: "+00")
    }

    private func append(to bytes: inout [UInt8], separator: String, zone: String) {
        switch self {
        case .infinity: bytes += "infinity".utf8
        case .negativeInfinity: bytes += "-infinity".utf8
        default:
            let (days, time) = microsecondsSinceEpoch.flooredDivision(by: PostgresTimestamp.microsecondsPerDay)
            let civil = CivilDate(daysSinceEpoch: Int(days))
            civil.append(to: &bytes)
            bytes += separator.utf8
            TimeOfDay(microseconds: Int(time)).append(to: &bytes)
            bytes += zone.utf8
            if civil.isBeforeChrist { bytes += " BC".utf8 }
        }
    }

    /// Reads what PostgreSQL prints for `timestamptz` (any offset) and `timestamp` (taken as UTC), and RFC 3339.
    package init?(postgresText bytes: Span<UInt8>) {
        var reader = DigitReader(bytes)
        if reader.consume("infinity") {
            self = .infinity
        } else if reader.consume("-infinity") {
            self = .negativeInfinity
        } else {
            guard var civil = reader.readDate(), reader.consume(" ") || reader.consume("T"),
                let time = reader.readTimeMicroseconds(), let offset = reader.readOffsetSeconds()
            else { return nil }
            if reader.consume(" BC") { civil.makeBeforeChrist() }
            guard let days = civil.daysSinceEpoch else { return nil }
            let (day, overflowed) = Int64(days).multipliedReportingOverflow(by: PostgresTimestamp.microsecondsPerDay)
            let (sum, overflowedToo) = day.addingReportingOverflow(Int64(time - offset * 1_000_000))
            guard !overflowed, !overflowedToo else { return nil }
            microsecondsSinceEpoch = sum
        }
        guard reader.isAtEnd else { return nil }
    }
}
