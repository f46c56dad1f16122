/// A decimal number exactly as printed: no binary fraction, no lost trailing zero.
///
/// The text is plain (`-?digits(.digits)?`), so that it goes into PostgreSQL's `numeric` and into JSON strings unchanged.
public struct ExactDecimal: Sendable, Hashable, CustomStringConvertible {
    /// The number as text, such as `78.370` or `-3`.
    public let description: String

    /// Takes a plain decimal.
    ///
    /// Gives `nil` for anything else (exponents, signs of plus, separators, spaces).
    ///
    /// - Parameter text: `-?digits(.digits)?`, ASCII, at most ``maximumLength`` characters.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= Self.maximumLength, Self.isPlain(text.utf8) else { return nil }
        self.description = String(text)
    }

    /// Takes a whole number.
    public init(_ number: Int) {
        self.description = String(number)
    }

    /// The longest text taken.
    ///
    /// Far over any reported number, far under PostgreSQL's 131,072 digits.
    public static let maximumLength = 128

    private static func isPlain(_ bytes: some Sequence<UInt8>) -> Bool {
        var digits = 0
        var fraction: Int?
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                if let count = fraction { fraction = count + 1 }
            case UInt8(ascii: "-") where index == 0: continue
            case UInt8(ascii: ".") where digits > 0 && fraction == nil: fraction = 0
            default: return false
            }
        }
        return digits > 0 && fraction != 0
    }
}

extension ExactDecimal: Comparable {
    /// Compares by value: `78.37` and `78.370` are neither less than the other, though they are not equal as texts.
    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        let (a, b) = (Parts(left), Parts(right))
        if a.isNegative != b.isNegative { return a.isNegative }
        return a.isNegative ? b.isMagnitudeLess(than: a) : a.isMagnitudeLess(than: b)
    }

    private struct Parts {
        var isNegative: Bool
        var whole: Substring
        var fraction: Substring

        init(_ number: ExactDecimal) {
            var text = Substring(number.description)
            let hasSign = text.hasPrefix("-")
            if hasSign { text = text.dropFirst() }
            let point = text.firstIndex(of: ".") ?? text.endIndex
            self.whole = text[..<point].drop { $0 == "0" }
            var fraction = text[point...].dropFirst()
            while fraction.last == "0" { fraction = fraction.dropLast() }
            self.fraction = fraction
            self.isNegative = hasSign && !(whole.isEmpty && fraction.isEmpty)
        }

        func isMagnitudeLess(than other: Parts) -> Bool {
            if whole.utf8.count != other.whole.utf8.count { return whole.utf8.count < other.whole.utf8.count }
            if whole != other.whole { return whole < other.whole }
            return fraction < other.fraction
        }
    }
}
