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
            || cues.contains(.threshold) || cues.contains(.bigCount)
    }

    /// Collects the features of a quantity.
    ///
    /// `last`: what the quantity before it was found to be.
    static func collect(for index: Int, last: NumberKind, in context: ClaimContext, into features: inout [FeatureKey]) {
        features.removeAll(keepingCapacity: true)
        let quantity = context.quantities[index]
        let sentence = context.sentence(of: quantity)
        features.append(FeatureKey(.kindBias, .flag(true)))
        addConstructions(of: index, last, in: context, to: &features)
        addForm(of: quantity, in: context, to: &features)
        addNeighbours(of: quantity, in: context, sentence, to: &features)
        addSurroundings(of: quantity, in: context, sentence, to: &features)
        addCues(of: quantity, in: context, sentence, to: &features)
        addNext(behind: index, in: context, to: &features)
        addBracket(of: quantity, in: context, sentence, to: &features)
        addSentence(of: quantity, in: context, sentence, to: &features)
        addLast(before: index, last, in: context, to: &features)
    }

    // MARK: Constructions

    private static func addConstructions(
        of index: Int,
        _ last: NumberKind,
        in context: ClaimContext,
        to features: inout [FeatureKey]
    ) {
        let unit = FeatureValue.unitKind(context.quantities[index].unit)
        let cues = KindCueFinder(context: context).cues(of: index, list: list(around: index, in: context))
        if cues.isEmpty { features.append(FeatureKey(.noCue, unit)) }
        addRun(of: index, isBare: cues.isEmpty, in: context, to: &features)
        for cue in KindCue.allCases where cues.contains(cue) {
            features.append(FeatureKey(.cue, .cue(cue)))
            features.append(FeatureKey(.cue, .cue(cue), unit))
            features.append(FeatureKey(.cueAndLast, .cue(cue), .number(4 + Int(last.rawValue))))
        }
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
        return !between.contains { index in
            let token = context.document.tokens[index]
            return token.isMark(";") || context.roles[index] == .none && token.isResultVerb && !token.has(.metric)
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

    // MARK: What stands beside it

    private static func addNeighbours(
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

    private static func addSurroundings(
        of quantity: Quantity,
        in context: ClaimContext,
        _ sentence: Range<Int>,
        to features: inout [FeatureKey]
    ) {
        let unit = FeatureValue.unitKind(quantity.unit)
        let left = quantity.start - 1
        let right = quantity.tokens.upperBound
        for offset in 0..<near {
            add(.nearLeft, context.symbol(at: left - offset, in: sentence), unit, to: &features)
            add(.nearRight, context.symbol(at: right + offset, in: sentence), unit, to: &features)
        }
        var leftDistances = ClassDistances()
        var rightDistances = ClassDistances()
        var verb: FeatureValue?
        for offset in 0..<far {
            if sentence.contains(left - offset) {
                let token = context.document.tokens[left - offset]
                leftDistances.note(token, at: offset)
                if verb == nil, token.isResultVerb, context.roles[left - offset] == .none { verb = .word(token.word) }
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

    private static func add(
        _ feature: Feature,
        _ value: FeatureValue,
        _ unit: FeatureValue,
        to features: inout [FeatureKey]
    ) {
        guard value != .shape(.edge), value != .shape(.word) else { return }
        features.append(FeatureKey(feature, value))
    }

    // MARK: Cues

    /// How far before and behind a number its cue is looked for.
    private static let farthestCueBefore = 14
    private static let farthestCueBehind = 6

    /// The nearest words that say what a number is, before it (`reduces … by`) and behind it (`higher`).
    private static func addCues(
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
        features.append(FeatureKey(.cueLeft, leftValue, link))
        features.append(FeatureKey(.cueLeft, .number(leftClass), link))
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
    private static func addNext(behind index: Int, in context: ClaimContext, to features: inout [FeatureKey]) {
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

    private static func addBracket(
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
        features.append(
            FeatureKey(.bracketAfter, context.symbol(at: open + 1, in: sentence), .flag(open + 1 == quantity.start))
        )
    }

    // MARK: The sentence

    private static func addSentence(
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
        var names: UInt32 = 0
        for index in sentence.prefix(120) {
            let token = context.document.tokens[index]
            if token.has(.levelVerb) { has |= 1 }
            if token.has(.raiseVerb) || token.has(.cutVerb) || token.has(.winVerb) { has |= 2 }
            if token.has(.metric) { has |= 4 }
            if token.has(.sotaWord) { has |= 8 }
            if context.roles[index] == .benchmark { names |= 1 }
            if context.roles[index] == .own || token.has(.selfWord) { names |= 2 }
        }
        features.append(FeatureKey(.sentenceHas, .number(Int(has)), unit))
        features.append(FeatureKey(.sentenceNames, .number(Int(names)), unit))
        features.append(FeatureKey(.abstractHas, .number(context.abstractKind), unit))
        features.append(FeatureKey(.abstractHas, .number(64 + context.abstractKind), .number(Int(has))))
        features.append(FeatureKey(.abstractAndSentence, .number(context.abstractKind), .number(Int(names))))
    }

    // MARK: The number before

    private static func addLast(
        before index: Int,
        _ last: NumberKind,
        in context: ClaimContext,
        to features: inout [FeatureKey]
    ) {
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

/// How far from a number the nearest word of each class is.
private struct ClassDistances {
    private var nearest: [5 of WordClasses] = .init(repeating: [])
    private var seen: WordClasses = []

    /// The farthest offset of each bucket.
    private static func bucket(_ offset: Int) -> Int {
        offset < 1 ? 0 : offset < 2 ? 1 : offset < 5 ? 2 : offset < 10 ? 3 : 4
    }

    mutating func note(_ token: Token, at offset: Int) {
        let new = token.classes.union(token.phraseClasses).subtracting(seen)
        guard !new.isEmpty else { return }
        seen.formUnion(new)
        nearest[Self.bucket(offset)].formUnion(new)
    }

    /// 1 for beside the number, up to 5 for far from it; 0 where there is none.
    func bucket(of wordClass: WordClass) -> Int {
        guard seen.contains(wordClass) else { return 0 }
        for bucket in 0..<5 where nearest[bucket].contains(wordClass) { return bucket + 1 }
        return 0
    }
}
