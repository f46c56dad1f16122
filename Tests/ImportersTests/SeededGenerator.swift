/// SplitMix64: the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { self.state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A text of any Unicode scalars, with those that formats care about far more often than chance would have them.
    mutating func text(maximumLength: Int = 40) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...maximumLength, using: &self) {
            let scalar: Unicode.Scalar? =
                switch Int.random(in: 0..<8, using: &self) {
                case 0...2: Unicode.Scalar(UInt32.random(in: 0x61...0x7A, using: &self))
                case 3: Unicode.Scalar(UInt32.random(in: 0...0x1F, using: &self))
                case 4: "\",\\\r\n\t=+-@'< /|\u{2028}\u{2029}\u{7F}\u{FEFF}".unicodeScalars.randomElement(using: &self)
                case 5: Unicode.Scalar(UInt32.random(in: 0x80...0x7FF, using: &self))
                case 6: Unicode.Scalar(UInt32.random(in: 0x800...0xFFFF, using: &self))
                default: Unicode.Scalar(UInt32.random(in: 0x10000...0x10FFFF, using: &self))
                }
            if let scalar { text.append(scalar) }
        }
        return String(text)
    }
}
