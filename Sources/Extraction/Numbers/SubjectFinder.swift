/// Finds the system that a number is for.
struct SubjectFinder {
    let context: ClaimContext
    private let known = KnownWords.builtIn

    init(context: ClaimContext) { self.context = context }

    /// What a system is called that has no name.
    private static let unnamed = "our method"
    /// How far from a number a system is looked for.
    private static let reach = 60

    /// The system as printed.
    func subject(of quantity: Quantity, _ kind: NumberKind) -> String? {
        let sentence = context.sentence(of: quantity)
        if kind == .score, quantity.move != .from {
            if let place = behind(quantity, sentence) { return name(of: place) }
            if let place = bracketed(quantity, sentence) { return name(of: place) }
            if let words = rival(before: quantity, sentence) { return name(of: words) }
        }
        if quantity.move == .from { return nil }
        if let clause = ClauseSubject(context: context).find(before: quantity, sentence) {
            switch clause {
            case .own: return own ?? Self.unnamed
            case .words(let words): return name(of: words)
            }
        }
        if let place = before(quantity, sentence) { return name(of: place) }
        return own ?? Self.unnamed
    }

    /// The paper's own system by its name.
    private var own: String? { context.names.systems.first { $0.isOwn }?.name }

    /// A clause's subject: the system where it is no more than its name, else the words.
    private func name(of words: Range<Int>) -> String {
        if let place = place(startingAt: words.lowerBound),
            words.count == 1 || context.names.systemPlaces[place].tokens.upperBound >= words.upperBound
        {
            return name(of: place)
        }
        return context.document.string(words)
    }

    private func name(of place: Int) -> String { context.names.systems[context.names.systemPlaces[place].thing].name }

    /// `37.9 % for [GPTCache]`, `[GPT-4]'s 80 %` excepted.
    private func behind(_ quantity: Quantity, _ sentence: Range<Int>) -> Int? {
        let end = quantity.tokens.upperBound
        for index in end..<max(end, min(sentence.upperBound, end + 3)) {
            let token = context.document.tokens[index]
            if token.word == known.forWord || token.word == known.by || token.word == known.of {
                let next =
                    index + 1 < sentence.upperBound && context.document.tokens[index + 1].word == known.the
                    ? index + 2 : index + 1
                return place(startingAt: next)
            }
            if token.kind == .mark || token.kind == .number { return nil }
        }
        return nil
    }

    /// `[SimPO] (20.0 % …)`.
    private func bracketed(_ quantity: Quantity, _ sentence: Range<Int>) -> Int? {
        guard let open = context.openBracket(before: quantity.start, in: sentence, within: 30),
            open > sentence.lowerBound
        else { return nil }
        let isPossessive = open - 2 >= sentence.lowerBound && context.document.tokens[open - 2].isMark("'")
        return place(startingAt: isPossessive ? open - 3 : open - 1)
    }

    /// `compared with [the teacher]'s 13.9`, `surpassing [the runner-up] (0.71)`: what a level is held against.
    private func rival(before quantity: Quantity, _ sentence: Range<Int>) -> Range<Int>? {
        var end = quantity.start
        while end > sentence.lowerBound, isBetweenRivalAndNumber(context.document.tokens[end - 1]) { end -= 1 }
        let finder = BaselineFinder(context: context)
        for index in (max(sentence.lowerBound, end - Self.longestRival)..<end).reversed() {
            let token = context.document.tokens[index]
            if token.isMark(";") || token.kind == .number && !token.shape.contains(.isGlued) { return nil }
            guard token.has(.versusWord) || token.has(.winVerb) && context.roles[index] == .none else { continue }
            let length = max(1, token.phraseClasses.contains(.versusWord) ? Int(token.phraseLength) : 1)
            guard let words = finder.phrase(at: index + length, sentence) else { return nil }
            // The `'s` of a possessive is no part of the name.
            return words.lowerBound < end && words.upperBound >= end ? words.lowerBound..<end : nil
        }
        return nil
    }

    /// How far before a number the words that it is compared by are looked for.
    private static let longestRival = 12

    private func isBetweenRivalAndNumber(_ token: Token) -> Bool {
        token.isMark("(") || token.isMark("'") || token.word == known.of || token.word == known.at
            || token.word == known.with || token.word == known.a || token.word == known.an || token.has(.metric)
            || token.range.count == 1 && token.shape.contains(.isGlued)
    }

    private func place(startingAt token: Int) -> Int? {
        guard context.roles.indices.contains(token), context.roles[token] == .system || context.roles[token] == .own
        else { return nil }
        return context.names.systemPlaces.firstIndex { $0.tokens.contains(token) }
    }

    /// The nearest system before the number that is not what the number is compared with; the paper's own where it is
    /// named in the sentence.
    private func before(_ quantity: Quantity, _ sentence: Range<Int>) -> Int? {
        let places = context.names.systemPlaces
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].tokens.lowerBound < quantity.start { low = middle + 1 } else { high = middle }
        }
        var place = low - 1
        while place >= 0, places[place].tokens.lowerBound >= max(sentence.lowerBound, quantity.start - Self.reach) {
            if !isCompared(places[place].tokens.lowerBound, sentence) { return place }
            place -= 1
        }
        return nil
    }

    /// Whether a system stands behind `over`, `than`, `outperforms`.
    private func isCompared(_ start: Int, _ sentence: Range<Int>) -> Bool {
        var index = start - 1
        let lowest = max(sentence.lowerBound, start - 7)
        while index >= lowest {
            let token = context.document.tokens[index]
            if token.has(.versusWord) || token.has(.winVerb) || token.word == known.on || token.word == known.from
                || token.word == known.with
                || token.word == known.inside
            {
                return true
            }
            if token.isMark(";") || token.isMark(".") || token.word == known.that { return false }
            if token.isMark(","), index < start - 1, context.roles[index - 1] == .none { return false }
            index -= 1
        }
        return false
    }
}
