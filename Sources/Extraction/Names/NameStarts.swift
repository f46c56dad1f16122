/// How the names of a list start: tells fast and without error on the safe side that no name starts somewhere.
struct NameStarts {
    private static let size = 1 << 14

    /// By the first three letters and digits, as bits.
    private var threes = [UInt64](repeating: 0, count: Self.size / 64)
    /// By the two of a name that has no more.
    private var twos = [UInt64](repeating: 0, count: Self.size / 64)

    /// Adds a name.
    mutating func insert(_ name: [UInt8]) {
        let (code, count) = Self.code(name, at: 0)
        if count == 3 { Self.set(code.three, in: &threes) } else { Self.set(code.two, in: &twos) }
    }

    /// Whether a name may start at a position of a text.
    func mayStart(_ bytes: [UInt8], at position: Int) -> Bool {
        let (code, count) = Self.code(bytes, at: position)
        return count == 3 && Self.isSet(code.three, in: threes) || Self.isSet(code.two, in: twos)
    }

    @inline(__always) private static func isSet(_ bit: Int, in bits: [UInt64]) -> Bool {
        bits[bit >> 6] &>> UInt64(bit & 63) & 1 != 0
    }

    private static func set(_ bit: Int, in bits: inout [UInt64]) { bits[bit >> 6] |= 1 &<< UInt64(bit & 63) }

    /// Numbers below ``size`` for the first two and three letters and digits; how many there are within a few bytes.
    private static func code(_ bytes: [UInt8], at position: Int) -> (code: (two: Int, three: Int), count: Int) {
        var number = 0
        var two = 0
        var count = 0
        for index in position..<min(bytes.count, position + 6) where NameHash.counts(bytes[index]) {
            number = (number &* 37 &+ Int(ByteClass.lowered(bytes[index]))) & (size - 1)
            count += 1
            if count <= 2 { two = number }
            if count == 3 { break }
        }
        return ((two, number), count)
    }
}
