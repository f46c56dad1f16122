/// How the names of a list start: tells fast and without error on the safe side that no name starts somewhere.
struct NameStarts {
    private static let size = 1 << 14

    /// By the first three letters and digits.
    private var threes = [Bool](repeating: false, count: Self.size)
    /// By the two of a name that has no more.
    private var twos = [Bool](repeating: false, count: Self.size)

    /// Adds a name.
    mutating func insert(_ name: [UInt8]) {
        let (code, count) = Self.code(name, at: 0)
        if count == 3 { threes[code.three] = true } else { twos[code.two] = true }
    }

    /// Whether a name may start at a position of a text.
    func mayStart(_ bytes: [UInt8], at position: Int) -> Bool {
        let (code, count) = Self.code(bytes, at: position)
        return count == 3 && threes[code.three] || twos[code.two]
    }

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
