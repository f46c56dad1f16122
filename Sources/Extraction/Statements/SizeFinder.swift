import Claims

/// Finds stated parameter counts: in names (`Qwen2.5-32B-Instruct`, `Llama 3.1 8B`), with a word for what is counted
/// (`4.6B parameters`, `13 billion to 70 billion parameters`), and bare before a word for a model (`a 7B model`).
enum SizeFinder {
    /// Finds the sizes in title and abstract, each model and size once.
    ///
    /// - Complexity: linear in the tokens.
    static func find(
        title: Document,
        abstract: Document,
        source: UnsafeBufferPointer<UInt8>,
        titleSource: UnsafeBufferPointer<UInt8>,
        names: NamedThings
    ) -> [ModelSize] {
        var found: [ModelSize] = []
        for (document, source, place) in [(abstract, source, Evidence.Source.abstract), (title, titleSource, .title)] {
            var reader = SizeReader(document: document)
            reader.read()
            for mention in reader.mentions {
                let model = SizeOwner.model(of: mention, in: document, names: place == .abstract ? names : nil)
                if place == .abstract, isOfBenchmark(mention, names) { continue }
                let isKnown = found.contains { known in
                    known.parameters == mention.parameters && known.bound == mention.bound
                        && known.parametersHigh == mention.parametersHigh
                        && (mention.form != .named || known.model.map { NameKey($0) } == model.map { NameKey($0) })
                        && (mention.form == .named || place == .abstract || known.model != nil)
                }
                guard !isKnown, found.count < maximumSizes else { continue }
                let range = document.sourceRange(mention.tokens)
                found.append(
                    ModelSize(
                        model: model,
                        parameters: mention.parameters,
                        parametersHigh: mention.parametersHigh,
                        bound: mention.bound,
                        evidence: Evidence(
                            source: place,
                            start: range.lowerBound,
                            end: range.upperBound,
                            text: String(decoding: source[range], as: UTF8.self)
                        ),
                        confidence: mention.form == .bare ? 0.9 : 0.97,
                        rules: [mention.form.rule]
                    )
                )
            }
        }
        // "LLMs with 7B and 27B parameters" sums up models that are named with their sizes.
        let named = Set(found.lazy.filter { $0.rules == [SizeMention.Form.named.rule] }.map(\.parameters))
        return found.filter {
            $0.model != nil || $0.rules != [SizeMention.Form.counted.rule] || !named.contains($0.parameters)
        }
    }

    /// Whether the name that a size is part of is a benchmark's (`MovieLens-1M`).
    private static func isOfBenchmark(_ mention: SizeMention, _ names: NamedThings) -> Bool {
        mention.form == .named && names.benchmarkPlaces.contains { $0.tokens.overlaps(mention.tokens) }
    }

    /// Far over any abstract; bounds the look for one that is known already.
    private static let maximumSizes = 64
}
