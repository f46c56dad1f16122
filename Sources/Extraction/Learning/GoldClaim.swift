package import Claims

/// A reported number as a person has annotated it: what training learns from.
package struct GoldClaim: Sendable {
    package var value: ExactDecimal
    package var valueHigh: ExactDecimal?
    package var unit: String
    package var kind: ClaimKind
    package var metric: String?
    package var benchmarks: [String]
    package var subject: String?
    package var baseline: String?
    package var evidence: String

    /// Makes a claim from its parts.
    package init(
        value: ExactDecimal,
        valueHigh: ExactDecimal?,
        unit: String,
        kind: ClaimKind,
        metric: String?,
        benchmarks: [String],
        subject: String?,
        baseline: String?,
        evidence: String
    ) {
        self.value = value
        self.valueHigh = valueHigh
        self.unit = unit
        self.kind = kind
        self.metric = metric
        self.benchmarks = benchmarks
        self.subject = subject
        self.baseline = baseline
        self.evidence = evidence
    }

    /// Whether an extracted claim has the same number, unit, kind and benchmarks.
    package func isReached(by claim: ExtractedClaim) -> Bool {
        func isEqual(_ left: ExactDecimal?, _ right: ExactDecimal?) -> Bool {
            guard let left, let right else { return left == nil && right == nil }
            return !(left < right) && !(right < left)
        }
        return isEqual(value, claim.value) && isEqual(valueHigh, claim.valueHigh)
            && unit.lowercased() == claim.unit.lowercased() && kind == claim.kind
            && Set(benchmarks.map(LooseName.key)) == Set(claim.benchmarks.map(LooseName.key))
    }
}
