internal import Claims

// The words, classes of words, cues and brackets around a number.

extension KindFeatures {
    // MARK: What stands beside it

    static func addNeighbours(
        of quantity: Quantity,
        in context: ClaimContext,
        _ sentence: Range<Int>,
        to features: inout [FeatureKey]
    ) {
        let unit = FeatureValue.unitKind(quantity.unit)
        let left = quantity.start - 1
        let right = quantity.tokens.upperBound
        let left1 = context.symbol(at: left, in: sentence)
        let left2 = context.symbol(at: left - 1, in: sentence)
        let right1 = context.symbol(at: right, in: sentence)
        let right2 = context.symbol(at: right + 1, in: sentence)
        features.append(FeatureKey(.left1, left1))
        features.append(FeatureKey(.left2, left2))
        features.append(FeatureKey(.left3, context.symbol(at: left - 2, in: sentence)))
        features.append(FeatureKey(.right1, right1))
        features.append(FeatureKey(.right2, right2))
        features.append(FeatureKey(.right3, context.symbol(at: right + 2, in: sentence)))
        features.append(FeatureKey(.lefts, left2, left1))
        features.append(FeatureKey(.rights, right1, right2))
        features.append(FeatureKey(.around, left1, right1))
        features.append(FeatureKey(.unitAndLeft, unit, left1))
        features.append(FeatureKey(.unitAndRight, unit, right1))
        if sentence.contains(right) {
            let isGlued =
                context.document.tokens[right].shape.contains(.isGlued) && context.document.tokens[right].kind != .mark
            features.append(FeatureKey(.wordForm, .flag(isGlued), right1))
        }
    }

    // MARK: What stands around it

    /// How far around a number words are looked at one by one.
    private static let near = 7
    /// How far around a number classes of words are looked for.
    private static let far = 24

    private static let classes: [WordClass] = [
        .levelVerb, .showVerb, .needVerb, .raiseVerb, .cutVerb, .winVerb, .matchVerb, .changeNoun, .comparative,
        .metric,
        .metricHead, .countNoun, .hyperWord, .selfWord, .systemWord, .humanWord, .earlierWord, .versusWord,
        .averageWord,
        .relativeWord, .absoluteWord, .sotaWord, .speedNoun, .respectivelyWord,
    ]

    static func addSurroundings(
        of quantity: Quantity,
        in context: ClaimContext,
        _ sentence: Range<Int>,
        to features: inout [FeatureKey]
    ) {
        let unit = FeatureValue.unitKind(quantity.unit)
        let left = quantity.start - 1
        let right = quantity.tokens.upperBound
        for offset in 0..<near {
            addNear(context.symbol(at: left - offset, in: sentence), to: &features)
        }
        var leftDistances = ClassDistances()
        var rightDistances = ClassDistances()
        var verb: FeatureValue?
        for offset in 0..<far {
            if sentence.contains(left - offset) {
                let token = context.document.tokens[left - offset]
                leftDistances.note(token, at: offset)
                if verb == nil, context.isResultVerb(at: left - offset, in: sentence) { verb = .word(token.word) }
            }
            if sentence.contains(right + offset) {
                rightDistances.note(context.document.tokens[right + offset], at: offset)
            }
        }
        for wordClass in classes {
            let (before, after) = (leftDistances.bucket(of: wordClass), rightDistances.bucket(of: wordClass))
            if before > 0 { features.append(FeatureKey(.classLeft, .wordClass(wordClass, near: before), unit)) }
            if after > 0 { features.append(FeatureKey(.classRight, .wordClass(wordClass, near: after), unit)) }
        }
        let found = verb ?? .shape(.edge)
        features.append(FeatureKey(.verb, found))
        features.append(FeatureKey(.verbAndUnit, found, unit))
        features.append(FeatureKey(.verbAndLeft, found, context.symbol(at: left, in: sentence)))
    }

    private static func addNear(_ value: FeatureValue, to features: inout [FeatureKey]) {
        guard value != .shape(.edge), value != .shape(.word) else { return }
        features.append(FeatureKey(.nearLeft, value))
    }

    // MARK: Cues

    /// How far before and behind a number its cue is looked for.
    private static let farthestCueBefore = 14
    private static let farthestCueBehind = 6

    /// The nearest words that say what a number is, before it (`reduces … by`) and behind it (`higher`).
    static func addCues(
        of quantity: Quantity,
        in context: ClaimContext,
        _ sentence: Range<Int>,
        to features: inout [FeatureKey]
    ) {
        let unit = FeatureValue.unitKind(quantity.unit)
        let left = leftCue(of: quantity, in: context, sentence)
        let right = rightCue(of: quantity, in: context, sentence)
        let leftValue = left.map { context.symbol(at: $0, in: sentence) } ?? .shape(.edge)
        let rightValue = right.map { context.symbol(at: $0, in: sentence) } ?? .shape(.edge)
        let leftClass = left.map { cueClass(context.document.tokens[$0]) } ?? 0
        let rightClass = right.map { cueClass(context.document.tokens[$0]) } ?? 0
        let link = context.symbol(at: quantity.start - 1, in: sentence)
        features.append(FeatureKey(.cueRight, rightValue, unit))
        features.append(FeatureKey(.cueRight, .number(rightClass), unit))
        features.append(FeatureKey(.cues, .number(leftClass * 8 + rightClass), unit))
        features.append(FeatureKey(.cueAndUnit, leftValue, unit))
        features.append(FeatureKey(.clauseStart, .number(leftClass * 8 + rightClass), link))
    }

    /// The nearest cue before a number, in its clause.
    private static func leftCue(of quantity: Quantity, in context: ClaimContext, _ sentence: Range<Int>) -> Int? {
        var index = quantity.start - 1
        let lowest = max(sentence.lowerBound, index - farthestCueBefore)
        while index >= lowest {
            let token = context.document.tokens[index]
            if token.isMark(";") || token.isMark("(") || token.word == KnownWords.builtIn.whileWord { return nil }
            if context.roles[index] == .none, cueClass(token) > 0 { return index }
            index -= 1
        }
        return nil
    }

    /// The nearest cue behind a number, before the next number or mark.
    private static func rightCue(of quantity: Quantity, in context: ClaimContext, _ sentence: Range<Int>) -> Int? {
        let end = min(sentence.upperBound, quantity.tokens.upperBound + farthestCueBehind)
        for index in quantity.tokens.upperBound..<max(end, quantity.tokens.upperBound) {
            let token = context.document.tokens[index]
            if token.kind == .number || token.kind == .mark && !token.isMark("-") && !token.isMark("/") { return nil }
            if context.roles[index] == .none, cueClass(token) > 0 { return index }
        }
        return nil
    }

    private static func cueClass(_ token: Token) -> Int {
        if token.has(.changeNoun) { return 1 }
        if token.has(.comparative) { return 2 }
        if token.has(.raiseVerb) || token.has(.cutVerb) { return 3 }
        if token.has(.winVerb) { return 4 }
        if token.has(.levelVerb) { return 5 }
        if token.has(.metric) { return 6 }
        return token.has(.countNoun) ? 7 : 0
    }

    /// What the number behind this one looks like.
    static func addNext(behind index: Int, in context: ClaimContext, to features: inout [FeatureKey]) {
        guard index + 1 < context.quantities.count else { return }
        let (first, second) = (context.quantities[index], context.quantities[index + 1])
        guard first.sentence == second.sentence else { return }
        let isList = QuantityLists.isList(first, second, in: context.document)
        let isSameUnit = first.unit == second.unit
        let form = (isList ? 1 : 0) + (isSameUnit ? 2 : 0) + (second.start - first.tokens.upperBound < 8 ? 4 : 0)
        features.append(FeatureKey(.nextForm, .number(form), .unitKind(first.unit)))
        features.append(FeatureKey(.nextForm, .number(8 + form), .unitKind(second.unit)))
    }

    // MARK: Brackets

    /// How far before a number its bracket's opening is looked for.
    private static let longestBracket = 24

    static func addBracket(
        of quantity: Quantity,
        in context: ClaimContext,
        _ sentence: Range<Int>,
        to features: inout [FeatureKey]
    ) {
        guard let open = context.openBracket(before: quantity.start, in: sentence, within: longestBracket) else {
            return
        }
        let unit = FeatureValue.unitKind(quantity.unit)
        features.append(FeatureKey(.bracketBefore, context.symbol(at: open - 1, in: sentence), unit))
    }

    // MARK: The sentence

    static func addSentence(
        of quantity: Quantity,
        in context: ClaimContext,
        _ sentence: Range<Int>,
        to features: inout [FeatureKey]
    ) {
        let unit = FeatureValue.unitKind(quantity.unit)
        let place = quantity.sentence * 6 / max(1, context.document.sentences.count)
        features.append(FeatureKey(.sentencePlace, .number(place), unit))
        features.append(FeatureKey(.sentenceStart, context.symbol(at: sentence.lowerBound, in: sentence)))
        var has: UInt32 = 0
        for index in sentence.prefix(120) {
            let token = context.document.tokens[index]
            if token.has(.levelVerb) { has |= 1 }
            if token.has(.raiseVerb) || token.has(.cutVerb) || token.has(.winVerb) { has |= 2 }
            if token.has(.metric) { has |= 4 }
            if token.has(.sotaWord) { has |= 8 }
        }
        features.append(FeatureKey(.sentenceHas, .number(Int(has)), unit))
    }
}
