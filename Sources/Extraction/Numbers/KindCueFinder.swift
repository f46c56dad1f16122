internal import Claims

/// Finds the constructions that a number stands in.
struct KindCueFinder {
    let context: ClaimContext
    let known = KnownWords.builtIn

    init(context: ClaimContext) { self.context = context }

    var document: Document { context.document }

    /// The cues of a quantity: those before the list that it stands in, those behind the list, and its own.
    ///
    /// `list`: the quantities of its list.
    func cues(of index: Int, list: Range<Int>) -> KindCues {
        let quantity = context.quantities[index]
        let sentence = context.sentence(of: quantity)
        var cues = KindCues(rawValue: 0)
        if quantity.sign == UInt8(ascii: "+") { cues.note(.plusSign) }
        if isYear(quantity) { cues.note(.year) }
        if isVersion(quantity, in: sentence) { cues.note(.version) }
        if quantity.amount.exponent >= 3, quantity.unit == .none { cues.note(.bigCount) }
        if isCitation(quantity, in: sentence) { cues.note(.citation) }
        if isInterval(of: index, in: sentence) { cues.note(.interval) }
        if isModifier(quantity) { cues.note(.unitModifier) }
        if isBoundOfConfidence(quantity, in: sentence) { cues.note(.confidenceInterval) }
        if isThreshold(quantity, in: sentence) { cues.note(.threshold) }
        let head = list.lowerBound < list.upperBound ? context.quantities[list.lowerBound] : quantity
        noteBefore(head, in: sentence, &cues)
        noteBehind(quantity.tokens.upperBound, quantity, in: sentence, &cues)
        if list.upperBound - 1 > index {
            noteBehind(context.quantities[list.upperBound - 1].tokens.upperBound, quantity, in: sentence, &cues)
        }
        return cues
    }

    private func isYear(_ quantity: Quantity) -> Bool {
        guard quantity.unit == .none, quantity.amount.token >= 0, quantity.amount.exponent == 0 else { return false }
        let range = document.tokens[Int(quantity.amount.token)].range
        guard range.count == 4 else { return false }
        let (first, second) = (document.text.bytes[range.lowerBound], document.text.bytes[range.lowerBound + 1])
        return first == UInt8(ascii: "1") && second == UInt8(ascii: "9")
            || first == UInt8(ascii: "2") && second == UInt8(ascii: "0")
    }

    /// `Sonnet 4.5`, `wav2vec 2.0`: one digit, a point and one digit, behind a name.
    private func isVersion(_ quantity: Quantity, in sentence: Range<Int>) -> Bool {
        guard quantity.unit == .none, quantity.high == nil, quantity.amount.token >= 0, quantity.amount.exponent == 0,
            quantity.sign == 0, quantity.start > sentence.lowerBound
        else { return false }
        let bytes = document.text.bytes[document.tokens[Int(quantity.amount.token)].range]
        guard bytes.count == 3, let first = bytes.first, first != UInt8(ascii: "0"),
            bytes.dropFirst().first == UInt8(ascii: ".")
        else { return false }
        let before = document.tokens[quantity.start - 1]
        if context.roles[quantity.start - 1] != .none { return context.roles[quantity.start - 1] != .benchmark }
        return before.kind == .word && (before.classes.isEmpty || before.has(.modelName))
            && (!before.shape.contains(.allUpper) || before.has(.modelName))
            && (before.shape.contains(.startsUpper) || before.shape.contains(.hasDigit))
            && !before.shape.contains(.startsSentence)
    }

    /// How far before a number the bracket and the words of its interval stand.
    private static let longestInterval = 12

    /// `(95 % CI: [60 %, 76 %])`: what stands in the bracket of an interval.
    private func isBoundOfConfidence(_ quantity: Quantity, in sentence: Range<Int>) -> Bool {
        let reach = Self.longestInterval
        guard let open = context.openBracket(before: quantity.start, in: sentence, within: reach) else {
            return false
        }
        let lowest = max(sentence.lowerBound, open - 3)
        return (lowest..<quantity.start).contains { isIntervalWord(at: $0) }
    }

    /// `CI`, `confidence interval`; not the confidence that a system has.
    private func isIntervalWord(at index: Int) -> Bool {
        let token = document.tokens[index]
        return token.has(.confidenceWord) && (token.range.count <= 3 || token.phraseLength > 1)
    }

    /// `at 50 % overlap`, `0.5 IoU`, `IoU > 0.5`, `IoU threshold of 0.5`.
    private func isThreshold(_ quantity: Quantity, in sentence: Range<Int>) -> Bool {
        let (before, end) = (quantity.start - 1, quantity.tokens.upperBound)
        let isAt = sentence.contains(before) && document.tokens[before].word == known.at
        if sentence.contains(end), isAt, document.tokens[end].has(.overlapWord) { return true }
        guard quantity.unit == .none, sentence.contains(before), document.tokens[before].has(.overlapWord) else {
            return false
        }
        let isSign = quantity.bound != .exact && document.tokens[quantity.start].kind == .mark
        return isSign || sentence.contains(before - 1) && document.tokens[before - 1].word == known.at
    }

    // MARK: Before

    /// How far before a number a verb or noun of change is looked for.
    private static let reach = 16

    private func noteBefore(_ quantity: Quantity, in sentence: Range<Int>, _ cues: inout KindCues) {
        let index = beforeArticles(quantity.start - 1, in: sentence)
        guard index >= sentence.lowerBound else { return }
        let token = document.tokens[index]
        if token.isMark(","), index > sentence.lowerBound, document.tokens[index - 1].has(.exampleWord) {
            return noteExample(index - 1, in: sentence, &cues)
        }
        if token.word == known.by { return noteBy(index, in: sentence, &cues) }
        if token.word == known.to { return noteTo(index, in: sentence, &cues) }
        if token.word == known.of { return noteOf(index, in: sentence, &cues) }
        if token.word == known.from || token.word == known.between { noteRange(index, in: sentence, &cues) }
        if token.isMark("=") || token.isMark("<") || token.isMark(">") || token.isMark(":") {
            return noteSign(index, in: sentence, &cues)
        }
        if token.isMark("(") || token.isMark("[") { return noteBracket(index, in: sentence, &cues) }
        if token.word == known.isVerb || token.word == known.are || token.has(.beVerb) {
            return noteIs(index, in: sentence, &cues)
        }
        if token.isMark("@") { cues.note(.threshold) }
        if token.has(.exampleWord) { return noteExample(index, in: sentence, &cues) }
        if token.has(.boundBelow) || token.word == known.within { noteWithin(index, in: sentence, &cues) }
        guard context.roles[index] == .none else { return }
        if token.has(.levelVerb) || token.has(.showVerb) { cues.note(.reachDirect) }
        if token.has(.raiseVerb) || token.has(.cutVerb) || token.classes.contains(.changeNoun) {
            return noteChangeDirect(token, before: quantity, &cues)
        }
        if token.has(.metric) || token.has(.metricHead) { noteObject(index, in: sentence, &cues) }
        if token.has(.metric) { cues.note(.metricDirect) }
        if token.has(.hyperWord), !token.has(.metric) { cues.note(.setting) }
    }

    /// `drops 12 %`; `falls below 12 %` says where it falls to.
    private func noteChangeDirect(_ verb: Token, before quantity: Quantity, _ cues: inout KindCues) {
        let bound = document.tokens[quantity.start].word
        let isLevel = bound == known.below || bound == known.under || bound == known.above
        guard isLevel, quantity.start < quantity.tokens.lowerBound else { return cues.note(.changeVerbDirect) }
        cues.note(verb.has(.cutVerb) ? .cutTo : .raisedTo)
    }

    /// `raises the F1 score 3 %`, `cuts the error up to 12 %`: the verb whose object stands before the number.
    private func noteObject(_ metric: Int, in sentence: Range<Int>, _ cues: inout KindCues) {
        let lowest = max(sentence.lowerBound, metric - Self.reach / 2)
        for index in (lowest..<metric).reversed() {
            let token = document.tokens[index]
            if token.kind == .number || token.kind == .mark && !token.isMark("-") { return }
            guard context.roles[index] == .none else { continue }
            if token.has(.raiseVerb) || token.has(.cutVerb) {
                if !token.has(.comparative) { cues.note(.changeVerbObject) }
                return
            }
            let isLink = token.word == known.of || token.word == known.with || token.word == known.forWord
            if isLink || context.isResultVerb(at: index, in: sentence) { return }
        }
    }

    /// `gains ranging from 3 % to 5 %`, `scores between 3 and 5`.
    private func noteRange(_ link: Int, in sentence: Range<Int>, _ cues: inout KindCues) {
        let lowest = max(sentence.lowerBound, link - Self.reach / 2)
        for index in (lowest..<link).reversed() {
            let token = document.tokens[index]
            if token.kind == .number || token.isMark(";") { return }
            guard context.roles[index] == .none else { continue }
            if token.classes.contains(.changeNoun), !token.has(.rangeWord) { return cues.note(.changeNounRange) }
            if token.has(.metric) || token.has(.metricHead) { return cues.note(.metricRange) }
        }
    }

    /// Steps over `a`, `an average of`, `only`, `as low as`, `a remarkable`.
    private func beforeArticles(_ index: Int, in sentence: Range<Int>) -> Int {
        var index = index
        for _ in 0..<4 where index >= sentence.lowerBound {
            let token = document.tokens[index]
            if token.word == known.of, index > sentence.lowerBound,
                document.tokens[index - 1].has(.averageWord) || document.tokens[index - 1].has(.maximumWord)
                    || document.tokens[index - 1].word == known.factor
            {
                index -= 2
            } else if token.has(.notModifier), token.kind == .word, index > sentence.lowerBound,
                document.tokens[index - 1].has(.articleWord)
            {
                index -= 2
            } else if token.word == known.a || token.word == known.an || token.word == known.the
                || token.word == known.only
                || token.word == known.just || token.has(.averageWord) || token.has(.relativeWord)
                || token.has(.absoluteWord)
            {
                index -= 1
            } else {
                break
            }
        }
        return index
    }

    /// `improves the error in all settings, including`, `(e.g.,`.
    private func noteExample(_ word: Int, in sentence: Range<Int>, _ cues: inout KindCues) {
        var index = word - 1
        let lowest = max(sentence.lowerBound, word - Self.reach)
        while index >= lowest {
            let token = document.tokens[index]
            if token.isMark(";") { return }
            if context.roles[index] == .none {
                if token.has(.levelVerb), !token.has(.changeNoun), context.isResultVerb(at: index, in: sentence) {
                    return
                }
                let isChange =
                    token.has(.raiseVerb) || token.has(.cutVerb) || token.has(.winVerb) || token.has(.changeNoun)
                if isChange { return cues.note(.exampleOfChange) }
            }
            index -= 1
        }
    }

    /// `the drop of accuracy is within 2 %`.
    private func noteWithin(_ word: Int, in sentence: Range<Int>, _ cues: inout KindCues) {
        let lowest = max(sentence.lowerBound, word - Self.reach / 2)
        for index in lowest..<word where document.tokens[index].has(.changeNoun) { return cues.note(.withinOf) }
    }

    private func noteBy(_ by: Int, in sentence: Range<Int>, _ cues: inout KindCues) {
        var index = by - 1
        let lowest = max(sentence.lowerBound, by - Self.reach)
        while index >= lowest {
            let token = document.tokens[index]
            if token.isMark(";") { break }
            if context.roles[index] == .none {
                if token.has(.winVerb) { return cues.note(.beatenBy) }
                if token.has(.cutVerb), !token.has(.comparative) { return cues.note(.cutBy) }
                if token.has(.raiseVerb) { return cues.note(.raisedBy) }
            }
            index -= 1
        }
        cues.note(.byAlone)
    }

    private func noteTo(_ to: Int, in sentence: Range<Int>, _ cues: inout KindCues) {
        var index = to - 1
        let lowest = max(sentence.lowerBound, to - Self.reach)
        while index >= lowest {
            let token = document.tokens[index]
            if token.isMark(";") { return }
            if context.roles[index] == .none {
                if token.has(.cutVerb), !token.has(.comparative) { return cues.note(.cutTo) }
                if token.has(.raiseVerb) || token.has(.moveWord) { return cues.note(.raisedTo) }
            }
            index -= 1
        }
    }

    /// `[reduction] in latency of`, `[accuracy] of`.
    private func noteOf(_ of: Int, in sentence: Range<Int>, _ cues: inout KindCues) {
        var index = of - 1
        let lowest = max(sentence.lowerBound, of - 9)
        var hasMetric = false
        while index >= lowest {
            let token = document.tokens[index]
            if token.kind == .mark, !token.isMark("-"), !token.isMark("/"), !token.isMark("("), !token.isMark(")"),
                !token.isMark("@")
            {
                break
            }
            if index < of - 1, context.isResultVerb(at: index, in: sentence), !token.classes.contains(.changeNoun),
                !token.has(.metric)
            {
                break
            }
            if token.classes.contains(.changeNoun) {
                let next = index + 1
                let isLinked =
                    next == of || document.tokens[next].word == known.inside
                    || document.tokens[next].word == known.forWord
                    || document.tokens[next].word == known.over || document.tokens[next].word == known.on
                    || document.tokens[next].word == known.across
                if isLinked { return cues.note(.changeNounOf) }
            }
            if token.has(.metric) || token.has(.metricHead) { hasMetric = true }
            if token.has(.hyperWord), !hasMetric, index == of - 1 { cues.note(.setting) }
            index -= 1
        }
        if hasMetric { cues.note(.metricOf) }
    }

    private func noteIs(_ verb: Int, in sentence: Range<Int>, _ cues: inout KindCues) {
        let lowest = max(sentence.lowerBound, verb - 8)
        for index in (lowest..<verb).reversed() {
            let token = document.tokens[index]
            if token.classes.contains(.changeNoun) { return cues.note(.changeNounOf) }
            if token.has(.metric) || token.has(.metricHead) { return cues.note(.metricIs) }
        }
    }

    /// `p <`, `n =`, `F1 =`.
    private func noteSign(_ sign: Int, in sentence: Range<Int>, _ cues: inout KindCues) {
        var index = sign - 1
        while index >= sentence.lowerBound, document.tokens[index].kind == .mark, index > sign - 3 { index -= 1 }
        guard index >= sentence.lowerBound else { return }
        let token = document.tokens[index]
        let isLetter = token.range.count == 1
        let letter = isLetter ? ByteClass.lowered(document.text.bytes[Int(token.start)]) : 0
        if letter == UInt8(ascii: "p") || token.has(.probabilityWord) { return cues.note(.probability) }
        if letter == UInt8(ascii: "n") { return cues.note(.sampleSize) }
        if letter == UInt8(ascii: "k") { return cues.note(.setting) }
        if token.has(.metric) || token.has(.metricHead) { return cues.note(.metricEquals) }
        if token.has(.hyperWord) { cues.note(.setting) }
    }

    /// What stands before the bracket that a number opens.
    private func noteBracket(_ open: Int, in sentence: Range<Int>, _ cues: inout KindCues) {
        let index = open - 1
        guard index >= sentence.lowerBound else { return }
        switch context.roles[index] {
        case .benchmark: return cues.note(.benchmarkBracket)
        case .system, .own: return cues.note(.systemBracket)
        case .none: break
        }
        let lowest = max(sentence.lowerBound, open - 7)
        for index in (lowest..<open).reversed() {
            let token = document.tokens[index]
            if token.has(.confidenceWord) { return cues.note(.confidenceInterval) }
            if token.has(.quantifier), document.tokens[index + 1].word == known.of {
                return cues.note(.quantifierBracket)
            }
            if token.classes.contains(.changeNoun) || token.has(.comparative) { return cues.note(.changeNounBracket) }
            if token.has(.raiseVerb) || token.has(.cutVerb) { return cues.note(.changeNounBracket) }
            if index == open - 1, token.has(.metric) || token.has(.metricHead) {
                cues.note(.metricBracket)
                if isCompared(index, in: sentence) { cues.note(.comparedBracket) }
                return
            }
            if index == open - 1, token.has(.systemWord) { return cues.note(.systemBracket) }
            if token.kind == .mark, !token.isMark("-") { return }
        }
    }

    /// `(much) better accuracy`, `degradation of the quality`: whether a metric is compared.
    private func isCompared(_ metric: Int, in sentence: Range<Int>) -> Bool {
        for index in (max(sentence.lowerBound, metric - 5)..<metric).reversed() {
            let token = document.tokens[index]
            if token.kind != .word { return false }
            if token.classes.contains(.changeNoun) || token.has(.comparative) || token.has(.raiseVerb)
                || token.has(.cutVerb)
            {
                return true
            }
            if context.isResultVerb(at: index, in: sentence) { return false }
        }
        return false
    }
}
