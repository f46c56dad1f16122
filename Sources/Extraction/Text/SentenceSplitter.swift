/// Finds where sentences end.
enum SentenceSplitter {
    /// Splits tokens into sentences and marks each one's first token.
    ///
    /// A sentence ends at `.`, `?` or `!` (with closing brackets and quotes behind it) before a capital, a digit or the
    /// end, unless the dot belongs to an abbreviation or initial; an unspaced dot ends one before a capital.
    ///
    /// - Complexity: linear in the tokens.
    static func split(_ tokens: inout [Token], of bytes: [UInt8], into sentences: inout [Range<Int>]) {
        sentences.removeAll(keepingCapacity: true)
        var start = 0
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            index += 1
            guard token.isMark(".") || token.isMark("?") || token.isMark("!") else { continue }
            while index < tokens.count, tokens[index].shape.contains(.isGlued), isClosing(tokens[index]) { index += 1 }
            guard index < tokens.count else { break }
            if endsSentence(tokens, at: index, dot: token, bytes: bytes) {
                sentences.append(start..<index)
                start = index
            }
        }
        if start < tokens.count { sentences.append(start..<tokens.count) }
        for sentence in sentences { tokens[sentence.lowerBound].shape.insert(.startsSentence) }
    }

    private static func isClosing(_ token: Token) -> Bool {
        token.isMark(")") || token.isMark("]") || token.isMark("\"") || token.isMark("'") || token.isMark(".")
    }

    /// Whether a dot ends its sentence; `next` is the index of the token behind the dot and what closes with it.
    private static func endsSentence(_ tokens: [Token], at next: Int, dot: Token, bytes: [UInt8]) -> Bool {
        let following = tokens[next]
        guard dot.isMark(".") else { return true }
        let isCapital = following.kind == .word && following.shape.contains(.startsUpper)
        if following.shape.contains(.isGlued) { return isCapital && following.shape.contains(.hasLower) }
        let isStart =
            isCapital || following.kind != .word || following.shape.contains(.innerUpper)
            || following.shape.contains(.hasNonASCII)
        var before = next - 1
        while before > 0, tokens[before].kind == .mark { before -= 1 }
        let last = tokens[before]
        let isBareDot = last.end == dot.start
        if isBareDot, last.kind == .word, last.classes.contains(.abbreviation) { return false }
        // "e.g", "i.e": letters parted by dots. An initial is one capital.
        let isInitial = last.end - last.start == 1 && ByteClass.isUpper(bytes[Int(last.start)])
        if isBareDot, last.kind == .word, isInitial, isCapital, before > 0, !tokens[before - 1].has(.function) {
            return tokens[before - 1].kind != .word || !tokens[before - 1].shape.contains(.startsUpper)
        }
        return isStart
    }
}
