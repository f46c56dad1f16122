/// A choice between options by their sums of weights.
enum Choice {
    /// The option of the highest sum, the first of equals, and how sure the choice is (its share of the exponentials).
    ///
    /// - Precondition: there is an option.
    static func best(of sums: [Float]) -> (index: Int, confidence: Float) {
        var best = 0
        for index in sums.indices where sums[index] > sums[best] { best = index }
        let total = sums.reduce(Float(0)) { $0 + exponential($1 - sums[best]) }
        return (best, 1 / total)
    }
}
