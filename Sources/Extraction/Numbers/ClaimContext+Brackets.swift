extension ClaimContext {
    /// The bracket that is open before a token.
    func openBracket(before index: Int, in sentence: Range<Int>, within limit: Int) -> Int? {
        var depth = 0
        var index = index - 1
        let lowest = max(sentence.lowerBound, index - limit)
        while index >= lowest {
            let token = document.tokens[index]
            if token.isMark(")") || token.isMark("]") { depth += 1 }
            if token.isMark("(") || token.isMark("[") {
                if depth == 0 { return index }
                depth -= 1
            }
            index -= 1
        }
        return nil
    }

    /// The bracket that closes the one at a token.
    func closingBracket(of open: Int, in sentence: Range<Int>, within limit: Int) -> Int? {
        var depth = 0
        for index in open..<min(sentence.upperBound, open + limit) {
            let token = document.tokens[index]
            if token.isMark("(") || token.isMark("[") { depth += 1 }
            if token.isMark(")") || token.isMark("]") { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
