extension NameSpanScanner {
    /// Appends the shortened names that go on a known one: the `2012` of "VOC 2007 and 2012", the `100` of
    /// "CIFAR-10/100", the `Lite` of "SWE-bench Verified and Lite", the `En-Fr` of "WMT14 En-De and En-Fr".
    ///
    /// - Returns: the token behind them.
    func appendCoordinated(with name: Range<Int>, to spans: inout [NameSpan], limit: Int) -> Int {
        var end = name.upperBound
        while let start = coordinated(at: end, with: name, limit: limit) {
            let part = start..<(languagePairEnd(at: start, limit: limit) ?? start + 1)
            spans.append(NameSpan(tokens: part, isInTitle: isTitle, stem: name))
            end = part.upperBound
        }
        return end
    }

    /// The token of a shortened name behind `,`, `/`, `and` or both.
    private func coordinated(at end: Int, with name: Range<Int>, limit: Int) -> Int? {
        var index = end
        while index < min(limit, end + 2), joinsNames(index) { index += 1 }
        guard index > end, index < limit, replacesEnd(of: name, at: index) else { return nil }
        return index
    }

    private func joinsNames(_ index: Int) -> Bool {
        let token = document.tokens[index]
        return token.isMark(",") || token.isMark("/") || token.isMark("&")
            || document.isWord(index, "and") || document.isWord(index, "or")
    }

    /// Whether a token is of the kind of the last part of a name, and may stand for it.
    private func replacesEnd(of name: Range<Int>, at index: Int) -> Bool {
        let last = document.tokens[name.upperBound - 1]
        let token = document.tokens[index]
        let isNumbered = last.kind == .number || endsWithDigit(last)
        if token.kind == .number, isNumbered, !isMeasured(index), !token.shape.contains(.hasPoint) {
            let isYear = last.kind == .number && last.range.count == 4 && token.range.count == 4
            let isGlued = token.shape.contains(.isGlued) && token.range.count <= 4
            return isYear || isGlued || isListEnd(index + 1) && token.range.count <= 3 && last.kind == .word
        }
        guard token.kind == .word, name.count > 1 else { return false }
        if last.has(.variantWord) { return token.has(.variantWord) && token.shape.contains(.startsUpper) }
        return followsTranslation(name) && name.count > 1
            && languagePairEnd(at: index, limit: min(document.tokens.count, index + 4)) != nil
    }

    private func endsWithDigit(_ token: Token) -> Bool {
        token.kind == .word && ByteClass.isDigit(document.text.bytes[token.range.upperBound - 1])
    }

    /// Whether nothing that could be counted follows: "CIFAR-10 and 100." but not "CIFAR-10 and 100 images".
    private func isListEnd(_ index: Int) -> Bool {
        guard index < document.tokens.count else { return true }
        let next = document.tokens[index]
        return next.kind == .mark || next.has(.function) || next.has(.benchmarkNoun) || next.has(.taskNoun)
    }
}
