/// Decides for each result which benchmarks it is for: a trained choice between the sets that the text offers.
struct BenchmarkStage {
    private var options = BenchmarkOptions()
    private var features: [FeatureKey] = []
    private var sums: [Float] = []

    /// A set of benchmarks and how sure it is.
    struct Decision {
        var option: BenchmarkOption
        /// 0...1.
        var confidence: Float
    }

    /// Decides for all results, in order.
    mutating func decide(_ view: BenchmarkFeatures, weights: WeightTable, into decisions: inout [Decision]) {
        decisions.removeAll(keepingCapacity: true)
        var last: UInt64?
        for index in view.results.items.indices {
            let quantity = view.context.quantities[view.results.items[index].quantity]
            options.fill(for: quantity, in: view.context, groups: view.groups)
            sums.removeAll(keepingCapacity: true)
            for option in options.options {
                view.collect(option, for: index, last: last, into: &features)
                sums.append(weights.sum(features).x)
            }
            let best = Choice.best(of: sums)
            decisions.append(Decision(option: options.options[best.index], confidence: best.confidence))
            last = options.options[best.index].things
        }
    }
}
