internal import CLexicons

/// What training has found each feature to be worth, read from `weights.tsv` once.
struct WeightTable: Sendable {
    /// Open addressing over the keys; 0 is free (no feature has the number 0).
    private var keys: [UInt64] = []
    private var weights: [SIMD2<Float>] = []

    /// The weights of the built-in file.
    static let builtIn = WeightTable(text: Lexicon.text(claimboard_lexicon_weights()), lexicon: .builtIn)

    /// Reads weights: a line a feature with its name, two values and one or two weights.
    ///
    /// Features of words that the lexicon no longer has are passed over.
    init(text: String, lexicon: Lexicon) {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        var capacity = 64
        while capacity < lines.count * 2 { capacity *= 2 }
        keys = [UInt64](repeating: 0, count: capacity)
        weights = [SIMD2<Float>](repeating: .zero, count: capacity)
        for line in lines {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 4, let key = FeatureKey(fields: fields[0..<3], lexicon: lexicon) else { continue }
            let second = fields.count > 4 ? Float(fields[4]) ?? 0 : 0
            insert(key.rawValue, SIMD2(Float(fields[3]) ?? 0, second))
        }
    }

    private mutating func insert(_ key: UInt64, _ weight: SIMD2<Float>) {
        var slot = Self.slot(key, keys.count)
        while keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
        keys[slot] = key
        weights[slot] = weight
    }

    private static func slot(_ key: UInt64, _ count: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (count - 1)
    }

    /// What some features are worth together.
    func sum(_ features: [FeatureKey]) -> SIMD2<Float> {
        var total = SIMD2<Float>.zero
        for feature in features { total += weight(feature) }
        return total
    }

    /// What one feature is worth.
    func weight(_ feature: FeatureKey) -> SIMD2<Float> {
        let key = feature.rawValue
        var slot = Self.slot(key, keys.count)
        while keys[slot] != 0 {
            if keys[slot] == key { return weights[slot] }
            slot = (slot + 1) & (keys.count - 1)
        }
        return .zero
    }
}
