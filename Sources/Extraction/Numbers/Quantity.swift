internal import Claims

/// A number as it stands in a text, not yet an own string: its digits are a token, or its value a number word's.
struct Amount: Equatable {
    /// The token of the digits; -1 where the amount is a number word.
    var token: Int32
    /// The value of a number word.
    var literal: Int32 = 0
    /// The power of ten that a multiplier behind the digits stands for: 3 for `3k`.
    var exponent: UInt8 = 0
    /// Whether it is a level below zero.
    var isNegative = false

    /// The amount as printed, without separators, multiplied out.
    func decimal(in document: Document) -> ExactDecimal? {
        if token < 0 { return ExactDecimal(Int(literal)) }
        var digits: [UInt8] = []
        var fraction: Int?
        for byte in document.text.bytes[document.tokens[Int(token)].range] {
            if byte == UInt8(ascii: ".") {
                fraction = 0
            } else if byte != UInt8(ascii: ",") {
                digits.append(byte)
                if let count = fraction { fraction = count + 1 }
            }
        }
        var places = (fraction ?? 0) - Int(exponent)
        while places < 0 {
            digits.append(UInt8(ascii: "0"))
            places += 1
        }
        if exponent > 0 {
            let zeros = digits.prefix(max(0, digits.count - places - 1)).prefix { $0 == UInt8(ascii: "0") }.count
            digits.removeFirst(zeros)
        }
        if places > 0 { digits.insert(UInt8(ascii: "."), at: digits.count - places) }
        if isNegative { digits.insert(UInt8(ascii: "-"), at: 0) }
        return ExactDecimal(String(decoding: digits, as: UTF8.self))
    }
}

/// One number of a text with all that is written of it: range, unit, bound, sign.
struct Quantity {
    /// From the sign, currency or number to the end of the unit.
    var tokens: Range<Int>
    /// Where the words of the bound start (`up to`), else the start of ``tokens``.
    var start: Int
    var amount: Amount
    /// The upper end of a range.
    var high: Amount?
    var unit: QuantityUnit
    var bound: Bound = .exact
    /// The sign before the digits: `+` or `-`, else 0.
    var sign: UInt8 = 0
    /// How it is joined to another number.
    var move: Move = .none
    var sentence: Int
    /// Whether the unit was taken from the next number of its list.
    var isUnitShared = false

    /// The part that a number has in `from 10 to 20`.
    enum Move: UInt8 {
        case none
        /// What the level was.
        case from
        /// What the level is now.
        case to
    }
}

/// The unit of a number.
struct QuantityUnit: Hashable {
    let rawValue: UInt8

    static let none = QuantityUnit(rawValue: 0)
    static let percent = QuantityUnit(rawValue: 1)
    static let points = QuantityUnit(rawValue: 2)
    static let times = QuantityUnit(rawValue: 3)
    /// The first of ``UnitTable``'s printed units.
    static let firstPrinted: UInt8 = 4

    /// Whether it is a unit of ``UnitTable``.
    var isPrinted: Bool { rawValue >= Self.firstPrinted }
}
