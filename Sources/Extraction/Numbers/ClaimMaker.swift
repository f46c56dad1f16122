internal import Claims

/// Makes claims of what the stages have decided.
struct ClaimMaker {
    let context: ClaimContext
    /// The abstract as found.
    let source: UnsafeBufferPointer<UInt8>
    let confidences: ConfidenceMap

    /// The claim of one result.
    func claim(
        _ item: ResultList.Item,
        kind: KindDecision,
        benchmarks: BenchmarkStage.Decision,
        metric: MetricStage.Decision
    ) -> ExtractedClaim? {
        let quantity = context.quantities[item.quantity]
        guard let claimKind = item.kind.claimKind else { return nil }
        var amount = quantity.amount
        amount.isNegative = claimKind == .score && quantity.sign == UInt8(ascii: "-")
        guard let value = amount.decimal(in: context.document) else { return nil }
        let fields = ChangeFields(context: context)
        let named = names(of: benchmarks.option)
        let baseline = claimKind == .change ? BaselineFinder(context: context).baseline(of: quantity) : nil
        return ExtractedClaim(
            value: value,
            valueHigh: quantity.high?.decimal(in: context.document),
            unit: UnitTable.builtIn.name(of: quantity.unit),
            kind: claimKind,
            relative: claimKind == .change ? fields.relative(of: quantity) : nil,
            bound: quantity.bound,
            metric: metric.option.phrase?.text(in: context.document),
            benchmarks: named,
            aggregate: fields.aggregate(of: quantity, benchmarks: named.count),
            subject: SubjectFinder(context: context).subject(of: quantity, item.kind),
            baseline: baseline.map { context.document.string($0) },
            evidence: evidence(quantity, benchmarks.option, metric.option, baseline),
            confidence: confidences.confidence(of: kind.confidence * benchmarks.confidence),
            rules: rules(item, benchmarks.option, metric.option)
        )
    }

    private func rules(_ item: ResultList.Item, _ benchmarks: BenchmarkOption, _ metric: MetricOption) -> [String] {
        var rules: [String] = []
        let cues = KindCueFinder(context: context).cues(
            of: item.quantity,
            list: KindFeatures.list(around: item.quantity, in: context)
        )
        for cue in KindCue.allCases where cues.contains(cue) { rules.append("number.\(cue)") }
        rules.append("benchmarks.\(benchmarks.source)")
        rules.append(metric.phrase.map { "metric.\($0.kind)" } ?? "metric.none")
        return rules
    }

    private func names(of option: BenchmarkOption) -> [String] {
        var seen: UInt64 = 0
        var names: [String] = []
        for place in option.places {
            let thing = context.names.benchmarkPlaces[place].thing
            let bit: UInt64 = 1 << UInt64(min(63, thing))
            guard seen & bit == 0 else { continue }
            seen |= bit
            names.append(context.names.benchmarks[thing].name)
        }
        return names
    }

    private func evidence(
        _ quantity: Quantity,
        _ benchmarks: BenchmarkOption,
        _ metric: MetricOption,
        _ baseline: Range<Int>?
    ) -> Evidence {
        var parts = benchmarks.places.map { context.names.benchmarkPlaces[$0].tokens }
        if let phrase = metric.phrase, !phrase.tokens.isEmpty { parts.append(phrase.tokens) }
        if let baseline { parts.append(baseline) }
        let number = quantity.start..<quantity.tokens.upperBound
        let clause = EvidenceClause(context: context).clause(
            around: number,
            in: context.sentence(of: quantity),
            parts: parts
        )
        let range = context.document.sourceRange(clause)
        return Evidence(
            source: .abstract,
            start: range.lowerBound,
            end: range.upperBound,
            text: String(decoding: source[range], as: UTF8.self)
        )
    }
}
