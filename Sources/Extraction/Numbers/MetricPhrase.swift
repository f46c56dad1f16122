/// Where a text names what is measured.
struct MetricPhrase {
    /// How the phrase was found.
    enum Kind: UInt8 {
        /// By a metric of the lexicon: `joint goal accuracy`.
        case metric
        /// By a noun that makes a metric with the words before it: `training cost`.
        case head
        /// As the object of a verb of change: `reduces [latency] by`.
        case object
        /// Behind a noun of change: `reduction in [latency]`.
        case changed
        /// Behind a comparative: `2x fewer [tokens]`.
        case compared
        /// Behind the number itself: `94 % [agreement]`.
        case direct
        /// Before a noun of change: `[latency] reduction`.
        case beforeChange
        /// Speed, said by `faster` or `speedup`.
        case speed
        /// The short form of a metric where it is defined: `harmful score ([HS])`.
        case acronym
        /// Two metrics that one number is said of: `3 points of [EM and F1]`.
        case pair
    }

    var kind: Kind
    /// The words as printed; empty for bare speed.
    var tokens: Range<Int>
    /// Whether `speed` is to be added to the words.
    var addsSpeed = false
    /// The words with all before them that may belong to the metric, and the bracket that its short form stands in:
    /// what its place in the clause is judged by.
    var whole: Range<Int>?

    /// Where it stands in its clause.
    var place: Range<Int> { whole ?? tokens }

    /// The phrase as records have it.
    func text(in document: Document) -> String {
        guard addsSpeed else { return document.string(tokens) }
        return tokens.isEmpty ? "speed" : "\(document.string(tokens)) speed"
    }
}

/// Finds noun phrases around metrics.
struct MetricPhrases {
    let context: ClaimContext
    /// The short forms that the text defines.
    let acronyms: MetricAcronyms

    /// How many words before its head belong to a metric at most.
    private static let longestModifier = 5

    /// The tokens of the metric that a token is the last word of, with the words that tell it from others.
    ///
    /// `head`: the first and behind-last token of the metric's own words.
    func extended(_ head: Range<Int>, in sentence: Range<Int>) -> Range<Int> {
        var start = head.lowerBound
        let lowest = max(sentence.lowerBound, start - Self.longestModifier)
        while start > lowest, isModifier(at: start - 1, of: start) { start -= 1 }
        var end = head.upperBound
        // "F1 score", "BLEU scores", "Dice coefficient", "success rate".
        while end < sentence.upperBound, end < head.upperBound + 2, isTail(at: end, first: end == head.upperBound) {
            end += 1
        }
        return start..<end
    }

    /// Whether a word belongs to the metric behind it.
    private func isModifier(at index: Int, of next: Int) -> Bool {
        let token = context.document.tokens[index]
        guard context.roles[index] == .none else { return false }
        if token.isMark("-") {
            return context.document.tokens[next].shape.contains(.isGlued) && token.shape.contains(.isGlued)
        }
        guard token.kind == .word, !isSuffix(at: index) else { return false }
        if token.has(.timesWord) || token.has(.pointsWord) || token.has(.percentWord) { return false }
        if isQualifier(token) { return true }
        let isOther =
            token.classes.contains(.function) || token.isResultVerb || token.has(.comparative)
            || token.has(.averageWord)
            || token.has(.selfWord) || token.has(.earlierWord) || token.has(.sotaWord) || token.has(.versusWord)
            || token.has(.boundUp) || token.has(.boundLeast) || token.has(.boundAbout) || token.has(.boundBelow)
            || token.has(.relativeWord) || token.has(.absoluteWord) || token.has(.maximumWord)
            || token.has(.notModifier)
            || token.has(.numberWord) || token.classes.contains(.changeNoun)
        return !isOther
    }

    /// The `s` of a possessive, and what is glued to a number: `13[B]`.
    private func isSuffix(at index: Int) -> Bool {
        guard index > 0, context.document.tokens[index].shape.contains(.isGlued) else { return false }
        let before = context.document.tokens[index - 1]
        return before.kind == .number || before.isMark("'") && context.document.tokens[index].range.count == 1
    }

    /// Words of other classes that tell metrics apart all the same: `top-1`, `test`, `mean`.
    private func isQualifier(_ token: Token) -> Bool { token.has(.metricQualifier) }

    private func isTail(at index: Int, first: Bool) -> Bool {
        let token = context.document.tokens[index]
        guard context.roles[index] == .none else { return false }
        return token.has(.metricTail) || first && token.kind == .word && token.has(.metric) && !token.has(.levelVerb)
    }

    /// The noun phrase that starts at a token: `the number of tokens` -> `number of tokens`.
    ///
    /// `hasOf`: whether `of` and the noun behind it are taken as well.
    func nounPhrase(at start: Int, in sentence: Range<Int>, hasOf: Bool) -> Range<Int>? {
        var start = start
        while start < sentence.upperBound, isLeadIn(at: start) { start += 1 }
        var end = start
        let limit = min(sentence.upperBound, start + 8)
        while end < limit {
            let token = context.document.tokens[end]
            if token.phraseLength > 1, token.phraseClasses.contains(.metric),
                end + Int(token.phraseLength) <= sentence.upperBound
            {
                end += Int(token.phraseLength)
            } else if isNoun(at: end) {
                end += 1
            } else if end > start, token.isMark("/") || token.isMark("-") || token.isMark("@"),
                token.shape.contains(.isGlued),
                end + 1 < limit, context.document.tokens[end + 1].shape.contains(.isGlued)
            {
                end += 2
            } else if hasOf, end > start, token.word == KnownWords.builtIn.of, end + 1 < limit {
                var next = end + 1
                while next < limit, context.document.tokens[next].word == KnownWords.builtIn.the { next += 1 }
                guard next < limit, isNoun(at: next) else { break }
                end = next + 1
            } else {
                break
            }
        }
        return end > start ? start..<end : nil
    }

    private func isLeadIn(at index: Int) -> Bool {
        let token = context.document.tokens[index]
        let known = KnownWords.builtIn
        return token.word == known.the || token.word == known.a || token.word == known.an || token.word == known.its
            || token.word == known.their || token.word == known.our || token.word == known.terms
            || token.word == known.of && index > 0 && context.document.tokens[index - 1].word == known.terms
            || token.has(.averageWord) && !token.has(.metricQualifier)
    }

    private func isNoun(at index: Int) -> Bool {
        let token = context.document.tokens[index]
        guard token.kind == .word, context.roles[index] == .none || token.has(.metric), !isSuffix(at: index) else {
            return false
        }
        if token.has(.metric) || token.has(.metricHead) { return true }
        return
            !(token.classes.contains(.function) || token.isResultVerb || token.has(.versusWord)
            || token.has(.respectivelyWord)
            || token.has(.notNoun) || token.has(.averageWord) || token.has(.comparative) || token.has(.boundUp))
    }

    /// The noun phrase that ends before a token: `inference latency` before `by`.
    func nounPhrase(before end: Int, in sentence: Range<Int>) -> Range<Int>? {
        var start = end
        let lowest = max(sentence.lowerBound, end - 7)
        while start > lowest {
            let token = context.document.tokens[start - 1]
            let isGluedMark = token.isMark("-") || token.isMark("/") || token.isMark("@")
            guard isNoun(at: start - 1) || isGluedMark && start < end || isInnerOf(start - 1, end) else { break }
            start -= 1
        }
        while start < end, !isNoun(at: start) { start += 1 }
        return start < end ? start..<end : nil
    }

    /// `of` between two nouns: "number of parameters".
    private func isInnerOf(_ index: Int, _ end: Int) -> Bool {
        index + 1 < end && index > 0 && context.document.tokens[index].word == KnownWords.builtIn.of
            && isNoun(at: index - 1)
    }
}
