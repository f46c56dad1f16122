extension BenchmarkFeatures {
    /// What stands around a result.
    ///
    /// `chosen`: for the results before it what each was found to be for, `nil` where that is not known; where some are
    /// missing, nothing is told of what was chosen before.
    func surroundings(of index: Int, chosen: [BenchmarkOption?]) -> ResultSurroundings {
        let quantity = context.quantities[results.items[index].quantity]
        let sentence = context.sentence(of: quantity)
        var found = ResultSurroundings()
        attach(quantity, in: sentence, &found)
        align(index, chosen, &found)
        if index > 0 { join(index, quantity, in: sentence, &found) }
        noteLast(index, chosen, &found)
        for option in chosen.suffix(Self.longestHistory) { found.earlier |= option?.things ?? 0 }
        found.anaphors = anaphors(near: quantity, in: sentence)
        return found
    }

    /// The first place that starts at a token or behind it; the number of places where there is none.
    func firstPlace(from token: Int) -> Int {
        context.names.benchmarkPlaces.partitioningIndex { $0.tokens.lowerBound >= token }
    }

    // MARK: What the number hangs on

    /// How far behind a number a preposition is looked for.
    private static let attachmentReach = 16
    /// How long a bracket is passed over.
    private static let longestBracket = 30
    /// How long the phrase behind a preposition is.
    private static let longestPhrase = 8

    private func attach(_ quantity: Quantity, in sentence: Range<Int>, _ found: inout ResultSurroundings) {
        var index = quantity.tokens.upperBound
        let end = min(sentence.upperBound, index + Self.attachmentReach)
        scan: while index < end {
            let token = context.document.tokens[index]
            switch token.kind {
            case .number, .url: break scan
            case .mark:
                if token.isMark("(") || token.isMark("[") {
                    if let place = nameOpening(bracket: index, in: sentence) {
                        return found.attach(.nameInBracket, to: place, .none)
                    }
                    guard let close = context.closingBracket(of: index, in: sentence, within: Self.longestBracket)
                    else {
                        break scan
                    }
                    index = close + 1
                    continue
                }
                guard token.isMark("-") || token.isMark("'") || token.isMark("/") || token.isMark("@") else {
                    break scan
                }
            case .word:
                if isClauseBorder(token) { break scan }
                if context.roles[index] == .none, isPreposition(token) {
                    let phrase = phrase(from: index + 1, in: sentence)
                    if let place = phrase.place {
                        return found.attach(.preposition, to: place, .word(token.word))
                    }
                    if found.attachment == .none, isOfData(token) {
                        found.attachment = phrase.isData ? .unnamedData : .unnamed
                        found.preposition = .word(token.word)
                    }
                    index = max(index + 1, phrase.end)
                    continue
                }
            }
            index += 1
        }
        if let place = nameBeforeBracket(around: quantity, in: sentence) {
            found.attach(.bracketBehindName, to: place, .none)
        }
    }

    private func isClauseBorder(_ token: Token) -> Bool {
        let known = KnownWords.builtIn
        if token.word == known.and || token.word == known.whileWord || token.word == known.but
            || token.word == known.whereas || token.word == known.which || token.word == known.that
        {
            return true
        }
        return token.isResultVerb && !token.has(.verbOrNoun) && !token.has(.comparative) && !token.has(.changeNoun)
            && !token.has(.metric) && !token.has(.versusWord)
    }

    private func isPreposition(_ token: Token) -> Bool {
        let known = KnownWords.builtIn
        return isOfData(token) || token.word == known.over || token.word == known.from || token.word == known.with
            || token.word == known.to || token.word == known.of || token.word == known.by || token.word == known.than
    }

    /// Prepositions that what is measured on stands behind.
    private func isOfData(_ token: Token) -> Bool {
        let known = KnownWords.builtIn
        return token.word == known.on || token.word == known.across || token.word == known.inside
            || token.word == known.forWord || token.word == known.at
    }

    /// The noun phrase behind a preposition: its end, the benchmark in it, and whether its nouns are of data.
    private func phrase(from start: Int, in sentence: Range<Int>) -> (end: Int, place: Int?, isData: Bool) {
        var isData = false
        var index = start
        let end = min(sentence.upperBound, start + Self.longestPhrase)
        while index < end {
            if context.roles[index] == .benchmark { return (index, firstPlace(from: index + 1) - 1, isData) }
            let token = context.document.tokens[index]
            switch token.kind {
            case .url: return (index, nil, isData)
            case .number where results.count(between: index..<(index + 1), in: context) > 0: return (index, nil, isData)
            case .number: break
            case .mark:
                guard token.isMark("-") || token.isMark("'") || token.isMark("/") else { return (index, nil, isData) }
            case .word:
                if isClauseBorder(token) || isPreposition(token) { return (index, nil, isData) }
                isData = isData || token.has(.benchmarkNoun) || token.has(.taskNoun) || token.has(.countNoun)
            }
            index += 1
        }
        return (index, nil, isData)
    }

    /// The benchmark that a bracket starts with: `(X and Y)`.
    private func nameOpening(bracket: Int, in sentence: Range<Int>) -> Int? {
        let start = bracket + 1
        guard start < sentence.upperBound, context.roles[start] == .benchmark else { return nil }
        return firstPlace(from: start)
    }

    /// The benchmark before the bracket that a number stands in: `X (45 %)`, `the X dataset (45 %)`.
    private func nameBeforeBracket(around quantity: Quantity, in sentence: Range<Int>) -> Int? {
        guard let bracket = context.openBracket(before: quantity.start, in: sentence, within: Self.attachmentReach)
        else {
            return nil
        }
        var index = bracket - 1
        while index >= max(sentence.lowerBound, bracket - 3), context.roles[index] != .benchmark {
            let token = context.document.tokens[index]
            guard token.kind == .word, token.has(.benchmarkNoun) || token.has(.taskNoun) || token.has(.verbOrNoun)
            else {
                return nil
            }
            index -= 1
        }
        guard index >= sentence.lowerBound, context.roles[index] == .benchmark else { return nil }
        return firstPlace(from: index + 1) - 1
    }

    // MARK: Lists

    /// How long a run of numbers is that names are told off to.
    private static let longestRun = 12

    private func align(_ index: Int, _ chosen: [BenchmarkOption?], _ found: inout ResultSurroundings) {
        let run = run(around: index)
        let own = groups.ofSentence[context.quantities[results.items[index].quantity].sentence]
        if run.count > 1 {
            let (first, last) = (results.items[run.lowerBound], results.items[run.upperBound - 1])
            let behind = firstPlace(from: context.quantities[last.quantity].tokens.upperBound)
            if own.contains(behind) {
                let group = groups.groups[groups.groupOfPlace[behind]]
                if group.count == run.count { found.placeBehind = behind + index - run.lowerBound }
            }
            let before = firstPlace(from: context.quantities[first.quantity].start) - 1
            if own.contains(before) {
                let group = groups.groups[groups.groupOfPlace[before]]
                if group.count == run.count { found.placeBefore = group.lowerBound + index - run.lowerBound }
            }
        }
        let list = results.items[index].list
        let back = index - list.count
        if list.count > 1, list.count <= Self.longestRun, list.lowerBound >= list.count, chosen.count >= list.lowerBound
        {
            var seen: Set<UInt64> = []
            for item in (list.lowerBound - list.count)..<list.lowerBound {
                if let things = chosen[item]?.things, things != 0 { seen.insert(things) }
            }
            if seen.count == list.count { found.echo = chosen[back]?.things }
        }
    }

    /// The results around one that no benchmark parts.
    private func run(around index: Int) -> Range<Int> {
        var (low, high) = (index, index + 1)
        func isJoined(_ first: Int, _ second: Int) -> Bool {
            let (first, second) = (
                context.quantities[results.items[first].quantity], context.quantities[results.items[second].quantity]
            )
            guard first.sentence == second.sentence else { return false }
            let place = firstPlace(from: first.tokens.upperBound)
            return place == context.names.benchmarkPlaces.count
                || context.names.benchmarkPlaces[place].tokens.lowerBound >= second.start
        }
        while low > 0, high - low <= Self.longestRun, isJoined(low - 1, low) { low -= 1 }
        while high < results.items.count, high - low <= Self.longestRun, isJoined(high - 1, high) { high += 1 }
        return low..<high
    }

    // MARK: The result before

    /// How many results are looked back to.
    private static let longestHistory = 32

    /// How far apart two numbers are that are compared.
    private static let comparisonReach = 14

    private func join(
        _ index: Int,
        _ quantity: Quantity,
        in sentence: Range<Int>,
        _ found: inout ResultSurroundings
    ) {
        let last = context.quantities[results.items[index - 1].quantity]
        found.sameMeasure = sameMeasure(measures[index - 1], measures[index])
        let back = quantity.sentence - last.sentence
        guard back == 0 else {
            found.joint = back == 1 ? .nextSentence : .farther
            return
        }
        found.joint = .sentence
        if quantity.move == .to, last.move == .from {
            found.joint = .move
        } else if results.items[index].list.contains(index - 1) {
            found.joint = .list
        } else if let bracket = context.openBracket(before: quantity.start, in: sentence, within: Self.comparisonReach),
            bracket >= last.tokens.upperBound, bracket - last.tokens.upperBound < 4
        {
            found.joint = .bracket
        } else if quantity.start - last.tokens.upperBound <= Self.comparisonReach,
            (last.tokens.upperBound..<quantity.start).contains(where: { context.document.tokens[$0].has(.versusWord) })
        {
            found.joint = .comparison
        }
    }

    private func sameMeasure(_ first: MetricPhrase?, _ second: MetricPhrase?) -> Int {
        guard let first = first?.tokens.last, let second = second?.tokens.last else {
            return first?.tokens.last == nil && second?.tokens.last == nil ? 0 : 3
        }
        let (left, right) = (context.document.tokens[first], context.document.tokens[second])
        if left.word != .unknown || right.word != .unknown { return left.word == right.word ? 1 : 2 }
        let bytes = context.document.text.bytes
        return bytes[left.range].elementsEqual(bytes[right.range]) ? 1 : 2
    }

    private func noteLast(_ index: Int, _ chosen: [BenchmarkOption?], _ found: inout ResultSurroundings) {
        guard index > 0, index <= chosen.count, let last = chosen[index - 1], !last.places.isEmpty else { return }
        let own = groups.ofSentence[context.quantities[results.items[index].quantity].sentence]
        let before = context.quantities[results.items[index - 1].quantity]
        guard own.contains(last.places.lowerBound) else { return }
        found.lastPlaces = last.places
        let start = context.names.benchmarkPlaces[last.places.lowerBound].tokens.lowerBound
        found.lastDirection = start >= before.tokens.upperBound ? 1 : 2
    }

    // MARK: Pronouns

    /// How far from a number pronouns are looked for.
    private static let anaphorReach = 20

    private func anaphors(near quantity: Quantity, in sentence: Range<Int>) -> Int {
        let known = KnownWords.builtIn
        var bits = 0
        var index = max(sentence.lowerBound, quantity.start - Self.anaphorReach)
        let end = min(sentence.upperBound - 1, quantity.tokens.upperBound + Self.anaphorReach)
        while index < end {
            let token = context.document.tokens[index]
            let isOne = token.word == known.this || token.word == known.our || token.word == known.the
            let isMany =
                token.word == known.these || token.word == known.both || token.word == known.all
                || token.word == known.each
            if isOne || isMany {
                let next = context.document.tokens[index + 1]
                if next.has(.benchmarkNoun) || next.has(.taskNoun) { bits |= isOne ? 1 : 2 }
            }
            index += 1
        }
        return bits
    }
}

extension ResultSurroundings {
    fileprivate mutating func attach(_ attachment: Attachment, to place: Int, _ preposition: FeatureValue) {
        self.attachment = attachment
        self.place = place
        self.preposition = preposition
    }
}
