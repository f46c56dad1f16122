import Claims

/// The numbers that stand in a text, in each way in which the annotation guide writes them down: as printed without
/// separators, with their multiplier ("3k": 3 and 3000), and number words.
struct PrintedNumbers {
    /// A number and whether a minus stands before it.
    private struct Number {
        var text: String
        var isNegative: Bool
    }

    private var numbers: [Number] = []

    /// Finds the numbers of a text.
    init(in text: String) {
        let bytes = Array(text.lowercased().utf8)
        var index = 0
        var last: String?
        while index < bytes.count {
            let start = index
            if Self.isDigit(bytes[index]) {
                let digits = Self.digits(in: bytes, from: &index)
                let isNegative = Self.hasMinus(bytes, before: start)
                numbers.append(Number(text: digits, isNegative: isNegative))
                addScaled(digits, bytes, &index, isNegative: isNegative)
                // "8x7B" is a mixture of eight.
                if let last, start > 0, bytes[start - 1] == UInt8(ascii: "x"), let count = Int(last) {
                    for scaled in numbers.suffix(2) {
                        guard let size = Int(scaled.text) else { continue }
                        let (product, overflow) = count.multipliedReportingOverflow(by: size)
                        if !overflow { numbers.append(Number(text: String(product), isNegative: false)) }
                    }
                }
                last = index < bytes.count && bytes[index] == UInt8(ascii: "x") ? digits : nil
            } else if Self.isLetter(bytes[index]) {
                while index < bytes.count, Self.isLetter(bytes[index]) { index += 1 }
                // Letters in front of a digit belong to a name ("GPT-4" has a hyphen, "t5" has not).
                if let value = Self.words[String(decoding: bytes[start..<index], as: UTF8.self)] {
                    numbers.append(Number(text: String(value), isNegative: false))
                    addScaled(String(value), bytes, &index, isNegative: false)
                }
            } else {
                index += 1
            }
        }
        addOrders(in: text.lowercased())
    }

    /// The number as it stands in the text.
    ///
    /// - Returns: the printed form of a number of the same value; `nil` where there is none.
    func printed(_ value: ExactDecimal) -> ExactDecimal? {
        let isNegative = value.description.hasPrefix("-")
        let equal = numbers.compactMap { number -> ExactDecimal? in
            if isNegative && !number.isNegative { return nil }
            return ExactDecimal((isNegative ? "-" : "") + number.text).flatMap { $0 < value || value < $0 ? nil : $0 }
        }
        return equal.contains(value) ? value : equal.first
    }

    /// Whether a whole number stands in the text.
    func contain(_ value: Int) -> Bool { printed(ExactDecimal(value)) != nil }

    // MARK: Reading

    /// Reads digits with their separators: `1,234.5`, `1{,}234`, `1 234` with a thin or a hard space.
    private static func digits(in bytes: [UInt8], from index: inout Int) -> String {
        var digits: [UInt8] = []
        var hasPoint = false
        while index < bytes.count {
            if isDigit(bytes[index]) {
                digits.append(bytes[index])
                index += 1
            } else if !hasPoint, bytes[index] == UInt8(ascii: "."), index + 1 < bytes.count, isDigit(bytes[index + 1]) {
                digits.append(bytes[index])
                hasPoint = true
                index += 1
            } else if !hasPoint, let separator = separators.first(where: { bytes[index...].starts(with: $0) }),
                bytes.dropFirst(index + separator.count).prefix(3).count(where: isDigit) == 3,
                bytes.count == index + separator.count + 3 || !isDigit(bytes[index + separator.count + 3])
            {
                index += separator.count
            } else {
                break
            }
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Adds a number times the multiplier that follows it: `7b`, `1.5 million`.
    private mutating func addScaled(_ digits: String, _ bytes: [UInt8], _ index: inout Int, isNegative: Bool) {
        var start = index
        while start < bytes.count,
            bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: "-")
                || bytes[start] == UInt8(ascii: "~") || bytes[start] == UInt8(ascii: "$")
        { start += 1 }
        var end = start
        while end < bytes.count, Self.isLetter(bytes[end]) { end += 1 }
        guard let power = Self.multipliers[String(decoding: bytes[start..<end], as: UTF8.self)] else { return }
        numbers.append(Number(text: Self.shifted(digits, by: power), isNegative: isNegative))
    }

    /// Adds 10 for each order of magnitude: "two orders of magnitude" is 100.
    private mutating func addOrders(in text: String) {
        guard text.contains("of magnitude") else { return }
        let counts = [1] + numbers.compactMap { Int($0.text) }.filter { (2...18).contains($0) }
        for count in counts { numbers.append(Number(text: Self.shifted("1", by: count), isNegative: false)) }
    }

    /// Moves the decimal point to the right.
    private static func shifted(_ digits: String, by power: Int) -> String {
        let parts = digits.split(separator: ".")
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        let padded = fraction + String(repeating: "0", count: max(0, power - fraction.count))
        let whole = (parts.first.map(String.init) ?? "") + padded.prefix(power)
        let rest = padded.dropFirst(power)
        let start = whole.drop { $0 == "0" }
        let plain = start.isEmpty ? "0" : String(start)
        return rest.isEmpty ? plain : plain + "." + rest
    }

    private static func hasMinus(_ bytes: [UInt8], before index: Int) -> Bool {
        let before = bytes[..<index]
        return before.last == UInt8(ascii: "-") || minusSigns.contains { before.suffix(3).elementsEqual($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }

    private static let separators: [[UInt8]] = [",", "{,}", "\u{202F}", "\u{2009}", "\u{A0}"].map { Array($0.utf8) }
    private static let minusSigns: [[UInt8]] = ["\u{2212}", "\u{2013}"].map { Array($0.utf8) }
    private static let multipliers = [
        "k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "billion": 9, "bn": 9, "t": 12, "trillion": 12,
    ]
    private static let words = [
        "one": 1, "two": 2, "twice": 2, "double": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
        "fifty": 50, "hundred": 100, "thousand": 1000,
    ]
}
