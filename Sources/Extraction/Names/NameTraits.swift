/// Tells what a span is known as or called without a look at more than its own words and the next.
struct NameTraits {
    let document: Document
    let lexicon: Lexicon

    /// Sets what the other members of a span's list go by.
    func set(of span: inout NameSpan) {
        guard span.gazetteer == nil else { return }
        span.isCalledBenchmark = isCalledBenchmark(span.tokens)
        span.isKnownOther = !span.isCalledBenchmark && isKnownOther(span.tokens)
    }

    /// Whether the first or last word of a name is known as something else, or the first is of a family of systems.
    private func isKnownOther(_ tokens: Range<Int>) -> Bool {
        let first = document.tokens[tokens.lowerBound]
        return Self.isOther(first.classes) || Self.isOther(document.tokens[tokens.upperBound - 1].classes)
            || Self.isOther(NameTraits.familyClasses(of: first, document, lexicon))
    }

    private static let others: [WordClass] = [
        .modelName, .metricName, .organisation, .generalTerm, .languageName, .systemNoun,
    ]

    private static func isOther(_ classes: WordClasses) -> Bool {
        !classes.isEmpty && others.contains { classes.contains($0) }
    }

    /// "the X dataset", "XBench".
    private func isCalledBenchmark(_ tokens: Range<Int>) -> Bool {
        if tokens.upperBound < document.tokens.count, document.tokens[tokens.upperBound].has(.benchmarkNoun) {
            return true
        }
        let last = document.tokens[tokens.upperBound - 1]
        if last.has(.benchmarkNoun) { return true }
        let letters = document.text.bytes[last.range].suffix(5)
        return letters.count == 5 && letters.elementsEqual("bench".utf8) { ByteClass.lowered($0) == $1 }
    }

    /// What the lexicon knows the letters before a word's first digit or hyphen as: `gpt` of `GPT-4o`.
    static func familyClasses(of token: Token, _ document: Document, _ lexicon: Lexicon) -> WordClasses {
        let bytes = document.text.bytes
        var end = token.range.lowerBound
        var hash = Lexicon.hashStart
        while end < token.range.upperBound, ByteClass.isLetter(bytes[end]) {
            hash = Lexicon.hash(hash, adding: ByteClass.lowered(bytes[end]))
            end += 1
        }
        let letters = token.range.lowerBound..<end
        guard letters.count > 1, end < token.range.upperBound else { return [] }
        return lexicon.entry(hash: hash, bytes: bytes, range: letters)?.classes ?? []
    }
}
