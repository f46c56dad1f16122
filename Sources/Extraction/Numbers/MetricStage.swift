/// Decides for each result what it measures: a trained choice between the phrases that the text offers.
struct MetricStage {
    private var options = MetricOptions()
    private var acronyms = MetricAcronyms()
    private var features: [FeatureKey] = []
    private var sums: [Float] = []

    /// A metric and how sure it is.
    struct Decision {
        var option: MetricOption
        /// 0...1.
        var confidence: Float
    }

    /// Decides for all results, in order.
    mutating func decide(_ view: MetricFeatures, weights: WeightTable, into decisions: inout [Decision]) {
        decisions.removeAll(keepingCapacity: true)
        acronyms.fill(in: view.context)
        let phrases = MetricPhrases(context: view.context, acronyms: acronyms)
        for index in view.results.items.indices {
            let quantity = view.context.quantities[view.results.items[index].quantity]
            options.fill(for: quantity, last: decisions.last?.option, in: phrases)
            sums.removeAll(keepingCapacity: true)
            for option in options.options {
                view.collect(option, for: index, last: decisions.last?.option, into: &features)
                sums.append(weights.sum(features).x)
            }
            let best = Choice.best(of: sums)
            decisions.append(Decision(option: options.options[best.index], confidence: best.confidence))
        }
    }
}
