/// A `date`: a day of the proleptic Gregorian calendar.
package struct PostgresDate: Hashable, Comparable, PostgresEncodable, PostgresDecodable, CustomStringConvertible {
    /// Days since 1970-01-01.
    package let daysSinceEpoch: Int

    /// PostgreSQL's `infinity`: after every day.
    package static let infinity = PostgresDate(daysSinceEpoch: .max)
    /// PostgreSQL's `-infinity`: before every day.
    package static let negativeInfinity = PostgresDate(daysSinceEpoch: .min)

    /// Makes a date of its number of days since 1970-01-01.
    package init(daysSinceEpoch: Int) {
        self.daysSinceEpoch = daysSinceEpoch
    }

    /// Makes a date of its parts; nil when there is no such day. The year 0 is 1 BC.
    package init?(year: Int, month: Int, day: Int) {
        guard let days = CivilDate(year: year, month: month, day: day)?.daysSinceEpoch else { return nil }
        daysSinceEpoch = days
    }

    /// Year (0 is 1 BC), month and day; nil for the infinities.
    package var parts: (year: Int, month: Int, day: Int)? {
        guard self != .infinity, self != .negativeInfinity else { return nil }
        let civil = CivilDate(daysSinceEpoch: daysSinceEpoch)
        return (civil.year, civil.month, civil.day)
    }

    /// The day as `2024-02-29`, as PostgreSQL writes it.
    package var description: String {
        var bytes: [UInt8] = []
        appendPostgresText(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the day comes before another.
    package static func < (left: PostgresDate, right: PostgresDate) -> Bool {
        left.daysSinceEpoch < right.daysSinceEpoch
    }

    /// Writes `2024-02-29`, with ` BC` for the years before 1.
    package func appendPostgresText(to bytes: inout [UInt8]) {
        switch self {
        case .infinity: bytes += "infinity".utf8
        case .negativeInfinity: bytes += "-infinity".utf8
        default:
            let civil = CivilDate(daysSinceEpoch: daysSinceEpoch)
            civil.append(to: &bytes)
            if civil.isBeforeChrist { bytes += " BC".utf8 }
        }
    }

    /// Reads ISO dates as PostgreSQL writes them.
    package init?(postgresText bytes: Span<UInt8>) {
        var reader = DigitReader(bytes)
        if reader.consume("infinity") {
            self = .infinity
        } else if reader.consume("-infinity") {
            self = .negativeInfinity
        } else {
            guard var civil = reader.readDate() else { return nil }
            if reader.consume(" BC") { civil.makeBeforeChrist() }
            guard let days = civil.daysSinceEpoch else { return nil }
            daysSinceEpoch = days
        }
        guard reader.isAtEnd else { return nil }
    }
}
