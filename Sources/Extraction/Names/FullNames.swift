/// Finds the long forms of acronyms: "Stanford Question Answering Dataset (SQuAD)", "SGD (Schema-Guided Dialogue)".
struct FullNames {
    private let document: Document

    init(document: Document) {
        self.document = document
    }

    /// The most words of a long form.
    private static let longestForm = 12

    /// The long form of a span, where one is printed before or behind it in brackets.
    ///
    /// - Complexity: bounded by the longest form.
    func find(for span: Range<Int>) -> Range<Int>? {
        // The first word holds the acronym: "SQuAD 2.0".
        let acronym = document.tokens[span.lowerBound].range
        let capitals = capitalCount(acronym)
        guard capitals >= 2 || document.tokens[span.lowerBound].shape.contains(.innerUpper) else { return nil }
        return before(span, acronym) ?? behind(span, acronym)
    }

    /// "Long Form (ACRONYM": the words before the bracket.
    private func before(_ span: Range<Int>, _ acronym: Range<Int>) -> Range<Int>? {
        let bracket = span.lowerBound - 1
        guard bracket > 0, document.tokens[bracket].isMark("("), closesSoon(span.upperBound) else { return nil }
        var letters = letters(acronym).reversed().makeIterator()
        guard var wanted = letters.next() else { return nil }
        var index = bracket - 1
        var skipped = 0
        let first = max(0, bracket - Self.longestForm)
        while index >= first {
            let token = document.tokens[index]
            guard token.kind != .mark || token.isMark("-") || token.isMark("'") || token.isMark("&") else { return nil }
            // A hyphenated word may give a letter for each part.
            for start in partStarts(token).reversed() where ByteClass.lowered(document.text.bytes[start]) == wanted {
                guard let next = letters.next() else { return index..<bracket }
                wanted = next
            }
            if !startsWith(token, wanted), !token.has(.function) { skipped += 1 }
            if skipped > 5 { return nil }
            index -= 1
        }
        return nil
    }

    /// "ACRONYM (Long Form)": the words in the bracket.
    private func behind(_ span: Range<Int>, _ acronym: Range<Int>) -> Range<Int>? {
        let start = span.upperBound + 1
        guard start < document.tokens.count, document.tokens[start - 1].isMark("(") else { return nil }
        var end = start
        let limit = min(document.tokens.count, start + Self.longestForm)
        var wanted = letters(acronym)[...]
        while end < limit, !document.tokens[end].isMark(")"), !document.tokens[end].isMark(",") {
            for part in partStarts(document.tokens[end])
            where ByteClass.lowered(document.text.bytes[part]) == wanted.first {
                wanted.removeFirst()
            }
            end += 1
        }
        guard end < limit, end > start + 1, wanted.isEmpty else { return nil }
        return start..<end
    }

    private func closesSoon(_ index: Int) -> Bool {
        guard index < document.tokens.count else { return false }
        let token = document.tokens[index]
        return token.isMark(")") || token.isMark(",") || token.isMark(";") || token.isMark("]")
    }

    private func startsWith(_ token: Token, _ letter: UInt8) -> Bool {
        ByteClass.lowered(document.text.bytes[token.range.lowerBound]) == letter
    }

    /// Where a word and its hyphenated parts start.
    private func partStarts(_ token: Token) -> [Int] {
        guard token.kind == .word else { return [] }
        var starts = [token.range.lowerBound]
        if token.shape.contains(.hasHyphen) {
            for index in token.range.dropFirst() where document.text.bytes[index - 1] == UInt8(ascii: "-") {
                starts.append(index)
            }
        }
        return starts
    }

    /// The letters of an acronym that stand for words, in lower case: its capitals, without a plural's `s`.
    private func letters(_ acronym: Range<Int>) -> [UInt8] {
        document.text.bytes[acronym].filter(ByteClass.isUpper).map(ByteClass.lowered)
    }

    private func capitalCount(_ range: Range<Int>) -> Int {
        document.text.bytes[range].reduce(0) { $0 + (ByteClass.isUpper($1) ? 1 : 0) }
    }
}
