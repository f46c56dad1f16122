/// What a number may measure, with how it was come by.
struct MetricOption {
    /// The phrase; `nil` where no metric is named.
    var phrase: MetricPhrase?
    /// Whether it stands in a sentence before.
    var isCarried = false
    /// Of the metrics of the lexicon behind the number (or before it), the how manyeth it is; -1 for other phrases.
    var order = -1
}

/// Finds the metrics that a number may be of.
struct MetricOptions {
    private(set) var options: [MetricOption] = []

    /// How far from a number metrics are looked for, in tokens.
    private static let reach = 48
    /// How many options are kept.
    private static let most = 40

    /// Finds the options of a result: no metric first.
    ///
    /// `last`: what the result before it was found to measure.
    mutating func fill(for quantity: Quantity, last: MetricOption?, in phrases: MetricPhrases) {
        options.removeAll(keepingCapacity: true)
        options.append(MetricOption(phrase: nil))
        let sentence = phrases.context.sentence(of: quantity)
        addDirect(quantity, sentence, phrases)
        addObjects(quantity, sentence, phrases)
        addNamed(quantity, sentence, phrases)
        addCarried(quantity, phrases)
        if let phrase = last?.phrase, phrase.kind == .metric || phrase.kind == .acronym,
            !sentence.contains(phrase.tokens.lowerBound)
        {
            add(phrase, isCarried: true)
        }
        // Where both forms are printed, records have the short one.
        options.removeAll { option in
            guard let phrase = option.phrase, phrase.kind != .acronym, !phrase.tokens.isEmpty else { return false }
            return phrases.acronyms.acronym(definedBehind: phrase.tokens.upperBound) != nil
        }
    }

    private mutating func add(_ phrase: MetricPhrase, isCarried: Bool = false, order: Int = -1) {
        guard options.count < Self.most else { return }
        let known = options.firstIndex {
            $0.phrase?.tokens == phrase.tokens && $0.phrase?.addsSpeed == phrase.addsSpeed
        }
        if let known {
            options[known].order = order
        } else {
            options.append(MetricOption(phrase: phrase, isCarried: isCarried, order: order))
        }
    }

    // MARK: Metrics by their words

    private mutating func addNamed(_ quantity: Quantity, _ sentence: Range<Int>, _ phrases: MetricPhrases) {
        let low = max(sentence.lowerBound, quantity.start - Self.reach)
        let high = min(sentence.upperBound, quantity.tokens.upperBound + Self.reach)
        var index = low
        var order = 0
        var before: Range<Int>?
        while index < high {
            if quantity.tokens.contains(index) {
                index = quantity.tokens.upperBound
                order = 0
                before = nil
                continue
            }
            guard let (kind, head) = phrases.head(at: index) else {
                index += 1
                continue
            }
            let whole = addMetric(kind, head, sentence, phrases, order: order)
            if let first = before, first.upperBound + 1 == whole.lowerBound,
                phrases.context.document.tokens[first.upperBound].word == KnownWords.builtIn.and
            {
                add(MetricPhrase(kind: .pair, tokens: first.lowerBound..<whole.upperBound), order: order)
            }
            before = whole
            order += 1
            index = max(head.upperBound, whole.upperBound)
        }
    }

    /// Adds a metric with all, some and none of the words before it, and its short form where one is defined.
    ///
    /// - Returns: all its words, with the short form.
    private mutating func addMetric(
        _ kind: MetricPhrase.Kind,
        _ head: Range<Int>,
        _ sentence: Range<Int>,
        _ phrases: MetricPhrases,
        order: Int
    ) -> Range<Int> {
        let words = phrases.extended(head, in: sentence)
        let acronym = phrases.acronyms.acronym(definedBehind: words.upperBound)
        let whole = words.lowerBound..<(acronym.map { $0.upperBound + 1 } ?? words.upperBound)
        var start = words.lowerBound
        while start <= head.lowerBound {
            if !phrases.context.document.tokens[start].shape.contains(.isGlued) || start == words.lowerBound {
                var phrase = MetricPhrase(kind: kind, tokens: start..<words.upperBound)
                phrase.whole = whole
                add(phrase, order: order)
            }
            start += 1
        }
        if let acronym {
            var phrase = MetricPhrase(kind: .acronym, tokens: acronym)
            phrase.whole = whole
            add(phrase, order: order)
        }
        return whole
    }

    // MARK: Phrases at the number

    /// `94 % [agreement]`, `12 % reduction in [latency]`, `2x fewer [tokens]`, `3x faster [inference]`.
    private mutating func addDirect(_ quantity: Quantity, _ sentence: Range<Int>, _ phrases: MetricPhrases) {
        let context = phrases.context
        var index = quantity.tokens.upperBound
        guard index < sentence.upperBound else { return }
        if context.document.tokens[index].isMark("-") { index += 1 }
        while index < sentence.upperBound,
            context.document.tokens[index].has(.relativeWord) || context.document.tokens[index].has(.absoluteWord)
        {
            index += 1
        }
        guard index < sentence.upperBound else { return }
        let token = context.document.tokens[index]
        addBracketed(index, sentence, phrases)
        if token.has(.speedAdjective) || token.has(.speedNoun) { addSpeed(at: index, sentence, phrases) }
        if token.has(.comparative), let tokens = phrases.nounPhrase(at: index + 1, in: sentence, hasOf: false) {
            add(MetricPhrase(kind: .compared, tokens: tokens))
            if let long = phrases.nounPhrase(at: index + 1, in: sentence, hasOf: true) {
                add(MetricPhrase(kind: .compared, tokens: long))
            }
        }
        if token.has(.changeNoun) {
            addChanged(behind: index + 1, sentence, phrases)
        } else if let tokens = phrases.nounPhrase(at: index, in: sentence, hasOf: false) {
            addBeforeChange(tokens, sentence, phrases)
            add(MetricPhrase(kind: .direct, tokens: tokens))
            if let long = phrases.nounPhrase(at: index, in: sentence, hasOf: true) {
                add(MetricPhrase(kind: .direct, tokens: long))
            }
        } else if token.word == KnownWords.builtIn.of || token.word == KnownWords.builtIn.inside
            || token.word == KnownWords.builtIn.on || token.word == KnownWords.builtIn.forWord,
            let tokens = phrases.nounPhrase(at: index + 1, in: sentence, hasOf: false)
        {
            add(MetricPhrase(kind: .changed, tokens: tokens))
            if let long = phrases.nounPhrase(at: index + 1, in: sentence, hasOf: true) {
                add(MetricPhrase(kind: .changed, tokens: long))
            }
        }
    }

    /// `4.36 ([Avg.Len])`.
    private mutating func addBracketed(_ index: Int, _ sentence: Range<Int>, _ phrases: MetricPhrases) {
        let tokens = phrases.context.document.tokens
        guard tokens[index].isMark("("), let words = phrases.nounPhrase(at: index + 1, in: sentence, hasOf: false),
            words.upperBound < sentence.upperBound, tokens[words.upperBound].isMark(")")
        else { return }
        add(MetricPhrase(kind: .direct, tokens: words))
    }

    private mutating func addSpeed(at index: Int, _ sentence: Range<Int>, _ phrases: MetricPhrases) {
        let behind = phrases.nounPhrase(at: index + 1, in: sentence, hasOf: false)
        if let behind { add(MetricPhrase(kind: .speed, tokens: behind, addsSpeed: true)) }
        add(MetricPhrase(kind: .speed, tokens: index..<index, addsSpeed: true))
        let afterIn = index + 1
        guard afterIn < sentence.upperBound, isPrepositionOfChange(phrases.context.document.tokens[afterIn]) else {
            return
        }
        if let tokens = phrases.nounPhrase(at: afterIn + 1, in: sentence, hasOf: false) {
            add(MetricPhrase(kind: .speed, tokens: tokens, addsSpeed: true))
        }
    }

    private func isPrepositionOfChange(_ token: Token) -> Bool {
        let known = KnownWords.builtIn
        return token.word == known.inside || token.word == known.of || token.word == known.at
            || token.word == known.forWord
            || token.word == known.to
    }

    /// `reduction in [latency]`.
    private mutating func addChanged(behind start: Int, _ sentence: Range<Int>, _ phrases: MetricPhrases) {
        guard start < sentence.upperBound, isPrepositionOfChange(phrases.context.document.tokens[start]) else { return }
        if let tokens = phrases.nounPhrase(at: start + 1, in: sentence, hasOf: false) {
            add(MetricPhrase(kind: .changed, tokens: tokens))
        }
        if let long = phrases.nounPhrase(at: start + 1, in: sentence, hasOf: true) {
            add(MetricPhrase(kind: .changed, tokens: long))
        }
    }

    /// `[latency] reduction`, `[training] speedup`.
    private mutating func addBeforeChange(_ tokens: Range<Int>, _ sentence: Range<Int>, _ phrases: MetricPhrases) {
        for index in tokens.lowerBound..<min(tokens.upperBound + 1, sentence.upperBound) {
            let token = phrases.context.document.tokens[index]
            guard token.classes.contains(.changeNoun) || token.has(.speedNoun) else { continue }
            if index > tokens.lowerBound {
                let isSpeed = token.has(.speedNoun)
                add(MetricPhrase(kind: .beforeChange, tokens: tokens.lowerBound..<index, addsSpeed: isSpeed))
            }
            addChanged(behind: index + 1, sentence, phrases)
            return
        }
    }

    // MARK: Objects of verbs

    /// How far before a number its verb is looked for.
    private static let farthestVerb = 16

    /// `reduces [latency] by 12 %`, `a reduction in [latency] of 12 %`, `[latency] is reduced by 12 %`.
    private mutating func addObjects(_ quantity: Quantity, _ sentence: Range<Int>, _ phrases: MetricPhrases) {
        let context = phrases.context
        var end = quantity.start
        let known = KnownWords.builtIn
        while end > sentence.lowerBound, isBetweenObjectAndNumber(context.document.tokens[end - 1], known) { end -= 1 }
        if let tokens = phrases.nounPhrase(before: end, in: sentence),
            end < quantity.start || isWrittenAsName(context.document.tokens[end - 1])
        {
            add(MetricPhrase(kind: .object, tokens: tokens))
        }
        var index = quantity.start - 1
        let lowest = max(sentence.lowerBound, index - Self.farthestVerb)
        while index >= lowest {
            let token = context.document.tokens[index]
            if token.has(.speedNoun) || token.has(.speedAdjective) || token.has(.speedVerb) {
                addSpeedBefore(index, sentence, phrases)
            }
            if token.has(.raiseVerb) || token.has(.cutVerb) || token.has(.needVerb), !token.has(.comparative) {
                if let tokens = phrases.nounPhrase(at: index + 1, in: sentence, hasOf: false),
                    tokens.upperBound <= quantity.start
                {
                    add(MetricPhrase(kind: .object, tokens: tokens))
                }
                if let long = phrases.nounPhrase(at: index + 1, in: sentence, hasOf: true),
                    long.upperBound <= quantity.start
                {
                    add(MetricPhrase(kind: .object, tokens: long))
                }
            }
            if token.has(.changeNoun) {
                addChanged(behind: index + 1, sentence, phrases)
                if let tokens = phrases.nounPhrase(before: index, in: sentence) {
                    add(MetricPhrase(kind: .beforeChange, tokens: tokens))
                }
            }
            index -= 1
        }
    }

    /// `[IAE] 0.11`: what stands right before a number is a metric where it is written as short forms are.
    private func isWrittenAsName(_ token: Token) -> Bool {
        token.shape.contains(.allUpper) || token.shape.contains(.innerUpper)
    }

    private func isBetweenObjectAndNumber(_ token: Token, _ known: KnownWords) -> Bool {
        token.word == known.by || token.word == known.of || token.word == known.to || token.word == known.isVerb
            || token.word == known.at || token.word == known.from || token.isMark("=") || token.isMark(":")
            || token.isMark("(") || token.has(.averageWord)
            || token.word == known.a || token.word == known.an || token.has(.boundUp) || token.has(.boundLeast)
            || token.isMark("~") || token.has(.boundAbout) || token.has(.auxiliary)
            || token.has(.levelVerb) && !token.has(.metric) && !token.has(.metricHead)
            || token.word == known.are || token.word == known.the || token.has(.cutVerb) && token.has(.moveWord)
    }

    /// `speeds up [training] by 2x`, `training speedup of 2x`.
    private mutating func addSpeedBefore(_ index: Int, _ sentence: Range<Int>, _ phrases: MetricPhrases) {
        add(MetricPhrase(kind: .speed, tokens: index..<index, addsSpeed: true))
        if phrases.context.document.tokens[index].has(.speedNoun),
            let tokens = phrases.nounPhrase(before: index, in: sentence)
        {
            add(MetricPhrase(kind: .speed, tokens: tokens, addsSpeed: true))
        }
        let next = index + max(1, Int(phrases.context.document.tokens[index].phraseLength))
        if let tokens = phrases.nounPhrase(at: next, in: sentence, hasOf: false) {
            add(MetricPhrase(kind: .speed, tokens: tokens, addsSpeed: true))
        }
    }

    // MARK: Metrics of the sentence before

    private mutating func addCarried(_ quantity: Quantity, _ phrases: MetricPhrases) {
        guard quantity.sentence > 0 else { return }
        let sentence = phrases.context.document.sentences[quantity.sentence - 1]
        var index = sentence.upperBound - 1
        let lowest = max(sentence.lowerBound, index - Self.reach)
        var found = 0
        while index >= lowest, found < 3 {
            if let (kind, head) = phrases.head(at: index), kind == .metric {
                add(MetricPhrase(kind: kind, tokens: phrases.extended(head, in: sentence)), isCarried: true)
                found += 1
            }
            index -= 1
        }
    }
}

extension MetricPhrases {
    /// The metric whose own words start at a token, if any.
    func head(at index: Int) -> (kind: MetricPhrase.Kind, words: Range<Int>)? {
        let token = context.document.tokens[index]
        if token.phraseLength > 1, token.phraseClasses.contains(.metric) {
            return (.metric, index..<(index + Int(token.phraseLength)))
        }
        guard token.kind == .word, context.roles[index] == .none else { return nil }
        if token.classes.contains(.metric) { return (.metric, index..<(index + 1)) }
        if let words = acronyms.words(at: index, in: context.document) { return (.metric, words) }
        guard token.classes.contains(.metricHead), !isVerbHere(index) else { return nil }
        return (.head, index..<(index + 1))
    }

    /// "scores 80 %", "costs $3": verbs that look like metrics.
    private func isVerbHere(_ index: Int) -> Bool {
        let token = context.document.tokens[index]
        guard token.classes.contains(.levelVerb) else { return false }
        let next = index + 1
        return next < context.document.tokens.count && context.document.tokens[next].kind == .number
    }
}
