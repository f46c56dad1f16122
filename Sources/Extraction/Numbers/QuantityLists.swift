internal import Claims

/// Lets the numbers of a list share what is written once: `25 and 30 %`, `5/7/17 minutes`, `up to 7 % and 5 %`.
enum QuantityLists {
    /// Shares units backward and bounds forward.
    static func share(in document: Document, quantities: inout [Quantity]) {
        guard quantities.count > 1 else { return }
        for index in (0..<(quantities.count - 1)).reversed() {
            let next = quantities[index + 1]
            guard quantities[index].unit == .none, next.unit != .none, isList(quantities[index], next, in: document)
            else { continue }
            // "scores 65.2, 18.5 % more": a comma alone does not join them.
            guard next.isUnitShared || !isCommaOnly(quantities[index], next, in: document) else { continue }
            quantities[index].unit = next.unit
            quantities[index].isUnitShared = true
        }
        for index in 1..<quantities.count {
            let last = quantities[index - 1]
            guard quantities[index].bound == .exact, last.bound != .exact else { continue }
            if isList(last, quantities[index], in: document)
                || last.bound == .upTo && isRun(last, quantities[index], in: document)
            {
                quantities[index].bound = last.bound
            }
        }
    }

    private static func isCommaOnly(_ first: Quantity, _ second: Quantity, in document: Document) -> Bool {
        second.start - first.tokens.upperBound == 1 && document.tokens[first.tokens.upperBound].isMark(",")
    }

    /// Whether nothing but commas, slashes and conjunctions parts two numbers.
    static func isList(_ first: Quantity, _ second: Quantity, in document: Document) -> Bool {
        let between = first.tokens.upperBound..<second.start
        guard first.sentence == second.sentence, between.count <= 3, !between.isEmpty else { return false }
        return between.allSatisfy { index in
            let token = document.tokens[index]
            let isOpenHyphen = token.isMark("-") && index == between.lowerBound && between.count > 1
            return isOpenHyphen || token.isMark(",") || token.isMark("/") || token.isMark("+")
                || token.word == KnownWords.builtIn.and
                || token.word == KnownWords.builtIn.or || token.isMark("&")
        }
    }

    /// How many tokens part two numbers of one run at most.
    private static let longestGap = 16

    /// Whether two numbers belong to one run of the same kind: `up to 10 % on A and 35 % on B`.
    private static func isRun(_ first: Quantity, _ second: Quantity, in document: Document) -> Bool {
        let between = first.tokens.upperBound..<second.start
        guard first.sentence == second.sentence, first.unit == second.unit, between.count <= longestGap else {
            return false
        }
        guard let last = between.last,
            document.tokens[last].word == KnownWords.builtIn.and || document.tokens[last].isMark(",")
        else {
            return false
        }
        return between.allSatisfy { index in
            let token = document.tokens[index]
            let isVerb = token.has(.levelVerb) || token.has(.winVerb) || token.has(.showVerb)
            return !isVerb && !token.isMark(";") && !token.isMark("(")
        }
    }
}
