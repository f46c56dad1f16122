/// Reads the digits and marks of dates and times from a text, front to back.
struct DigitReader {
    /// A copy, so that reading needs neither a pointer nor an allocation.
    ///
    /// The longest text of a timestamp that PostgreSQL prints has 35 bytes; a longer one reads as empty, which no date
    /// is.
    private var bytes: InlineArray<40, UInt8>
    private let count: Int
    private var position = 0

    init(_ bytes: Span<UInt8>) {
        self.bytes = InlineArray(repeating: 0)
        count = bytes.count <= 40 ? bytes.count : 0
        for index in 0..<count { self.bytes[index] = bytes[index] }
    }

    var isAtEnd: Bool { position == count }

    /// Skips the text when it comes next; says whether it did.
    mutating func consume(_ text: StaticString) -> Bool {
        guard position + text.utf8CodeUnitCount <= count else { return false }
        for offset in 0..<text.utf8CodeUnitCount where text.utf8Start[offset] != bytes[position + offset] {
            return false
        }
        position += text.utf8CodeUnitCount
        return true
    }

    /// Reads between `least` and nine digits.
    private mutating func readNumber(least: Int) -> Int? {
        var number = 0
        let start = position
        while position < count, position - start < 9 {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            number = number * 10 + Int(digit)
            position += 1
        }
        return position - start >= least ? number : nil
    }

    /// Reads `2024-02-29`, whether or not there is such a day.
    mutating func readDate() -> CivilDate? {
        guard let year = readNumber(least: 4), year > 0, consume("-"), let month = readNumber(least: 2), consume("-"),
            let day = readNumber(least: 2)
        else { return nil }
        return CivilDate(uncheckedYear: year, month: month, day: day)
    }

    /// Reads `12:30:00` or `12:30:00.25` as microseconds since midnight; decimals after the sixth are cut.
    mutating func readTimeMicroseconds() -> Int? {
        guard let hours = readNumber(least: 2), consume(":"), let minutes = readNumber(least: 2), consume(":"),
            let seconds = readNumber(least: 2), hours <= 24, minutes < 60, seconds <= 60
        else { return nil }
        var fraction = 0
        if consume(".") {
            let start = position
            guard let digits = readNumber(least: 1) else { return nil }
            fraction = digits
            for _ in 0..<max(0, 6 - (position - start)) { fraction *= 10 }
            for _ in 0..<max(0, position - start - 6) { fraction /= 10 }
        }
        return ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction
    }

    /// Reads `Z`, `+02`, `-03:30` or `+00:19:32` as seconds east of UTC; nothing is 0.
    mutating func readOffsetSeconds() -> Int? {
        if consume("Z") { return 0 }
        let sign = consume("+") ? 1 : consume("-") ? -1 : 0
        guard sign != 0 else { return 0 }
        guard let hours = readNumber(least: 2) else { return nil }
        var seconds = hours * 3600
        for unit in [60, 1] where consume(":") {
            guard let number = readNumber(least: 2) else { return nil }
            seconds += number * unit
        }
        return sign * seconds
    }
}
