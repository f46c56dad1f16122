/// A day by year, month and day. The year 0 is 1 BC.
///
/// The conversions are Howard Hinnant's (https://howardhinnant.github.io/date_algorithms.html): the year starts in March,
/// so that the leap day comes last.
struct CivilDate {
    private(set) var year: Int
    let month: Int
    let day: Int

    private static let daysBeforeEpoch = 719_468
    /// PostgreSQL's own last year for a date; keeps the arithmetic far from overflow.
    private static let years = -4_713...5_874_897

    /// Takes parts that make a day; nil otherwise.
    init?(year: Int, month: Int, day: Int) {
        self.init(uncheckedYear: year, month: month, day: day)
        guard daysSinceEpoch != nil else { return nil }
    }

    init(uncheckedYear year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(daysSinceEpoch: Int) {
        let (era, dayOfEra) = (daysSinceEpoch + CivilDate.daysBeforeEpoch).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01; nil when there is no such day.
    var daysSinceEpoch: Int? {
        guard CivilDate.years.contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredDivision(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - CivilDate.daysBeforeEpoch
        // A day past the end of its month comes back as one of the next.
        let back = CivilDate(daysSinceEpoch: days)
        return back.month == month && back.day == day ? days : nil
    }

    var isBeforeChrist: Bool { year < 1 }

    /// Reads the year as one before Christ, which has no year 0.
    mutating func makeBeforeChrist() {
        year = 1 - year
    }

    /// Appends `2024-02-29`; for a day before Christ the year as counted there, without the mark.
    func append(to bytes: inout [UInt8]) {
        let shown = isBeforeChrist ? 1 - year : year
        appendPadded(shown, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendPadded(month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendPadded(day, width: 2, to: &bytes)
    }
}

/// A time of day in microseconds since midnight.
struct TimeOfDay {
    let microseconds: Int

    /// Appends `12:30:00.25`: decimals only as far as they are not zero.
    func append(to bytes: inout [UInt8]) {
        let seconds = microseconds / 1_000_000
        appendPadded(seconds / 3600, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendPadded(seconds / 60 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendPadded(seconds % 60, width: 2, to: &bytes)
        let fraction = microseconds % 1_000_000
        guard fraction > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        appendPadded(fraction, width: 6, to: &bytes)
        while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
    }
}

/// Appends a number of at least `width` digits, zeros in front.
private func appendPadded(_ number: Int, width: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    number.appendPostgresText(to: &bytes)
    let missing = width - (bytes.count - start)
    if missing > 0 { bytes.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: missing), at: start) }
}

extension BinaryInteger {
    /// Quotient and remainder where the remainder is never negative. The divisor must be positive.
    func flooredDivision(by divisor: Self) -> (quotient: Self, remainder: Self) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
