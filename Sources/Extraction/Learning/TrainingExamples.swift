internal import Claims

/// What one annotated paper teaches: for each choice that the stages make, the options' features and the right one.
package struct TrainingExamples: Sendable {
    /// A choice between kinds of number: one set of features with two weights each.
    package struct Kind: Sendable {
        /// Those that do not depend on what the number before is.
        package var features: [FeatureKey]
        /// Those that do, for each answer that the number before may have.
        package var behind: [[FeatureKey]]
        /// Whether the example before is the number before, so that what was chosen there counts here.
        package var followsExample: Bool
        /// The answer of the number before.
        package var last: Int
        /// 0 for no result, 1 for a score, 2 for a change.
        package var answer: Int
    }

    /// A choice between options, each with its features.
    package struct Ranking: Sendable {
        package var options: [[FeatureKey]]
        package var answer: Int
    }

    /// What the examples are read from.
    private struct Paper: Sendable {
        var title: String
        var abstract: String
        var gold: [GoldClaim]
        var goldNames: [String]?
    }

    private let paper: Paper
    /// How much each example counts.
    package var weight = 1.0
    package var kinds: [Kind] = []
    package var benchmarks: [Ranking] = []
    package var metrics: [Ranking] = []
    /// Annotated results whose number was not found, or with another unit.
    package var unreachableNumbers: [String] = []
    /// Results whose annotated benchmarks are none of the options.
    package var unreachableBenchmarks = 0
    /// Results whose annotated metric is none of the options.
    package var unreachableMetrics = 0

    /// Reads the examples of a paper.
    ///
    /// - Parameters:
    ///   - title: the title as found.
    ///   - abstract: the abstract as found.
    ///   - gold: its annotated claims.
    ///   - goldNames: the annotated names of benchmarks, to be used in place of those that the extractor finds; `nil` for
    ///     the extractor's own.
    package init(title: String, abstract: String, gold: [GoldClaim], goldNames: [String]?) {
        paper = Paper(title: title, abstract: abstract, gold: gold, goldNames: goldNames)
        var workspace = Workspace()
        let context = Self.prepare(paper, in: &workspace)
        let alignment = GoldAlignment(gold, context.quantities, in: context.document)
        addKinds(alignment, gold, context)
        noteUnreachable(alignment, gold, context)
        let (results, claims) = Self.results(alignment, gold, context)
        let measures = addMetrics(results, claims, context)
        addBenchmarks(results, claims, measures, context, behind: nil)
    }

    /// Reads the choices between benchmarks again, each behind what some weights would choose for the results before it:
    /// that is what it stands behind when papers are read, mistakes included.
    ///
    /// `weights`: in the form of `weights.tsv`.
    package mutating func chooseBenchmarks(behind weights: String) {
        guard !benchmarks.isEmpty else { return }
        let weights = WeightTable(text: weights, lexicon: .builtIn)
        var workspace = Workspace()
        let context = Self.prepare(paper, in: &workspace)
        let alignment = GoldAlignment(paper.gold, context.quantities, in: context.document)
        let (results, claims) = Self.results(alignment, paper.gold, context)
        workspace.claims.metricStage.decide(
            MetricFeatures(context: context, results: results),
            weights: weights,
            into: &workspace.claims.metrics
        )
        benchmarks.removeAll()
        unreachableBenchmarks = 0
        addBenchmarks(results, claims, workspace.claims.metrics.map(\.option.phrase), context, behind: weights)
    }

    private static func prepare(_ paper: Paper, in workspace: inout Workspace) -> ClaimContext {
        findNames(title: paper.title, abstract: paper.abstract, in: &workspace)
        if let names = paper.goldNames { workspace.names.setBenchmarks(names, in: workspace.abstract) }
        workspace.claims.prepare(workspace.abstract, names: workspace.names)
        return workspace.claims.context(workspace.abstract, names: workspace.names)
    }

    /// The annotated results that were found, and the claim of each.
    private static func results(
        _ alignment: GoldAlignment,
        _ gold: [GoldClaim],
        _ context: ClaimContext
    ) -> (ResultList, [GoldClaim]) {
        var results = ResultList()
        var claims: [GoldClaim] = []
        var kinds: [(quantity: Int, kind: NumberKind)] = []
        for (index, answer) in alignment.answers.enumerated() {
            guard case .claim(let number) = answer else { continue }
            kinds.append((index, gold[number].kind == .score ? .score : .change))
            claims.append(gold[number])
        }
        results.fill(kinds, in: context)
        return (results, claims)
    }

    /// Makes the paper one that was written for training, whose examples count less.
    package mutating func markWritten(weight: Double) {
        self.weight = weight
        for index in kinds.indices { kinds[index].features.append(FeatureKey(.written, .flag(true))) }
    }

    private mutating func noteUnreachable(_ alignment: GoldAlignment, _ gold: [GoldClaim], _ context: ClaimContext) {
        var units = [String?](repeating: nil, count: gold.count)
        for (index, answer) in alignment.answers.enumerated() {
            guard case .claim(let number) = answer else { continue }
            units[number] = UnitTable.builtIn.name(of: context.quantities[index].unit)
        }
        for (claim, unit) in zip(gold, units) where unit != claim.unit {
            let high = claim.valueHigh.map { " to \($0)" } ?? ""
            unreachableNumbers.append(
                "\(claim.value)\(high) \(claim.unit), found \(unit ?? "nothing"): \(claim.evidence)"
            )
        }
    }

    private mutating func addBenchmarks(
        _ results: ResultList,
        _ claims: [GoldClaim],
        _ measures: [MetricPhrase?],
        _ context: ClaimContext,
        behind weights: WeightTable?
    ) {
        var groups = BenchmarkGroups()
        groups.fill(context.document, context.names)
        let view = BenchmarkFeatures(context: context, results: results, groups: groups, measures: measures)
        let keys = context.names.benchmarks.map { (LooseName.key(of: $0.name), LooseName.key(of: $0.fullName ?? "")) }
        var chosen: [BenchmarkOption?] = []
        for (index, claim) in claims.enumerated() {
            var things: UInt64 = 0
            var isFound = true
            for name in claim.benchmarks {
                let key = LooseName.key(of: name)
                if let thing = keys.firstIndex(where: { $0.0 == key || $0.1 == key }) {
                    things |= 1 << UInt64(min(63, thing))
                } else {
                    isFound = false
                }
            }
            var options = BenchmarkOptions()
            options.fill(for: context.quantities[results.items[index].quantity], in: context, groups: groups)
            let around = view.surroundings(of: index, chosen: chosen)
            let features = options.options.map { option in
                var features: [FeatureKey] = []
                view.collect(option, for: index, last: chosen.last??.things, around, into: &features)
                return features
            }
            let answer = options.options.firstIndex { isFound && $0.things == things }
            if let answer {
                benchmarks.append(Ranking(options: features, answer: answer))
            } else {
                unreachableBenchmarks += 1
            }
            let choice = weights.map { weights in Choice.best(of: features.map { weights.sum($0).x }).index } ?? answer
            chosen.append(choice.map { options.options[$0] })
        }
    }

    /// Adds the choices between metrics.
    ///
    /// - Returns: for each result the right phrase, `nil` where it is not offered.
    private mutating func addMetrics(
        _ results: ResultList,
        _ claims: [GoldClaim],
        _ context: ClaimContext
    ) -> [MetricPhrase?] {
        var measures: [MetricPhrase?] = []
        let view = MetricFeatures(context: context, results: results)
        var last: MetricOption?
        var acronyms = MetricAcronyms()
        acronyms.fill(in: context)
        let phrases = MetricPhrases(context: context, acronyms: acronyms)
        for (index, claim) in claims.enumerated() {
            var options = MetricOptions()
            options.fill(for: context.quantities[results.items[index].quantity], last: last, in: phrases)
            let key = claim.metric.map { LooseName.metricKey(of: $0) }
            let answer = options.options.firstIndex { option in
                option.phrase.map { LooseName.metricKey(of: $0.text(in: context.document)) } == key
            }
            if let answer {
                let features = options.options.map { option in
                    var features: [FeatureKey] = []
                    view.collect(option, for: index, last: last, into: &features)
                    return features
                }
                metrics.append(Ranking(options: features, answer: answer))
                last = options.options[answer]
            } else {
                unreachableMetrics += 1
                last = nil
            }
            measures.append(last?.phrase)
        }
        return measures
    }

    private static func findNames(title: String, abstract: String, in workspace: inout Workspace) {
        var (title, abstract) = (title, abstract)
        title.withUTF8 { title in
            abstract.withUTF8 { abstract in
                workspace.title.read(title, lexicon: .builtIn)
                workspace.abstract.read(abstract, lexicon: .builtIn)
                _ = NameFinder().find(
                    title: NameSource(document: workspace.title, source: title),
                    abstract: NameSource(document: workspace.abstract, source: abstract),
                    names: &workspace.names,
                    scratch: &workspace.nameScratch
                )
            }
        }
    }

    private mutating func addKinds(_ alignment: GoldAlignment, _ gold: [GoldClaim], _ context: ClaimContext) {
        var last = NumberKind.other
        var wasExample = false
        for index in context.quantities.indices {
            var kind = NumberKind.other
            var isClear = true
            switch alignment.answers[index] {
            case .claim(let number): kind = gold[number].kind == .score ? .score : .change
            case .noResult: break
            case .unclear: isClear = false
            }
            let isExample = isClear && !KindFeatures.isNever(index, in: context)
            if isExample {
                var features: [FeatureKey] = []
                let cues = KindFeatures.collect(for: index, in: context, into: &features)
                let behind = [NumberKind.other, .score, .change].map { kind in
                    var features: [FeatureKey] = []
                    KindFeatures.addLast(before: index, kind, cues, in: context, to: &features)
                    return features
                }
                kinds.append(
                    Kind(
                        features: features,
                        behind: behind,
                        followsExample: wasExample,
                        last: Int(last.rawValue),
                        answer: Int(kind.rawValue)
                    )
                )
            }
            wasExample = isExample
            last = kind
        }
    }
}
