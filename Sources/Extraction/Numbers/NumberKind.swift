internal import Claims

/// What a number of an abstract is.
enum NumberKind: UInt8 {
    /// A size, a year, a setting …
    case other
    case score
    case change

    /// The kind as claims have it.
    var claimKind: ClaimKind? {
        switch self {
        case .other: nil
        case .score: .score
        case .change: .change
        }
    }
}

/// A number with what was decided of it.
struct KindDecision {
    var kind: NumberKind
    /// How sure the decision is, 0...1.
    var confidence: Float
}

/// Decides for each number, in order, whether it is a result, and whether a score or a change.
///
/// A trained choice over what stands around the number; see ``KindFeatures``.
enum KindStage {
    /// Decides the kinds of all quantities.
    static func decide(in context: ClaimContext, weights: WeightTable, into decisions: inout [KindDecision]) {
        decisions.removeAll(keepingCapacity: true)
        var features: [FeatureKey] = []
        features.reserveCapacity(128)
        for index in context.quantities.indices {
            if KindFeatures.isNever(index, in: context) {
                decisions.append(KindDecision(kind: .other, confidence: 1))
                continue
            }
            KindFeatures.collect(for: index, last: decisions.last?.kind ?? .other, in: context, into: &features)
            var found = decision(weights.sum(features))
            // A plus is written before gains alone.
            if found.kind == .score, context.quantities[index].sign == UInt8(ascii: "+") { found.kind = .change }
            decisions.append(found)
        }
    }

    private static func decision(_ sums: SIMD2<Float>) -> KindDecision {
        let top = max(0, sums.x, sums.y)
        let (other, score, change) = (exponential(-top), exponential(sums.x - top), exponential(sums.y - top))
        let total = other + score + change
        if score >= change, score >= other { return KindDecision(kind: .score, confidence: score / total) }
        if change >= other { return KindDecision(kind: .change, confidence: change / total) }
        return KindDecision(kind: .other, confidence: other / total)
    }
}
