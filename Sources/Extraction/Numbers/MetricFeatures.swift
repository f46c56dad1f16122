internal import Claims

/// What the choice between metrics looks at.
struct MetricFeatures {
    let context: ClaimContext
    let results: ResultList

    /// Collects the features of an option for a result.
    ///
    /// `last`: what the result before it was found to measure.
    func collect(_ option: MetricOption, for index: Int, last: MetricOption?, into features: inout [FeatureKey]) {
        features.removeAll(keepingCapacity: true)
        let item = results.items[index]
        let quantity = context.quantities[item.quantity]
        let sentence = context.sentence(of: quantity)
        let unit = FeatureValue.unitKind(quantity.unit)
        let form = Self.form(of: option, item.kind)
        features.append(FeatureKey(.metricKind, form))
        features.append(FeatureKey(.metricUnit, form, unit))
        if quantity.unit.isPrinted { features.append(FeatureKey(.metricUnit, form, .unit(quantity.unit))) }
        addLast(option, index, last, form, to: &features)
        guard let phrase = option.phrase else {
            features.append(FeatureKey(.metricLeft, unit, context.symbol(at: quantity.start - 1, in: sentence)))
            features.append(
                FeatureKey(.metricRight, unit, context.symbol(at: quantity.tokens.upperBound, in: sentence))
            )
            return
        }
        addWords(phrase, sentence, form, unit, to: &features)
        guard !option.isCarried else { return }
        addRelation(phrase, quantity, sentence, form, to: &features)
        addTies(phrase, option.order, index, form, to: &features)
        if item.list.count > 1, option.order >= 0 {
            let isAfter = phrase.tokens.lowerBound >= quantity.tokens.upperBound ? 2 : 0
            // Behind the number the lists' other numbers are passed on the way, so that the orders are counted alike.
            let isAligned = option.order == index - item.list.lowerBound ? 1 : 0
            features.append(FeatureKey(.metricAlignment, .number(isAfter + isAligned), form))
        }
    }

    /// Kind of phrase, kind of result, and whether it is carried, as one value.
    private static func form(of option: MetricOption, _ kind: NumberKind) -> FeatureValue {
        guard let phrase = option.phrase else { return .number(kind == .change ? 1 : 0) }
        let carried = option.isCarried ? 1 : 0
        return .number(2 + (Int(phrase.kind.rawValue) * 2 + carried) * 2 + (kind == .change ? 1 : 0))
    }

    private func addLast(
        _ option: MetricOption,
        _ index: Int,
        _ last: MetricOption?,
        _ form: FeatureValue,
        to features: inout [FeatureKey]
    ) {
        guard index > 0, let last else { return }
        let (first, second) = (
            context.quantities[results.items[index - 1].quantity], context.quantities[results.items[index].quantity]
        )
        let isList = results.items[index].list.contains(index - 1)
        let joint = isList ? 0 : min(2, second.sentence - first.sentence) + 1
        let isSame: Int
        switch (option.phrase, last.phrase) {
        case (nil, nil): isSame = 1
        case (let own?, let other?): isSame = isSameText(own, other) ? 2 : 0
        default: isSame = 0
        }
        let sameUnit = first.unit == second.unit ? 1 : 0
        let sameKind = results.items[index - 1].kind == results.items[index].kind ? 1 : 0
        features.append(FeatureKey(.metricAgain, .number(((joint * 4 + isSame) * 2 + sameUnit) * 2 + sameKind)))
        features.append(FeatureKey(.metricAgain, form, .number(64 + joint * 4 + isSame)))
    }

    private func isSameText(_ left: MetricPhrase, _ right: MetricPhrase) -> Bool {
        if left.tokens == right.tokens { return left.addsSpeed == right.addsSpeed }
        guard left.tokens.count == right.tokens.count, !left.tokens.isEmpty else { return false }
        return zip(left.tokens, right.tokens).allSatisfy { context.document.hasSameText($0, $1) }
    }

    private func addWords(
        _ phrase: MetricPhrase,
        _ sentence: Range<Int>,
        _ form: FeatureValue,
        _ unit: FeatureValue,
        to features: inout [FeatureKey]
    ) {
        features.append(FeatureKey(.metricOrder, form, .number(min(6, phrase.tokens.count))))
        features.append(
            FeatureKey(.metricBetween, form, context.symbol(at: phrase.tokens.lowerBound - 1, in: sentence))
        )
        guard !phrase.tokens.isEmpty else { return }
        let cut = min(3, phrase.tokens.lowerBound - phrase.place.lowerBound)
        if phrase.kind != .acronym { features.append(FeatureKey(.metricCut, form, .number(cut))) }
        let last = context.symbol(at: phrase.tokens.upperBound - 1, in: sentence)
        features.append(FeatureKey(.metricWord, last))
        features.append(FeatureKey(.metricWord, last, unit))
        features.append(FeatureKey(.wordBetween, form, context.symbol(at: phrase.tokens.lowerBound, in: sentence)))
        features.append(FeatureKey(.afterMetric, form, context.symbol(at: phrase.tokens.upperBound, in: sentence)))
        let known = phrase.tokens.contains { context.document.tokens[$0].has(.metric) } ? 2 : 0
        let head = phrase.tokens.contains { context.document.tokens[$0].has(.metricHead) } ? 1 : 0
        features.append(FeatureKey(.metricKnown, form, .number(known + head)))
    }

    /// How the phrase is tied to the number, to others of its list, and to other numbers.
    private func addTies(
        _ phrase: MetricPhrase,
        _ order: Int,
        _ index: Int,
        _ form: FeatureValue,
        to features: inout [FeatureKey]
    ) {
        let item = results.items[index]
        let ties = MetricTies(context: context, results: results).ties(of: phrase.place, to: index)
        let isAfter = phrase.place.lowerBound >= context.quantities[item.quantity].tokens.upperBound ? 1 : 0
        features.append(FeatureKey(.metricTie, form, .number(ties.own.rawValue * 2 + isAfter)))
        let closest = max(ties.own, ties.shared).rawValue
        features.append(
            FeatureKey(.metricRival, .number(closest * 2 + isAfter), .number(ties.rival.rawValue))
        )
        let isAligned = order == index - item.list.lowerBound ? 1 : 0
        features.append(
            FeatureKey(
                .metricShared,
                .number((ties.shared.rawValue * 2 + isAfter) * 2 + isAligned),
                .number(min(4, item.list.count))
            )
        )
    }

    private func addRelation(
        _ phrase: MetricPhrase,
        _ quantity: Quantity,
        _ sentence: Range<Int>,
        _ form: FeatureValue,
        to features: inout [FeatureKey]
    ) {
        let place = phrase.place
        let isAfter = place.lowerBound >= quantity.tokens.upperBound
        let between =
            isAfter
            ? quantity.tokens.upperBound..<place.lowerBound
            : min(place.upperBound, quantity.start)..<quantity.start
        let direction = FeatureValue.number(isAfter ? 1 : 0)
        features.append(FeatureKey(.metricPlace, form, direction))
        let distance = BenchmarkFeatures.bucket(between.count) * 2 + (isAfter ? 1 : 0)
        features.append(FeatureKey(.metricDistance, form, .number(distance)))
        let others = results.count(between: between, in: context)
        features.append(FeatureKey(.metricResultsBetween, form, .number(min(3, others) * 2 + (isAfter ? 1 : 0))))
        let inner =
            between.count == 1
            ? context.symbol(at: between.lowerBound, in: sentence)
            : between.count == 2 ? context.symbol(at: between.upperBound - 1, in: sentence) : .none
        features.append(FeatureKey(.metricInner, direction, inner))
        var bits = 0
        for index in between.prefix(60) {
            let token = context.document.tokens[index]
            if token.isMark(",") { bits |= 1 }
            if token.isMark(";") || token.word == KnownWords.builtIn.whileWord { bits |= 2 }
            if token.word == KnownWords.builtIn.and { bits |= 4 }
            if token.isResultVerb { bits |= 8 }
            if token.has(.metric) { bits |= 16 }
            if token.isMark("(") || token.isMark(")") { bits |= 32 }
        }
        features.append(FeatureKey(.metricBreaks, direction, .number(bits)))
    }
}

extension Document {
    /// Whether two tokens are written alike, case aside.
    func hasSameText(_ left: Int, _ right: Int) -> Bool {
        let (first, second) = (tokens[left].range, tokens[right].range)
        guard first.count == second.count else { return false }
        return zip(first, second).allSatisfy { ByteClass.lowered(text.bytes[$0]) == ByteClass.lowered(text.bytes[$1]) }
    }
}
