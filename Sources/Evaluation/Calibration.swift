/// Whether confidences mean what they say: of the records near confidence c, about c should be right.
package struct Calibration: Sendable, Equatable {
    /// The records whose confidence is in one tenth of 0...1.
    package struct Band: Sendable, Equatable {
        package private(set) var count = 0
        package private(set) var right = 0
        private var sum = 0.0

        /// The mean confidence of the band's records.
        package var confidence: Double { count == 0 ? 0 : sum / Double(count) }
        /// The share of the band's records that is right.
        package var accuracy: Double { count == 0 ? 0 : Double(right) / Double(count) }

        mutating func add(_ confidence: Double, _ isRight: Bool) {
            count += 1
            right += isRight ? 1 : 0
            sum += confidence
        }
    }

    /// Ten bands, that of 0...0.1 first; 1 belongs to the last.
    package private(set) var bands = [Band](repeating: Band(), count: 10)

    /// The mean distance between confidence and accuracy over all records; `nil` where none has a confidence.
    package var gap: Double? {
        let count = bands.reduce(0) { $0 + $1.count }
        guard count > 0 else { return nil }
        return bands.reduce(0) { $0 + abs($1.confidence - $1.accuracy) * Double($1.count) } / Double(count)
    }

    /// Takes the records of one kind and paper: those found, each right as long as the bag of wanted ones lasts.
    mutating func add<Key: Hashable>(found: [(key: Key, confidence: Double?)], wanted: [Key]) {
        var rest = wanted.reduce(into: [Key: Int]()) { $0[$1, default: 0] += 1 }
        // The surest of equal records gets the match.
        for (key, confidence) in found.sorted(by: { ($0.confidence ?? 0) > ($1.confidence ?? 0) }) {
            let isRight = (rest[key] ?? 0) > 0
            if isRight { rest[key, default: 0] -= 1 }
            guard let confidence, (0...1).contains(confidence) else { continue }
            bands[min(9, Int(confidence * 10))].add(confidence, isRight)
        }
    }
}
