internal import CLexicons

/// What training has found each feature to be worth, read from `weights.tsv` once.
struct WeightTable: Sendable {
    private struct Slot {
        /// 0 where the slot is free: no feature has the number 0.
        var key: UInt64 = 0
        var weight = SIMD2<Float>.zero
    }

    /// Open addressing over the keys.
    private var slots: [Slot] = []
    /// For each slot a part of its key's hash, 0 where it is free: many features have no weight, and need to see no more.
    private var tags: [UInt8] = []
    /// How far a hash is moved to leave as many bits as number the slots: the upper ones depend on every part of a key.
    private var shift: UInt64 = 0
    /// How sure records are, given how sure the choices are.
    private(set) var confidences = ConfidenceMap(knots: [])

    /// The weights of the built-in file.
    static let builtIn = WeightTable(text: Lexicon.text(claimboard_lexicon_weights()), lexicon: .builtIn)

    /// Reads weights: a line a feature with its name, two values and one or two weights.
    ///
    /// Features of words that the lexicon no longer has are passed over.
    init(text: String, lexicon: Lexicon) {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        var capacity = 64
        while capacity < lines.count * 2 { capacity *= 2 }
        slots = [Slot](repeating: Slot(), count: capacity)
        tags = [UInt8](repeating: 0, count: capacity)
        shift = UInt64(64 - capacity.trailingZeroBitCount)
        for line in lines {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 4, let key = FeatureKey(fields: fields[0..<3], lexicon: lexicon) else { continue }
            let second = fields.count > 4 ? Float(fields[4]) ?? 0 : 0
            insert(key.rawValue, SIMD2(Float(fields[3]) ?? 0, second))
        }
        let knots = (0...ConfidenceMap.steps).map { weight(FeatureKey(.confidence, .number($0))).x }
        confidences = ConfidenceMap(knots: knots)
    }

    private mutating func insert(_ key: UInt64, _ weight: SIMD2<Float>) {
        let hash = Self.hash(key)
        var slot = Int(truncatingIfNeeded: hash &>> shift)
        while tags[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Slot(key: key, weight: weight)
        tags[slot] = Self.tag(hash)
    }

    @inline(__always) private static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }

    @inline(__always) private static func tag(_ hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash >> 32) | 1 }

    /// What some features are worth together.
    func sum(_ features: [FeatureKey]) -> SIMD2<Float> {
        var total = SIMD2<Float>.zero
        for feature in features { total += weight(feature) }
        return total
    }

    /// What one feature is worth.
    func weight(_ feature: FeatureKey) -> SIMD2<Float> {
        let hash = Self.hash(feature.rawValue)
        let tag = Self.tag(hash)
        var slot = Int(truncatingIfNeeded: hash &>> shift)
        while tags[slot] != 0 {
            if tags[slot] == tag, slots[slot].key == feature.rawValue { return slots[slot].weight }
            slot = (slot + 1) & (tags.count - 1)
        }
        return .zero
    }
}
