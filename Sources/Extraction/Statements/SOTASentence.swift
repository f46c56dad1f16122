import Claims

/// One statement about the state of the art, in token indices.
struct SOTAStatement {
    var strength: SOTAStrength
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
    /// Whether the paper has spoken of its own work by now; before it does, a statement is background.
    let isOwnSpoken: Bool
    private(set) var statements: [SOTAStatement] = []

    init(document: Document, tokens: Range<Int>, isOwnSpoken: Bool) {
        self.document = document
        self.tokens = tokens
        self.isOwnSpoken = isOwnSpoken
    }

    /// How far before a target the word stands that says what is done with it, in tokens.
    private static let reach = 14
    /// How far behind `existing` the noun stands that it belongs to, in tokens.
    private static let nounReach = 7

    /// Reads all statements, in order.
    mutating func read() {
        guard isOwnSpoken else { return }
        var index = tokens.lowerBound
        while index < tokens.upperBound {
            let token = document.tokens[index]
            if let target = target(at: index) {
                if let statement = statement(about: target) { add(statement) }
                index = target.upperBound
            } else if token.has(.bestPhrase), isBest(index) {
                let end = index + max(1, Int(token.phraseLength))
                add(made(.sets, target: index..<end, from: index, rule: "sota.best", confidence: 0.7))
                index = end
            } else {
                index += 1
            }
        }
    }

    private mutating func add(_ statement: SOTAStatement) {
        // "achieves state-of-the-art results, outperforming existing methods": one statement, said twice.
        if let last = statements.last, last.strength == statement.strength,
            !partsStatements(last.target.upperBound..<statement.target.lowerBound)
        {
            statements[statements.count - 1].clause = last.clause.lowerBound..<statement.clause.upperBound
            return
        }
        statements.append(statement)
    }

    /// Whether words between two targets part them into two statements: a new subject or benchmark would need `and`.
    private func partsStatements(_ range: Range<Int>) -> Bool {
        document.tokens[range].contains { $0.isMark(";") || $0.isMark(":") }
    }

    // MARK: Targets

    /// The state of the art, or what has been there before, at an index.
    private func target(at index: Int) -> Range<Int>? {
        let token = document.tokens[index]
        if token.has(.stateOfTheArt) { return index..<(index + max(1, Int(token.phraseLength))) }
        guard token.classes.contains(.priorWord) else { return nil }
        for next in (index + 1)..<max(index + 1, min(tokens.upperBound, index + Self.nounReach)) {
            let word = document.tokens[next]
            if word.has(.stateOfTheArt) { return index..<(next + max(1, Int(word.phraseLength))) }
            if word.classes.contains(.methodNoun) { return index..<(next + 1) }
            if word.kind == .mark && !word.isMark("-") || word.classes.contains(.reachVerb) { return nil }
        }
        return nil
    }

    // MARK: What is done with a target

    private func statement(about target: Range<Int>) -> SOTAStatement? {
        let isStateOfTheArt = document.tokens[target].contains { $0.has(.stateOfTheArt) }
        var hasComparison = false
        var index = target.lowerBound - 1
        let limit = max(tokens.lowerBound, target.lowerBound - Self.reach)
        while index >= limit {
            let token = document.tokens[index]
            if token.isMark(";") || token.isMark(":") { break }
            let distance = target.lowerBound - index
            if token.has(.parWord), isStateOfTheArt || distance < 5, !document.isWord(index, "approaches") || distance < 3 {
                return made(.matches, target: target, from: index, rule: "sota.matches", confidence: 0.8)
            }
            if token.has(.beatVerb), isOwn(verb: index) {
                return made(.sets, target: target, from: index, rule: "sota.beats", confidence: 0.85)
            }
            if hasComparison, token.classes.contains(.gainWord), isOwn(verb: index) {
                return made(.sets, target: target, from: index, rule: "sota.gain-over", confidence: 0.75)
            }
            if isStateOfTheArt, token.classes.contains(.reachVerb), distance < 8, !hasComparison, isOwn(verb: index) {
                return made(.sets, target: target, from: index, rule: "sota.reaches", confidence: 0.85)
            }
            if token.has(.compareWord) { hasComparison = true }
            index -= 1
        }
        return nil
    }

    /// Whether the paper speaks of its own work at a verb, and not of others' or of an aim.
    private func isOwn(verb: Int) -> Bool {
        var index = verb - 1
        let limit = max(tokens.lowerBound, verb - 12)
        var hasPerfect = false
        while index >= limit {
            let token = document.tokens[index]
            if token.classes.contains(.ownWord) { return true }
            if token.classes.contains(.perfectAuxiliary) { hasPerfect = true }
            if index >= verb - 3, token.classes.contains(.aimWord) { return false }
            if token.isMark(";") { break }
            if token.classes.contains(.priorWord), document.tokens[index..<verb].contains(where: { $0.classes.contains(.methodNoun) }) {
                return false
            }
            index -= 1
        }
        return !hasPerfect
    }

    private func isBest(_ index: Int) -> Bool {
        isOwn(verb: index)
    }

    private func made(
        _ strength: SOTAStrength,
        target: Range<Int>,
        from index: Int,
        rule: String,
        confidence: Double
    ) -> SOTAStatement {
        SOTAStatement(
            strength: strength,
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
