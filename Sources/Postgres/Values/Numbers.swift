extension Bool: PostgresEncodable, PostgresDecodable {
    /// Writes `t` or `f`.
    package func appendPostgresText(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: self ? "t" : "f"))
    }

    /// Reads `t` or `f`, or the words in full.
    package init?(postgresText bytes: Span<UInt8>) {
        switch bytes.isEmpty ? 0 : bytes[0] {
        case UInt8(ascii: "t"): self = true
        case UInt8(ascii: "f"): self = false
        default: return nil
        }
    }
}

/// The text format of the integers, without a `String` in between.
extension FixedWidthInteger where Self: Sendable {
    fileprivate func appendDecimal(to bytes: inout [UInt8]) {
        if self < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = magnitude
        let start = bytes.count
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
            rest = quotient
        } while rest != 0
        bytes[start...].reverse()
    }

    fileprivate init?(decimal bytes: Span<UInt8>) {
        guard !bytes.isEmpty else { return nil }
        let isNegative = bytes[0] == UInt8(ascii: "-")
        let first = isNegative ? 1 : 0
        guard first < bytes.count else { return nil }
        var value: Self = 0
        for index in first..<bytes.count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
            // Counting down from zero for a negative number reaches its least value, which has no positive twin.
            let (sum, overflowedToo) =
                isNegative
                ? tens.subtractingReportingOverflow(Self(digit)) : tens.addingReportingOverflow(Self(digit))
            guard !overflowed, !overflowedToo else { return nil }
            value = sum
        }
        self = value
    }
}

extension Int16: PostgresEncodable, PostgresDecodable {
    /// Writes decimal digits.
    package func appendPostgresText(to bytes: inout [UInt8]) { appendDecimal(to: &bytes) }
    /// Reads decimal digits; nil out of range.
    package init?(postgresText bytes: Span<UInt8>) { self.init(decimal: bytes) }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    /// Writes decimal digits.
    package func appendPostgresText(to bytes: inout [UInt8]) { appendDecimal(to: &bytes) }
    /// Reads decimal digits; nil out of range.
    package init?(postgresText bytes: Span<UInt8>) { self.init(decimal: bytes) }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    /// Writes decimal digits.
    package func appendPostgresText(to bytes: inout [UInt8]) { appendDecimal(to: &bytes) }
    /// Reads decimal digits; nil out of range.
    package init?(postgresText bytes: Span<UInt8>) { self.init(decimal: bytes) }
}

extension Int: PostgresEncodable, PostgresDecodable {
    /// Writes decimal digits.
    package func appendPostgresText(to bytes: inout [UInt8]) { appendDecimal(to: &bytes) }
    /// Reads decimal digits; nil out of range.
    package init?(postgresText bytes: Span<UInt8>) { self.init(decimal: bytes) }
}

extension Double: PostgresEncodable, PostgresDecodable {
    /// Writes the shortest digits that read back as the same number; `NaN` and `Infinity` as PostgreSQL does.
    package func appendPostgresText(to bytes: inout [UInt8]) {
        switch self {
        case _ where isNaN: bytes += "NaN".utf8
        case .infinity: bytes += "Infinity".utf8
        case -.infinity: bytes += "-Infinity".utf8
        default: bytes += description.utf8
        }
    }

    /// Reads what PostgreSQL prints for `real` and `double precision`.
    package init?(postgresText bytes: Span<UInt8>) {
        guard let text = String(postgresText: bytes) else { return nil }
        self.init(text)
    }
}
