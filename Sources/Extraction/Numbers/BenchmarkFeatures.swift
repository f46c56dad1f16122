internal import Claims

/// What the choice between sets of benchmarks looks at.
struct BenchmarkFeatures {
    let context: ClaimContext
    let results: ResultList
    let groups: BenchmarkGroups
    /// For each result what it measures.
    let measures: [MetricPhrase?]

    /// Collects the features of an option for a result.
    ///
    /// `last`: the things that the result before it was found to be for.
    func collect(
        _ option: BenchmarkOption,
        for index: Int,
        last: UInt64?,
        _ around: ResultSurroundings,
        into features: inout [FeatureKey]
    ) {
        features.removeAll(keepingCapacity: true)
        let item = results.items[index]
        let quantity = context.quantities[item.quantity]
        let sentence = context.sentence(of: quantity)
        let source = FeatureValue.number(Int(option.source.rawValue))
        features.append(FeatureKey(.optionKind, source))
        features.append(FeatureKey(.optionKindAndResult, source, .number(Int(item.kind.rawValue))))
        addSentence(option, index, quantity, source, to: &features)
        addLast(option, index, last, around, source, to: &features)
        addSurroundings(option, around, quantity, source, to: &features)
        addMeasure(index, quantity, sentence, source, to: &features)
        addThing(option, source, to: &features)
        switch option.source {
        case .none: break
        case .single, .group, .all, .transfer: addRelation(option, index, quantity, sentence, to: &features)
        case .carriedSingle, .carriedGroup, .far: addCarried(option, quantity, to: &features)
        }
    }

    // MARK: The sentence

    private func addSentence(
        _ option: BenchmarkOption,
        _ index: Int,
        _ quantity: Quantity,
        _ source: FeatureValue,
        to features: inout [FeatureKey]
    ) {
        let sentence = context.sentence(of: quantity)
        let isAverage = context.hasAverage(near: quantity, in: sentence)
        features.append(
            FeatureKey(.aggregate, source, .number((isAverage ? 1 : 0) + (quantity.bound == .upTo ? 2 : 0)))
        )
    }

    // MARK: What is measured, and the thing itself

    /// How far around a number words of cost and unnamed data are looked for.
    private static let nearWords = 8

    /// Speeds and costs are seldom a benchmark's; numbers of data without a name are none's.
    private func addMeasure(
        _ index: Int,
        _ quantity: Quantity,
        _ sentence: Range<Int>,
        _ source: FeatureValue,
        to features: inout [FeatureKey]
    ) {
        let document = context.document
        var isCost = quantity.unit.isPrinted
        if let phrase = measures[index] {
            isCost = isCost || phrase.addsSpeed || phrase.tokens.contains { document.tokens[$0].has(.costWord) }
            if let last = phrase.tokens.last {
                features.append(FeatureKey(.measure, source, context.symbol(at: last, in: sentence)))
            }
            features.append(FeatureKey(.measureKind, source, .number(Int(phrase.kind.rawValue) * 2 + (isCost ? 1 : 0))))
        } else {
            features.append(FeatureKey(.measureKind, source, .number(100 + (isCost ? 1 : 0))))
        }
        let end = quantity.tokens.upperBound
        var bits = 0
        for index in end..<max(end, min(sentence.upperBound, end + Self.nearWords)) {
            let token = document.tokens[index]
            if token.kind == .number || token.isMark(";") { break }
            guard context.roles[index] == .none else {
                if context.roles[index] == .benchmark { break }
                continue
            }
            if token.has(.benchmarkNoun) || token.has(.taskNoun) { bits |= 1 }
            if token.has(.costWord) { bits |= 2 }
        }
        features.append(FeatureKey(.unnamedNear, source, .number(bits)))
    }

    /// How often a benchmark is named, whether it is presented, and whether systems are trained on it.
    private func addThing(_ option: BenchmarkOption, _ source: FeatureValue, to features: inout [FeatureKey]) {
        guard !option.places.isEmpty else { return }
        let place = context.names.benchmarkPlaces[option.places.lowerBound]
        let start = place.tokens.lowerBound
        let sentence = context.document.sentences[context.document.sentence(of: start)]
        let cues = BenchmarkGroups.cues(before: start, in: sentence, context.document)
        features.append(FeatureKey(.thingMentions, source, .number(min(4, groups.mentionsOfThing[place.thing]))))
        features.append(FeatureKey(.thingCue, source, .number(Int(cues.rawValue))))
        let anywhere = Int(groups.cuesOfThing[place.thing].rawValue)
        features.append(FeatureKey(.thingCueAnywhere, source, .number(anywhere)))
        features.append(FeatureKey(.thingOrder, source, .number(min(3, place.thing))))
    }

    // MARK: The result before

    private func addLast(
        _ option: BenchmarkOption,
        _ index: Int,
        _ last: UInt64?,
        _ around: ResultSurroundings,
        _ source: FeatureValue,
        to features: inout [FeatureKey]
    ) {
        guard index > 0, let last else { return }
        let (first, second) = (results.items[index - 1], results.items[index])
        let isSame = option.things == last ? 1 : 0
        let wasNone = last == 0 ? 1 : 0
        let state = Int(around.joint.rawValue) * 4 + isSame * 2 + wasNone
        features.append(FeatureKey(.isCarriedBy, source, .number(state)))
        let sameUnit = context.quantities[first.quantity].unit == context.quantities[second.quantity].unit ? 1 : 0
        features.append(FeatureKey(.sentencesBackAndUnit, source, .number(state * 2 + sameUnit)))
        features.append(FeatureKey(.measureAgain, .number(state), .number(around.sameMeasure)))
    }

    // MARK: Names of the same sentence

    private func addRelation(
        _ option: BenchmarkOption,
        _ index: Int,
        _ quantity: Quantity,
        _ sentence: Range<Int>,
        to features: inout [FeatureKey]
    ) {
        let places = context.names.benchmarkPlaces
        let first = places[option.places.lowerBound].tokens
        let last = places[option.places.upperBound - 1].tokens
        let isAfter = first.lowerBound >= quantity.tokens.upperBound
        let isBefore = last.upperBound <= quantity.start
        let between =
            isAfter
            ? quantity.tokens.upperBound..<first.lowerBound : isBefore ? last.upperBound..<quantity.start : 0..<0
        let source = Int(option.source.rawValue)
        let direction = source * 4 + (isAfter ? 1 : isBefore ? 2 : 3)
        let value = FeatureValue.number(direction)
        features.append(FeatureKey(.direction, value))
        features.append(FeatureKey(.distance, value, .number(Self.bucket(between.count))))
        features.append(FeatureKey(.before, value, preposition(before: first.lowerBound, in: sentence)))
        features.append(FeatureKey(.beforeOption, value, context.symbol(at: first.lowerBound - 1, in: sentence)))
        features.append(FeatureKey(.after, value, context.symbol(at: last.upperBound, in: sentence)))
        features.append(
            FeatureKey(
                .wordBetween,
                value,
                between.count == 1 ? context.symbol(at: between.lowerBound, in: sentence) : .none
            )
        )
        let others = results.count(between: between, in: context)
        features.append(FeatureKey(.resultsBetween, value, .number(min(3, others))))
        features.append(FeatureKey(.namesBetween, value, .number(min(3, names(in: between)))))
        features.append(FeatureKey(.breaksBetween, value, .number(breaks(in: between))))
        features.append(FeatureKey(.alignment, value, .number(alignment(of: option, index))))
        let rank = rank(of: option, quantity)
        features.append(FeatureKey(.isNearest, value, .number(rank)))
        features.append(FeatureKey(.orientation, value, .number(orientation(around: index, quantity) * 3 + rank)))
        let group = groups.groups[groups.groupOfPlace[option.places.lowerBound]]
        let list = min(3, results.items[index].list.count)
        features.append(FeatureKey(.ownGroup, value, .number(min(4, group.count) * 4 + list)))
        features.append(FeatureKey(.ownGroup, .number(source), .number(min(4, group.count) * 4 + list)))
    }

    /// How many results of a sentence are looked at to tell its first and last; far over any sentence.
    private static let farthestResults = 64

    /// Whether the sentence names benchmarks before its first number (1), and behind its last (2).
    private func orientation(around index: Int, _ quantity: Quantity) -> Int {
        let own = groups.ofSentence[quantity.sentence]
        let same = sentenceResults(around: index, limit: Self.farthestResults)
        let places = context.names.benchmarkPlaces
        let first = context.quantities[results.items[same.lowerBound].quantity].start
        let last = context.quantities[results.items[same.upperBound - 1].quantity].start
        let namesFirst = places[own.lowerBound].tokens.lowerBound < first ? 1 : 0
        let namesLast = places[own.upperBound - 1].tokens.lowerBound > last ? 2 : 0
        return namesFirst + namesLast
    }

    static func bucket(_ distance: Int) -> Int {
        switch distance {
        case ..<1: 0
        case 1: 1
        case 2: 2
        case 3...4: 3
        case 5...7: 4
        case 8...12: 5
        case 13...20: 6
        default: 7
        }
    }

    /// The preposition that a name hangs on: "on the challenging X" -> on.
    private func preposition(before index: Int, in sentence: Range<Int>) -> FeatureValue {
        var index = index - 1
        let lowest = max(sentence.lowerBound, index - 5)
        while index >= lowest {
            let token = context.document.tokens[index]
            if token.kind == .mark, !token.isMark("-"), !token.isMark("'") { return .mark(token.mark) }
            if token.kind == .number { return .shape(.number) }
            if token.classes.contains(.function), token.word != KnownWords.builtIn.the,
                token.word != KnownWords.builtIn.a
            {
                return .word(token.word)
            }
            index -= 1
        }
        return index < sentence.lowerBound ? .shape(.edge) : .shape(.word)
    }

    private func names(in range: Range<Int>) -> Int {
        var count = 0
        var isInName = false
        for index in range.prefix(60) {
            let isName = context.roles[index] == .benchmark
            if isName, !isInName { count += 1 }
            isInName = isName
        }
        return count
    }

    /// What parts a number from a name: commas, clause words, verbs, brackets; as bits.
    private func breaks(in range: Range<Int>) -> Int {
        var bits = 0
        let known = KnownWords.builtIn
        for index in range.prefix(60) {
            let token = context.document.tokens[index]
            if token.isMark(",") { bits |= 1 }
            if token.isMark(";") || token.isMark(":") || token.mark == 0xE2 { bits |= 2 }
            if token.word == known.and || token.word == known.whileWord || token.word == known.but
                || token.word == known.whereas
            {
                bits |= 4
            }
            if token.isResultVerb { bits |= 8 }
            if token.isMark("(") { bits |= 16 }
            if token.isMark(")") { bits |= 32 }
        }
        return bits
    }

    /// Whether number and name have the same place in lists of the same length: 1 yes, 2 no, 0 where there are no such
    /// lists; and 4 more where `respectively` stands in the sentence.
    private func alignment(of option: BenchmarkOption, _ index: Int) -> Int {
        let item = results.items[index]
        let quantity = context.quantities[item.quantity]
        let respectively = context.hasRespectively(in: context.sentence(of: quantity), behind: quantity.start) ? 4 : 0
        guard option.source == .single else {
            if item.list.count < 2 { return respectively }
            return respectively + (option.places.count == item.list.count ? 1 : 2)
        }
        let group = groups.groups[groups.groupOfPlace[option.places.lowerBound]]
        if item.list.count > 1, group.count == item.list.count {
            return respectively + (option.places.lowerBound - group.lowerBound == index - item.list.lowerBound ? 1 : 2)
        }
        if item.list.count > 1, group.count > 1 { return respectively + 3 }
        let all = groups.ofSentence[quantity.sentence]
        guard all.count > 1 else { return respectively }
        let same = sentenceResults(around: index, limit: all.count)
        guard same.count == all.count else { return respectively }
        return respectively + 8 + (option.places.lowerBound - all.lowerBound == index - same.lowerBound ? 1 : 2)
    }

    /// Where `respectively` is said and one coordinated group has as many names as there are numbers: the name that has the
    /// number's place.
    func parallelPlace(of index: Int) -> Int? {
        let item = results.items[index]
        let quantity = context.quantities[item.quantity]
        let own = groups.ofSentence[quantity.sentence]
        guard own.count > 1, context.hasRespectively(in: context.sentence(of: quantity), behind: quantity.start) else {
            return nil
        }
        let list = item.list.count > 1 ? item.list : sentenceResults(around: index, limit: own.count)
        guard list.count > 1 else { return nil }
        var found: Range<Int>?
        var place = own.lowerBound
        while place < own.upperBound {
            let group = groups.groups[groups.groupOfPlace[place]]
            if group.count == list.count {
                // Two such groups: which of them is meant is for the learned choice.
                guard found == nil else { return nil }
                found = group
            }
            place = group.upperBound
        }
        return found.map { $0.lowerBound + index - list.lowerBound }
    }

    /// The results of a result's sentence; where there are more than a limit, any range longer than that.
    private func sentenceResults(around index: Int, limit: Int) -> Range<Int> {
        let sentence = context.quantities[results.items[index].quantity].sentence
        var (low, high) = (index, index + 1)
        func isSame(_ item: Int) -> Bool { context.quantities[results.items[item].quantity].sentence == sentence }
        while low > 0, high - low <= limit, isSame(low - 1) { low -= 1 }
        while high < results.items.count, high - low <= limit, isSame(high) { high += 1 }
        return low..<high
    }

    /// How many other names are nearer on the same side: 0, 1, 2 (or more).
    private func rank(of option: BenchmarkOption, _ quantity: Quantity) -> Int {
        let own = groups.ofSentence[quantity.sentence]
        let places = context.names.benchmarkPlaces
        let isAfter = places[option.places.lowerBound].tokens.lowerBound >= quantity.tokens.upperBound
        var nearer = 0
        for place in own where !option.places.contains(place) {
            let isOtherAfter = places[place].tokens.lowerBound >= quantity.tokens.upperBound
            guard isOtherAfter == isAfter else { continue }
            let isNearer = isAfter ? place < option.places.lowerBound : place >= option.places.upperBound
            if isNearer { nearer += 1 }
        }
        return min(2, nearer)
    }

    // MARK: Names of other sentences

    private func addCarried(_ option: BenchmarkOption, _ quantity: Quantity, to features: inout [FeatureKey]) {
        let source = FeatureValue.number(Int(option.source.rawValue) * 8 + option.sentencesBack)
        let sentence = context.sentence(of: quantity)
        features.append(FeatureKey(.sentenceStart, source, context.symbol(at: sentence.lowerBound, in: sentence)))
        let home = context.document.sentence(
            of: context.names.benchmarkPlaces[option.places.lowerBound].tokens.lowerBound
        )
        let there = groups.ofSentence[home]
        features.append(FeatureKey(.distanceBack, source, .number(min(4, there.count))))
        features.append(
            FeatureKey(
                .before,
                source,
                preposition(
                    before: context.names.benchmarkPlaces[option.places.lowerBound].tokens.lowerBound,
                    in: context.document.sentences[home]
                )
            )
        )
    }
}

extension ClaimContext {
    /// How far around a number the word of an average is looked for.
    private static let averageReach = 8

    /// Whether an average is spoken of beside a number.
    func hasAverage(near quantity: Quantity, in sentence: Range<Int>) -> Bool {
        let low = max(sentence.lowerBound, quantity.start - Self.averageReach)
        let high = min(sentence.upperBound, quantity.tokens.upperBound + Self.averageReach)
        return (low..<high).contains { document.tokens[$0].has(.averageWord) }
    }

    /// How far behind a number `respectively` is looked for.
    private static let respectivelyReach = 80

    /// Whether the sentence goes on to say `respectively`.
    func hasRespectively(in sentence: Range<Int>, behind index: Int) -> Bool {
        let high = min(sentence.upperBound, index + Self.respectivelyReach)
        let low = max(sentence.lowerBound, index - Self.respectivelyReach)
        return (low..<high).contains { document.tokens[$0].classes.contains(.respectivelyWord) }
    }
}
