/// What the nouns around a name call it.
extension NameFeatures {
    /// Adds the nouns for benchmarks and systems around a span and its list.
    func addNouns(
        _ span: NameSpan,
        _ kind: NameKind,
        list: Range<Int>,
        sentence: Range<Int>,
        to features: inout NameFeatureSet,
        _ verdict: inout NameVerdict
    ) {
        noteDirectNouns(span, list: list, sentence: sentence, &verdict)
        let behind = sentence.clamped(to: list.upperBound..<(list.upperBound + 5))
        if let noun = behind.first(where: { isNoun($0) || endsPhrase($0) }), isNoun(noun) {
            add(.nounAfter, word(noun, sentence), to: &features)
            add(.kindNounAfter, .text(kind.name), .text(nounClass(noun)), to: &features)
            if let cue = sentence.clamped(to: (list.lowerBound - 12)..<list.lowerBound).last(where: isCue) {
                add(.cueNounAfter, .text(cueName(cue)), .text(nounClass(noun)), to: &features)
            }
        }
        let before = sentence.clamped(to: (list.lowerBound - 6)..<list.lowerBound)
        if let noun = before.last(where: { isNoun($0) || document.tokens[$0].isMark(".") }), isNoun(noun) {
            add(.nounBefore, word(noun, sentence), to: &features)
            add(.kindNounBefore, .text(kind.name), .text(nounClass(noun)), to: &features)
            if let cue = sentence.clamped(to: (noun - 12)..<noun).last(where: isCue) {
                add(.cueNounBefore, .text(cueName(cue)), .text(nounClass(noun)), to: &features)
            }
        }
        if let noun = apposition(behind: span.tokens.upperBound, sentence) {
            verdict.note(document.tokens[noun], .apposition)
            add(.apposition, word(noun, sentence), to: &features)
            add(.kindApposition, .text(kind.name), .text(nounClass(noun)), to: &features)
        }
        if let noun = heading(of: list.lowerBound, sentence) {
            verdict.note(document.tokens[noun], .heading)
            add(.heading, word(noun, sentence), to: &features)
        }
    }

    /// Notes the nouns right beside a span or its list: "the X dataset", "the dataset X", "a dataset called the X".
    private func noteDirectNouns(
        _ span: NameSpan,
        list: Range<Int>,
        sentence: Range<Int>,
        _ verdict: inout NameVerdict
    ) {
        for end in [list.upperBound, span.tokens.upperBound] where sentence.contains(end) {
            let noun = document.tokens[end]
            verdict.note(noun, .nounBehind)
            if noun.has(.benchmarkNoun), isDefinite(list.lowerBound, sentence) { verdict.isDefinite = true }
        }
        var before = list.lowerBound - 1
        if sentence.contains(before - 1), document.tokens[before].has(.articleWord),
            document.tokens[before - 1].has(.namingCue)
        {
            before -= 1
        }
        guard sentence.contains(before) else { return }
        verdict.note(document.tokens[before], .nounBefore)
        guard document.tokens[before].has(.namingCue) else { return }
        if sentence.contains(before - 1) { verdict.note(document.tokens[before - 1], .nounBefore) }
        // "we present a dataset of short reports named X": the first noun behind the verb is what X is.
        let reach = sentence.clamped(to: (before - Self.presentingReach)..<before)
        guard let verb = reach.last(where: { document.tokens[$0].has(.introduceCue) }),
            let noun = (verb..<before).first(where: isPlainNoun)
        else { return }
        verdict.note(document.tokens[head(from: noun, verb..<before)], .nounBefore)
    }

    /// Whether what starts at a token is one thing of its kind: behind "the" (and adjectives) or a preposition, but not
    /// behind "a", a number or "several".
    private func isDefinite(_ start: Int, _ sentence: Range<Int>) -> Bool {
        var index = start - 1
        guard sentence.contains(index) else { return true }
        if document.tokens[index].has(.function) {
            return !document.isWord(index, "a") && !document.isWord(index, "an")
        }
        while sentence.contains(index), start - index <= 4, document.tokens[index].kind == .word {
            if document.isWord(index, "the") || document.isWord(index, "our") { return true }
            if document.tokens[index].has(.function) { return false }
            index -= 1
        }
        return false
    }

    /// How many tokens before "called" the verb may stand that presents what is called so.
    private static let presentingReach = 18

    /// The noun that heads a list: "benchmarks such as X", "three datasets: X", "tasks (X", "datasets, including X".
    private func heading(of start: Int, _ sentence: Range<Int>) -> Int? {
        var index = start - 1
        if sentence.contains(index), document.tokens[index].has(.articleWord) || isQuote(index) { index -= 1 }
        let opening = index
        while sentence.contains(index), opening - index < 5, opensList(index) { index -= 1 }
        // A comma alone heads nothing: "on these datasets, X improves".
        guard index < opening, index + 1 < opening || !document.tokens[opening].isMark(",") else { return nil }
        return sentence.clamped(to: (index - 3)..<(index + 1)).last { isNoun($0) || endsPhrase($0) }
            .flatMap { isNoun($0) ? $0 : nil }
    }

    private func opensList(_ index: Int) -> Bool {
        let token = document.tokens[index]
        return token.classes.contains(.listingWord) || token.isMark(":") || token.isMark("(") || token.isMark(",")
            || token.mark == 0xE2
    }

    private func isQuote(_ index: Int) -> Bool {
        document.tokens[index].isMark("\"") || document.tokens[index].isMark("'")
    }

    /// The first noun of what a name is said to be: "X, a new benchmark", "X is the first dataset", "X (a new dataset)",
    /// "X (ours), our method".
    private func apposition(behind end: Int, _ sentence: Range<Int>) -> Int? {
        var index = end
        if isMark("(", index, sentence) {
            let bracket = sentence.clamped(to: index..<(index + 14))
            if sentence.contains(index + 1), document.tokens[index + 1].has(.articleWord) {
                return bracket.first { isNoun($0) || document.tokens[$0].isMark(")") }.flatMap { isNoun($0) ? $0 : nil }
            }
            guard let close = bracket.first(where: { document.tokens[$0].isMark(")") }) else { return nil }
            index = close + 1
        }
        guard sentence.contains(index), sentence.contains(index + 1) else { return nil }
        let opens =
            document.tokens[index].isMark(",") || document.tokens[index].isMark(":")
            || document.tokens[index].mark == 0xE2
            || document.isWord(index, "is") || document.isWord(index, "as")
        var article = index + 1
        if document.isWord(article, "which"), sentence.contains(article + 2), document.isWord(article + 1, "is") {
            article += 2
        }
        guard opens, document.tokens[article].has(.articleWord) else { return nil }
        let reach = sentence.clamped(to: article..<(article + 14))
        guard let first = reach.first(where: { isNoun($0) || endsPhrase($0) && !isComma($0) }), isNoun(first) else {
            return nil
        }
        let noun = head(from: first, sentence)
        // "On X, our method improves": the main clause, which says nothing of what X is.
        let isClause =
            isComma(index) && !isIndefinite(article) && sentence.contains(noun + 1)
            && document.tokens[noun + 1].kind == .word && !document.tokens[noun + 1].has(.function)
        return isClause ? nil : noun
    }

    /// The head of a compound whose first noun is given: "agent benchmark", "agent safety benchmark".
    func head(from first: Int, _ range: Range<Int>) -> Int {
        var head = first
        while range.contains(head + 1) {
            if isPlainNoun(head + 1) {
                head += 1
            } else if range.contains(head + 2), document.tokens[head + 2].has(.benchmarkNoun),
                document.tokens[head].has(.systemNoun), document.tokens[head + 1].kind == .word,
                !document.tokens[head + 1].has(.function)
            {
                head += 2
            } else {
                break
            }
        }
        return head
    }

    private func isIndefinite(_ index: Int) -> Bool {
        document.isWord(index, "a") || document.isWord(index, "an")
    }

    private func isComma(_ index: Int) -> Bool { document.tokens[index].isMark(",") }

    /// Whether a token is a noun for benchmarks or systems.
    func isNoun(_ index: Int) -> Bool {
        isPlainNoun(index) || document.tokens[index].has(.taskNoun)
    }

    /// Whether a token is a noun for benchmarks or systems that says outright what a thing is.
    func isPlainNoun(_ index: Int) -> Bool {
        document.tokens[index].has(.benchmarkNoun) || document.tokens[index].has(.systemNoun)
    }

    /// The class of a noun in features.
    func nounClass(_ index: Int) -> StaticString {
        let token = document.tokens[index]
        if token.has(.systemNoun) { return "<system>" }
        return token.has(.benchmarkNoun) ? "<benchmark>" : "<task>"
    }

    /// Whether a mark ends what a noun may belong to.
    func endsPhrase(_ index: Int) -> Bool {
        let token = document.tokens[index]
        return token.kind == .mark && !token.isMark("-") && !token.isMark("\"") && !token.isMark("'")
    }
}
