import Testing

@testable import Claims

@Suite struct MetricCatalogueTests {
    private let catalogue = MetricCatalogue.shared

    @Test(arguments: [
        ("F1-Score", "f1"), ("mean IoU", "miou"), ("Word Error Rate", "wer"), ("pass@1", "pass-at-1"),
        ("R^2", "r-squared"), ("Fréchet Inception Distance", "fid"), ("accuracies", "accuracy"),
    ])
    func `finds a metric by any of its names`(name: String, slug: String) {
        #expect(catalogue.metric(named: name)?.slug == slug)
    }

    @Test func `has every line of the lexicon, each slug and name once`() {
        #expect(catalogue.metrics.count >= 300)
        #expect(Set(catalogue.metrics.map(\.slug)).count == catalogue.metrics.count)
        let keys = catalogue.metrics.flatMap { [$0.name] + $0.aliases }.map { NameKey($0) }
        let repeated = Dictionary(grouping: keys, by: \.self).filter { $0.value.count > 1 }.keys
        #expect(repeated.isEmpty)
    }

    @Test func `its slugs are slugs`() {
        for metric in catalogue.metrics {
            #expect(Slug(metric.slug).description == metric.slug)
        }
    }

    @Test(arguments: [
        ("FID", MetricDirection.lower, false), ("accuracy", .higher, false), ("zero-shot BLEU on news", .higher, true),
        ("mean centroid error", .lower, true), ("wobble index", .higher, true), ("p99 latency at peak", .lower, true),
    ])
    func `tells which way a metric gets better`(name: String, direction: MetricDirection, isAssumed: Bool) {
        let found = catalogue.direction(of: name)
        #expect(found.direction == direction)
        #expect(found.isAssumed == isAssumed)
    }

    @Test(arguments: [("percent", MetricDirection.higher), ("none", .higher), ("ms", .lower), ("USD", .lower)])
    func `falls back to the unit`(unit: String, direction: MetricDirection) {
        #expect(MetricCatalogue.direction(ofUnit: unit) == direction)
    }

    @Test func `passes over lines of another form`() {
        let text = "# slug\tname\na\tA\thigher\tnone\t\nb\tB\tsideways\tnone\t\nc\tC\n"
        #expect(MetricCatalogue(text: text.utf8).metrics.map(\.slug) == ["a"])
    }
}
