/// Decides for each result which benchmarks it is for: a trained choice between the sets that the text offers.
struct BenchmarkStage {
    private var options = BenchmarkOptions()
    private var features: [FeatureKey] = []
    private var sums: [Float] = []
    private var chosen: [BenchmarkOption?] = []

    /// How sure at least a name is that has the number's place in a parallel list.
    private static let parallelConfidence: Float = 0.9

    /// A set of benchmarks and how sure it is.
    struct Decision {
        var option: BenchmarkOption
        /// 0...1.
        var confidence: Float
    }

    /// Decides for all results, in order.
    mutating func decide(_ view: BenchmarkFeatures, weights: WeightTable, into decisions: inout [Decision]) {
        decisions.removeAll(keepingCapacity: true)
        chosen.removeAll(keepingCapacity: true)
        for index in view.results.items.indices {
            let quantity = view.context.quantities[view.results.items[index].quantity]
            options.fill(for: quantity, in: view.context, groups: view.groups)
            sums.removeAll(keepingCapacity: true)
            let around = view.surroundings(of: index, chosen: chosen)
            for option in options.options {
                view.collect(option, for: index, last: chosen.last??.things, around, into: &features)
                sums.append(weights.sum(features).x)
            }
            let best = Choice.best(of: sums)
            var decision = Decision(option: options.options[best.index], confidence: best.confidence)
            if let place = view.parallelPlace(of: index), let option = options.option(of: place, in: view.context) {
                decision = Decision(option: option, confidence: max(Self.parallelConfidence, best.confidence))
            }
            decisions.append(decision)
            chosen.append(decision.option)
        }
    }
}
