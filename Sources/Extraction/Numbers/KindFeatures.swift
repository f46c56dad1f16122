internal import Claims

/// What the choice between score, change and no result looks at.
enum KindFeatures {
    /// Whether a number is no result, whatever stands around it: it is part of a name, or a year.
    static func isNever(_ index: Int, in context: ClaimContext) -> Bool {
        let quantity = context.quantities[index]
        let token = quantity.amount.token >= 0 ? Int(quantity.amount.token) : quantity.tokens.lowerBound
        if context.roles[token] != .none { return true }
        let cues = KindCueFinder(context: context).cues(of: index, list: index..<(index + 1))
        let isMeasured =
            cues.contains(.metricOf) || cues.contains(.metricIs) || cues.contains(.metricEquals)
            || cues.contains(.metricDirect)
        if cues.contains(.year) || cues.contains(.version) { return !isMeasured }
        return cues.contains(.probability) || cues.contains(.sampleSize) || cues.contains(.confidenceInterval)
            || cues.contains(.threshold) || cues.contains(.bigCount) || cues.contains(.quantifierBracket)
            || cues.contains(.citation) || cues.contains(.interval)
    }

    /// Collects the features of a quantity.
    ///
    /// `last`: what the quantity before it was found to be.
    static func collect(for index: Int, last: NumberKind, in context: ClaimContext, into features: inout [FeatureKey]) {
        let cues = collect(for: index, in: context, into: &features)
        addLast(before: index, last, cues, in: context, to: &features)
    }

    /// Collects the features of a quantity, but for those that depend on what the quantity before it is.
    ///
    /// - Returns: the constructions that it stands in.
    static func collect(for index: Int, in context: ClaimContext, into features: inout [FeatureKey]) -> KindCues {
        features.removeAll(keepingCapacity: true)
        let quantity = context.quantities[index]
        let sentence = context.sentence(of: quantity)
        features.append(FeatureKey(.kindBias, .flag(true)))
        let cues = addConstructions(of: index, in: context, to: &features)
        addForm(of: quantity, in: context, to: &features)
        addNeighbours(of: quantity, in: context, sentence, to: &features)
        addSurroundings(of: quantity, in: context, sentence, to: &features)
        addCues(of: quantity, in: context, sentence, to: &features)
        addNext(behind: index, in: context, to: &features)
        addBracket(of: quantity, in: context, sentence, to: &features)
        addSentence(of: quantity, in: context, sentence, to: &features)
        return cues
    }

    // MARK: Constructions

    private static func addConstructions(
        of index: Int,
        in context: ClaimContext,
        to features: inout [FeatureKey]
    ) -> KindCues {
        let unit = FeatureValue.unitKind(context.quantities[index].unit)
        let cues = KindCueFinder(context: context).cues(of: index, list: list(around: index, in: context))
        if cues.isEmpty { features.append(FeatureKey(.noCue, unit)) }
        addRun(of: index, isBare: cues.subtracting(.behind).isEmpty, in: context, to: &features)
        for cue in KindCue.allCases where cues.contains(cue) {
            features.append(FeatureKey(.cue, .cue(cue)))
            features.append(FeatureKey(.cue, .cue(cue), unit))
        }
        return cues
    }

    /// How many numbers of a run are gone back at most, and how many tokens part two of them.
    private static let longestRun = 6
    private static let longestRunGap = 18

    /// The constructions of the number that a run starts with: `improves by [3 %] on A, 4 % on B and 5 % on C`.
    private static func addRun(of index: Int, isBare: Bool, in context: ClaimContext, to features: inout [FeatureKey]) {
        var head = index
        while head > 0, index - head < longestRun,
            isRun(context.quantities[head - 1], context.quantities[head], in: context)
        {
            head -= 1
        }
        guard head < index else { return }
        let unit = FeatureValue.unitKind(context.quantities[index].unit)
        let cues = KindCueFinder(context: context).cues(of: head, list: list(around: head, in: context))
        if cues.isEmpty { features.append(FeatureKey(.runCue, .flag(isBare), unit)) }
        for cue in KindCue.allCases where cues.contains(cue) {
            features.append(FeatureKey(.runCue, .cue(cue), .number(isBare ? 3 : 2)))
        }
    }

    /// Whether nothing between two numbers of the same unit starts a new statement.
    private static func isRun(_ first: Quantity, _ second: Quantity, in context: ClaimContext) -> Bool {
        guard first.sentence == second.sentence, first.unit == second.unit, first.sign == second.sign else {
            return false
        }
        let between = first.tokens.upperBound..<max(first.tokens.upperBound, second.start)
        guard between.count <= longestRunGap else { return false }
        let sentence = context.sentence(of: first)
        return !between.contains { index in
            let token = context.document.tokens[index]
            return token.isMark(";") || context.isResultVerb(at: index, in: sentence) && !token.has(.metric)
        }
    }

    /// How many numbers of a list are looked at on either side.
    private static let longestList = 8

    /// The quantities that one stands in a list with.
    static func list(around index: Int, in context: ClaimContext) -> Range<Int> {
        var (low, high) = (index, index + 1)
        while low > max(0, index - longestList),
            QuantityLists.isList(context.quantities[low - 1], context.quantities[low], in: context.document)
        {
            low -= 1
        }
        while high < min(context.quantities.count, index + longestList),
            QuantityLists.isList(context.quantities[high - 1], context.quantities[high], in: context.document)
        {
            high += 1
        }
        return low..<high
    }

    // MARK: The number itself

    private static func addForm(of quantity: Quantity, in context: ClaimContext, to features: inout [FeatureKey]) {
        let unit = FeatureValue.unitKind(quantity.unit)
        let form = FeatureValue.number(form(of: quantity, in: context))
        features.append(FeatureKey(.unit, .unit(quantity.unit)))
        features.append(FeatureKey(.form, form))
        features.append(FeatureKey(.unitAndForm, unit, form))
        features.append(FeatureKey(.sign, .number(Int(quantity.sign)), unit))
        features.append(FeatureKey(.bound, bound(quantity.bound), unit))
        features.append(FeatureKey(.move, .number(Int(quantity.move.rawValue)), unit))
        features.append(FeatureKey(.exponent, .number(Int(quantity.amount.exponent)), unit))
    }

    private static func bound(_ bound: Bound) -> FeatureValue {
        switch bound {
        case .exact: .number(0)
        case .upTo: .number(1)
        case .atLeast: .number(2)
        case .below: .number(3)
        case .about: .number(4)
        }
    }

    /// How the digits look: a year, a fraction below one, a whole number of so many digits.
    private static func form(of quantity: Quantity, in context: ClaimContext) -> Int {
        guard quantity.amount.token >= 0 else { return 1 }
        let token = context.document.tokens[Int(quantity.amount.token)]
        let bytes = context.document.text.bytes
        let first = bytes[token.range.lowerBound]
        let base = quantity.high == nil ? 0 : 16
        if token.shape.contains(.hasPoint) { return base + (first == UInt8(ascii: "0") ? 2 : 3) }
        let length = token.range.count
        if length == 4, first == UInt8(ascii: "1") && bytes[token.range.lowerBound + 1] == UInt8(ascii: "9") {
            return base + 4
        }
        if length == 4, first == UInt8(ascii: "2") && bytes[token.range.lowerBound + 1] == UInt8(ascii: "0") {
            return base + 4
        }
        return base + 4 + min(length, 6)
    }

    // MARK: The number before

    /// Adds what depends on the quantity before; `cues`: the constructions that the quantity itself stands in.
    static func addLast(
        before index: Int,
        _ last: NumberKind,
        _ cues: KindCues,
        in context: ClaimContext,
        to features: inout [FeatureKey]
    ) {
        for cue in KindCue.allCases where cues.contains(cue) {
            features.append(FeatureKey(.cueAndLast, .cue(cue), .number(4 + Int(last.rawValue))))
        }
        guard index > 0, context.quantities[index - 1].sentence == context.quantities[index].sentence else { return }
        let (first, second) = (context.quantities[index - 1], context.quantities[index])
        let isSameUnit = first.unit == second.unit ? 1 : 0
        features.append(FeatureKey(.lastKind, .number(Int(last.rawValue) * 2 + isSameUnit)))
        let gap = second.start - first.tokens.upperBound
        let isList = QuantityLists.isList(first, second, in: context.document)
        let joint = context.document.tokens[second.start - 1]
        let form = isList ? 0 : gap <= 6 ? 1 : gap <= 14 ? 2 : 3
        let pair = FeatureValue.number((Int(last.rawValue) * 2 + isSameUnit) * 4 + form)
        features.append(
            FeatureKey(.lastKindInList, pair, joint.word == .unknown ? .mark(joint.mark) : .word(joint.word))
        )
    }
}
