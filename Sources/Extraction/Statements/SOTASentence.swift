import Claims

/// One statement about the state of the art, in token indices.
struct SOTAStatement {
    var strength: SOTAStrength
    /// The token of the word that says what is done with the target.
    var verb: Int
    /// The tokens of what is reached, beaten or matched.
    var target: Range<Int>
    /// The tokens of the clause: from the words that govern the target's to the clause's end.
    var clause: Range<Int>
    var rule: String
    var confidence: Double
}

/// Reads one sentence's statements.
struct SOTASentence {
    let document: Document
    /// The sentence's tokens.
    let tokens: Range<Int>
    let names: NamedThings
    /// Whether the paper has spoken of its own work by now; before it does, a statement is background.
    let isOwnSpoken: Bool
    private(set) var statements: [SOTAStatement] = []

    init(document: Document, tokens: Range<Int>, names: NamedThings, isOwnSpoken: Bool) {
        self.document = document
        self.tokens = tokens
        self.names = names
        self.isOwnSpoken = isOwnSpoken
    }

    /// The rule of statements that say alone that a system is the best.
    static let bestRule = "sota.best"

    /// How far before a target the word stands that says what is done with it, in tokens.
    static let reach = 14
    /// The same where a comparison stands between: "improves A, B and C on X, Y and Z compared to …".
    private static let comparedReach = 34
    /// How far behind `existing` the noun stands that it belongs to, in tokens.
    private static let nounReach = 7

    /// The most statements that are read: far over any sentence; bounds the looks from one to the others.
    private static let maximumStatements = 64

    /// Reads the statements, in order.
    mutating func read() {
        guard isOwnSpoken else { return }
        var index = tokens.lowerBound
        while index < tokens.upperBound, statements.count < Self.maximumStatements {
            if let target = record(at: index) ?? target(at: index) {
                if let statement = statement(about: target) ?? standing(target) { statements.append(statement) }
                index = target.upperBound
            } else if let best = best(at: index) {
                statements.append(made(.sets, target: best, from: index, rule: Self.bestRule, confidence: 0.7))
                index = best.upperBound
            } else if let par = par(at: index) {
                statements.append(made(.matches, target: par, from: index, rule: "sota.matches-best", confidence: 0.6))
                index = par.upperBound
            } else {
                index += 1
            }
        }
    }

    // MARK: Targets

    /// The state of the art, or what has been there before, at an index.
    private func target(at index: Int) -> Range<Int>? {
        let token = document.tokens[index]
        if token.has(.stateOfTheArt) { return index..<(index + max(1, Int(token.phraseLength))) }
        guard token.classes.contains(.sotaPriorWord) else { return nil }
        for next in (index + 1)..<max(index + 1, min(tokens.upperBound, index + Self.nounReach)) {
            let word = document.tokens[next]
            if word.has(.stateOfTheArt) { return index..<(next + max(1, Int(word.phraseLength))) }
            if word.classes.contains(.methodNoun) {
                // "existing baselines", "previous strong baselines" say nothing of how good they are.
                let isBare = next == index + 1 || document.isWord(next - 1, "strong")
                return isBare && document.isWord(next, "baselines") ? nil : index..<(next + 1)
            }
            let endsNoun = word.kind == .mark && !word.isMark("-") && !word.isMark("/")
            if endsNoun || word.classes.contains(.sotaReachVerb) && !document.isWord(next, "leading") { break }
        }
        // "outperforms every parser published".
        if let all = (max(tokens.lowerBound, index - 6)..<index).last(where: { isEvery($0) }), all > tokens.lowerBound,
            document.tokens[max(tokens.lowerBound, all - 4)..<all].contains(where: { $0.has(.sotaBeatVerb) })
        {
            return all..<(index + 1)
        }
        // "outperforms existing parsers": any noun will do right behind the verb.
        let isBeaten = (max(tokens.lowerBound, index - 3)..<index).contains { document.tokens[$0].has(.sotaBeatVerb) }
        guard isBeaten, index + 1 < tokens.upperBound, document.tokens[index + 1].kind == .word else { return nil }
        return document.isWord(index + 1, "baselines") ? nil : index..<(index + 2)
    }

    private func isEvery(_ index: Int) -> Bool {
        document.isWord(index, "every") || document.isWord(index, "any") || document.isWord(index, "all")
    }

    // MARK: What is done with a target

    private func statement(about target: Range<Int>) -> SOTAStatement? {
        let isStateOfTheArt = document.tokens[target].contains { $0.has(.stateOfTheArt) || $0.has(.recordWord) }
        if isConceded(target) { return nil }
        if let statement = passive(target, isStateOfTheArt: isStateOfTheArt) { return statement }
        if let index = comparison(before: target), isGain(behind: target.upperBound) {
            return made(.sets, target: target, from: index, rule: "sota.compared", confidence: 0.75)
        }
        var hasComparison = false
        var index = target.lowerBound - 1
        var limit = max(tokens.lowerBound, target.lowerBound - Self.reach)
        while index >= limit {
            let token = document.tokens[index]
            if token.isMark(")"), let opening = opening(of: index) {
                index = opening - 1
                continue
            }
            if token.isMark(";") || token.isMark(":") { break }
            let distance = target.lowerBound - index
            if isStateOfTheArt, distance < 3, token.classes.contains(.nearWord) {
                return made(.matches, target: target, from: index, rule: "sota.near", confidence: 0.75)
            }
            if token.has(.parWord), isStateOfTheArt || distance < 5 {
                return made(.matches, target: target, from: index, rule: "sota.matches", confidence: 0.8)
            }
            if token.has(.sotaBeatVerb), !isDenied(index), isOwn(verb: index) {
                if isAlternative(index) {
                    return made(.matches, target: target, from: index, rule: "sota.matches-or-beats", confidence: 0.8)
                }
                return made(.sets, target: target, from: index, rule: "sota.beats", confidence: 0.85)
            }
            if isStateOfTheArt, distance < 4, token.classes.contains(.improveVerb), isOwn(verb: index) {
                return made(.sets, target: target, from: index, rule: "sota.improves", confidence: 0.8)
            }
            let isGain = token.classes.contains(.gainWord) || document.isWord(index + 1, "over") && isAmount(index)
            if hasComparison, isGain, !isDenied(index), isOwn(verb: index) {
                return made(.sets, target: target, from: index, rule: "sota.gain-over", confidence: 0.75)
            }
            // "show that state-of-the-art models fail"
            let isPronoun = document.isWord(index, "that") && !document.isWord(index + 1, "of")
            if isPronoun, !hasComparison { break }
            // "Despite what is achieved, state-of-the-art models fail"
            let isParted = document.tokens[target.lowerBound - 1].isMark(",") && distance > 1
            if isStateOfTheArt, token.has(.sotaReachVerb), distance < 8, !hasComparison, !isParted, isOwn(verb: index) {
                if isNearToo(behind: target) {
                    return made(.matches, target: target, from: index, rule: "sota.near", confidence: 0.7)
                }
                return made(.sets, target: target, from: index, rule: "sota.reaches", confidence: 0.85)
            }
            if isStateOfTheArt, distance < 4, isBeing(index), isArticle((index + 1)..<target.lowerBound),
                speaksOfOwn(before: index)
            {
                return made(.sets, target: target, from: index, rule: "sota.is", confidence: 0.75)
            }
            if token.has(.compareWord) || isFrom(index) {
                hasComparison = true
                limit = max(tokens.lowerBound, target.lowerBound - Self.comparedReach)
            }
            index -= 1
        }
        return nil
    }

    /// "points", "%" or a number: "4 points over the state of the art".
    private func isAmount(_ index: Int) -> Bool {
        let token = document.tokens[index]
        return token.kind == .number || token.has(.pointsWord) || token.has(.percentWord) || token.isMark("%")
    }

    /// "from" behind a gain: "an improvement from 56.7, the previous best".
    private func isFrom(_ index: Int) -> Bool {
        document.isWord(index, "from") && index > tokens.lowerBound
            && document.tokens[index - 1].classes.contains(.gainWord)
    }

    /// The bracket that a closing one belongs to, where it is near.
    private func opening(of closing: Int) -> Int? {
        let inside = max(tokens.lowerBound, closing - Self.comparedReach)..<closing
        return inside.last { document.tokens[$0].isMark("(") }
    }

    /// Whether the paper speaks of its own work at a verb, and not of others' or of an aim.
    func isOwn(verb: Int) -> Bool {
        var index = verb - 1
        let limit = max(tokens.lowerBound, verb - 12)
        var hasPerfect = false
        while index >= limit {
            let token = document.tokens[index]
            if token.has(.sotaOwnWord) || statements.last?.target.contains(index) == true { return true }
            if token.classes.contains(.perfectAuxiliary) { hasPerfect = true }
            if index >= verb - 3, token.classes.contains(.aimWord) { return false }
            if index == verb - 1, document.isWord(index, "for") { return false }
            if token.isMark(";") { break }
            if token.classes.contains(.sotaPriorWord), statements.last?.target.lowerBound != index,
                document.tokens[index..<verb].contains(where: { $0.classes.contains(.methodNoun) })
            {
                return false
            }
            index -= 1
        }
        return !hasPerfect && !isOthers(verb: verb)
    }

    /// Whether a verb in the plural stands right behind "that" or "which": "networks that achieve …".
    private func isOthers(verb: Int) -> Bool {
        guard verb > tokens.lowerBound, document.isWord(verb - 1, "that") || document.isWord(verb - 1, "which")
        else { return false }
        let last = document.text.bytes[document.tokens[verb].range].last
        return document.tokens[verb].has(.sotaReachVerb) && last != UInt8(ascii: "s") && last != UInt8(ascii: "d")
    }

    /// Whether a word that beats stands behind one that matches: "matches or surpasses", "comparable to or better than".
    private func isAlternative(_ index: Int) -> Bool {
        let before = max(tokens.lowerBound, index - 4)..<index
        guard let or = before.last(where: { document.isWord($0, "or") }) else { return false }
        return document.tokens[max(tokens.lowerBound, or - 4)..<or].contains { $0.has(.parWord) }
    }

    /// "Compared to the state of the art, …": a comparison that opens its clause right before a target.
    private func comparison(before target: Range<Int>) -> Int? {
        let opening = max(tokens.lowerBound, target.lowerBound - 4)..<target.lowerBound
        return opening.first { index in
            document.tokens[index].has(.compareWord)
                && (index == tokens.lowerBound || document.tokens[index - 1].kind == .mark)
        }
    }

    /// Whether a gain is told of within a clause's reach behind a comparison.
    private func isGain(behind index: Int) -> Bool {
        let rest = document.tokens[index..<min(tokens.upperBound, index + 2 * Self.reach)]
        return rest.contains {
            $0.has(.sotaBeatVerb) || $0.classes.contains(.gainWord) || $0.classes.contains(.superlative)
        }
    }

    func made(
        _ strength: SOTAStrength,
        target: Range<Int>,
        from index: Int,
        rule: String,
        confidence: Double
    ) -> SOTAStatement {
        SOTAStatement(
            strength: strength,
            verb: index,
            target: target,
            clause: clauseStart(before: index)..<clauseEnd(behind: target.upperBound),
            rule: rule,
            confidence: confidence
        )
    }

    /// Where the clause around a word starts: behind the last `;`, `:` or dash, or at the sentence's start.
    private func clauseStart(before index: Int) -> Int {
        var start = index
        while start > tokens.lowerBound, !endsClause(start - 1) { start -= 1 }
        return start
    }

    private func clauseEnd(behind index: Int) -> Int {
        var end = index
        while end < tokens.upperBound, !endsClause(end) { end += 1 }
        while end > index, document.tokens[end - 1].kind == .mark, document.tokens[end - 1].isMark(".") { end -= 1 }
        return end
    }

    private func endsClause(_ index: Int) -> Bool {
        let token = document.tokens[index]
        return token.isMark(";") || token.isMark(":") || token.kind == .mark && token.mark == 0xE2
    }
}
