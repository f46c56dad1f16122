internal import Claims

/// Finds the reported numbers of an abstract.
///
/// The stages: quantities, kinds (score, change, no result), attachment (benchmarks, metric, subject, baseline), claims.
enum ClaimFinder {
    /// Finds the claims, given the names.
    ///
    /// `source`: the abstract as found, which evidence is copied from.
    static func find(
        abstract: Document,
        source: UnsafeBufferPointer<UInt8>,
        names: NamedThings,
        weights: WeightTable,
        workspace: inout ClaimWorkspace
    ) -> [ExtractedClaim] {
        workspace.prepare(abstract, names: names)
        guard !workspace.quantities.isEmpty else { return [] }
        let context = workspace.context(abstract, names: names)
        KindStage.decide(in: context, weights: weights, into: &workspace.decisions)
        workspace.results.fill(workspace.decisions.enumerated().lazy.map { ($0.offset, $0.element.kind) }, in: context)
        guard !workspace.results.items.isEmpty else { return [] }
        let metricView = MetricFeatures(context: context, results: workspace.results)
        workspace.metricStage.decide(metricView, weights: weights, into: &workspace.metrics)
        workspace.groups.fill(abstract, names)
        let view = BenchmarkFeatures(
            context: context,
            results: workspace.results,
            groups: workspace.groups,
            measures: workspace.metrics.map(\.option.phrase)
        )
        workspace.benchmarkStage.decide(view, weights: weights, into: &workspace.benchmarks)
        let maker = ClaimMaker(context: context, source: source, confidences: weights.confidences)
        return workspace.results.items.indices.compactMap { index in
            let item = workspace.results.items[index]
            return maker.claim(
                item,
                kind: workspace.decisions[item.quantity],
                benchmarks: workspace.benchmarks[index],
                metric: workspace.metrics[index]
            )
        }
    }
}
