/// Random numbers that are the same for the same seed (SplitMix64), so that a failure can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A text of up to twenty scalars, among them all that the text formats have to escape; no zero byte.
    mutating func text() -> String {
        let special: [Unicode.Scalar] = [
            "\\", "\"", "'", ",", "{", "}", "\n", "\t", "\r", " ", "N", "U", "L", "é", "日", "🙂",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...20, using: &self) {
            let isSpecial = Bool.random(using: &self)
            let ordinary = Unicode.Scalar(UInt8.random(in: 1...127, using: &self))
            text.unicodeScalars.append(isSpecial ? special.randomElement(using: &self) ?? "x" : ordinary)
        }
        return text
    }
}
