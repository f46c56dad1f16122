/// Finds the words that show a number with its context: the shortest clause that holds the number, its metric and its
/// benchmarks.
struct EvidenceClause {
    let context: ClaimContext

    /// The longest clause that is shown, in tokens.
    private static let longest = 90

    /// The tokens of the clause.
    ///
    /// The number's tokens come with the words of its bound; parts are the tokens of what was attached, and those of other
    /// sentences are passed over.
    func clause(around number: Range<Int>, in sentence: Range<Int>, parts: [Range<Int>]) -> Range<Int> {
        var (start, end) = (number.lowerBound, number.upperBound)
        for part in parts where part.lowerBound >= sentence.lowerBound && part.upperBound <= sentence.upperBound {
            guard max(end, part.upperBound) - min(start, part.lowerBound) <= Self.longest else { continue }
            start = min(start, part.lowerBound)
            end = max(end, part.upperBound)
        }
        while start > sentence.lowerBound, end - start < Self.longest, !isBorder(start - 1) { start -= 1 }
        while end < sentence.upperBound, end - start < Self.longest, !isBorder(end) { end += 1 }
        while start < number.lowerBound, isLoose(start) { start += 1 }
        return closingBrackets(start..<end, in: sentence)
    }

    /// Whether a token parts clauses.
    private func isBorder(_ index: Int) -> Bool {
        let token = context.document.tokens[index]
        guard token.kind == .mark else { return false }
        return token.isMark(";") || token.isMark(",") || token.isMark(":") || token.isMark(".") || token.isMark("!")
            || token.isMark("?")
            || token.mark == 0xE2
    }

    /// Words that a clause does not start with.
    private func isLoose(_ index: Int) -> Bool {
        let token = context.document.tokens[index]
        let known = KnownWords.builtIn
        return token.word == known.and || token.word == known.but || token.word == known.whileWord
            || token.word == known.that
    }

    /// Takes in the rest of a bracket that is cut.
    private func closingBrackets(_ range: Range<Int>, in sentence: Range<Int>) -> Range<Int> {
        var depth = 0
        for index in range {
            let token = context.document.tokens[index]
            if token.isMark("(") { depth += 1 }
            if token.isMark(")") { depth -= 1 }
        }
        if depth > 0, range.upperBound < sentence.upperBound, context.document.tokens[range.upperBound].isMark(")") {
            return range.lowerBound..<(range.upperBound + 1)
        }
        return range
    }
}
