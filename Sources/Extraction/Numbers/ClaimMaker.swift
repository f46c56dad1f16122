internal import Claims

/// Makes claims of what the stages have decided.
struct ClaimMaker {
    let context: ClaimContext
    /// The abstract as found.
    let source: UnsafeBufferPointer<UInt8>

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
        return ExtractedClaim(
            value: value,
            valueHigh: quantity.high?.decimal(in: context.document),
            unit: UnitTable.builtIn.name(of: quantity.unit),
            kind: claimKind,
            bound: quantity.bound,
            metric: metric.option.phrase?.text(in: context.document),
            benchmarks: names(of: benchmarks.option),
            evidence: evidence(quantity.tokens),
            confidence: Double(kind.confidence)
        )
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

    private func evidence(_ tokens: Range<Int>) -> Evidence {
        let range = context.document.sourceRange(tokens)
        return Evidence(
            source: .abstract,
            start: range.lowerBound,
            end: range.upperBound,
            text: String(decoding: source[range], as: UTF8.self)
        )
    }
}
