internal import Claims

/// Reads whether a change is said of the level or in points, and whether a number is taken over several benchmarks.
struct ChangeFields {
    let context: ClaimContext

    /// How far before and behind a number `relative` and `absolute` are looked for.
    private static let before = 14
    private static let behind = 7

    /// For a change: `true` for relative, `false` for absolute, `nil` where the words do not tell.
    func relative(of quantity: Quantity) -> Bool? {
        if quantity.unit == .times { return true }
        if quantity.unit == .points { return false }
        let sentence = context.sentence(of: quantity)
        let end = min(sentence.upperBound, quantity.tokens.upperBound + Self.behind)
        for index in quantity.tokens.upperBound..<max(end, quantity.tokens.upperBound) {
            let token = context.document.tokens[index]
            if token.kind == .number { break }
            if let answer = answer(of: token) { return answer }
        }
        for index in (max(sentence.lowerBound, quantity.start - Self.before)..<quantity.start).reversed() {
            let token = context.document.tokens[index]
            if token.isMark(";") { break }
            if let answer = answer(of: token) { return answer }
        }
        return nil
    }

    private func answer(of token: Token) -> Bool? {
        // "relative to X" names the baseline and says nothing.
        if token.classes.contains(.relativeWord), token.phraseLength < 2 { return true }
        return token.classes.contains(.absoluteWord) ? false : nil
    }

    /// How far before and behind a number the words of an average are looked for.
    private static let averageBefore = 7
    private static let averageBehind = 8

    /// What the number is taken over.
    ///
    /// `benchmarks`: how many benchmarks the number is for.
    func aggregate(of quantity: Quantity, benchmarks: Int) -> Aggregate? {
        if isAverage(quantity) { return .average }
        return quantity.bound == .upTo && benchmarks > 1 ? .maximum : nil
    }

    private func isAverage(_ quantity: Quantity) -> Bool {
        let sentence = context.sentence(of: quantity)
        let end = min(sentence.upperBound, quantity.tokens.upperBound + Self.averageBehind)
        var index = quantity.tokens.upperBound
        while index < end {
            let token = context.document.tokens[index]
            if token.kind == .number || token.isMark(";") || token.isMark(")") { break }
            if isAverageWord(at: index) { return true }
            index += isMetricPhrase(token) ? Int(token.phraseLength) : 1
        }
        index = max(sentence.lowerBound, quantity.start - Self.averageBefore)
        var isFound = false
        while index < quantity.start {
            let token = context.document.tokens[index]
            if token.kind == .number || token.isMark(";") || token.isMark("(") { isFound = false }
            if isAverageWord(at: index) { isFound = true }
            index += isMetricPhrase(token) ? Int(token.phraseLength) : 1
        }
        return isFound
    }

    private func isMetricPhrase(_ token: Token) -> Bool {
        token.phraseLength > 1 && token.phraseClasses.contains(.metric)
    }

    /// `average`; not in `mean average precision`.
    private func isAverageWord(at index: Int) -> Bool {
        let token = context.document.tokens[index]
        return token.has(.averageWord) && !isMetricPhrase(token)
    }
}
