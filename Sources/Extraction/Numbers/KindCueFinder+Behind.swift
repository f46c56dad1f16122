internal import Claims

// What stands behind a number: the noun that it counts or measures, or the whole that it is a share of.

extension KindCueFinder {
    /// How many words a noun phrase behind a number has at most.
    private static let longestPhrase = 7

    func noteBehind(_ end: Int, _ quantity: Quantity, in sentence: Range<Int>, _ cues: inout KindCues) {
        var index = end
        let limit = min(sentence.upperBound, end + Self.longestPhrase)
        guard index < limit else { return }
        if document.tokens[index].has(.confidenceWord) { cues.note(.confidenceInterval) }
        if document.tokens[index].word == known.of { return noteOfBehind(index, quantity, in: sentence, &cues) }
        // "twice as fast", "3x as many".
        if document.tokens[index].word == known.asWord, quantity.unit == .times { return cues.note(.comparativeBehind) }
        while index < limit {
            let token = document.tokens[index]
            if token.isMark("-") || token.isMark("@") || token.isMark("/") {
                index += 1
                continue
            }
            // "a 5 % AP and 4 % AP gain": the noun behind the second is the first one's as well.
            if token.word == known.and, let next = endOfNumber(behind: index, like: quantity, in: sentence) {
                index = next
                continue
            }
            guard token.kind == .word else { return }
            if token.classes.contains(.changeNoun) { return cues.note(.changeNounBehind) }
            if token.has(.comparative), index <= end + 2 {
                if token.has(.sizeAdjective), isBare(index + 1, in: sentence) { cues.note(.sizeBehind) }
                return cues.note(.comparativeBehind)
            }
            let isVerb = token.isResultVerb && !token.has(.metric) && !(token.has(.metricHead) && index == end)
            if token.classes.contains(.function) || isVerb && !isCostNoun(at: index) || token.has(.versusWord) {
                return
            }
            if token.has(.metric) { cues.note(.metricBehind) }
            if token.has(.countNoun), !token.has(.metricHead) { cues.note(.countBehind) }
            if token.has(.parameterNoun) { cues.note(.modelSize) }
            if token.has(.hyperWord), index == end { cues.note(.setting) }
            index += 1
        }
    }

    /// `12 % cost reduction`, `12 % training cost savings`: a noun that is a verb elsewhere.
    private func isCostNoun(at index: Int) -> Bool {
        document.tokens[index].has(.costWord) && document.tokens[index].has(.metricHead)
    }

    /// Where the phrase goes on behind `and 4 %`; `nil` where no number of the same unit stands there.
    private func endOfNumber(behind and: Int, like quantity: Quantity, in sentence: Range<Int>) -> Int? {
        guard and + 2 < sentence.upperBound, document.tokens[and + 1].kind == .number else { return nil }
        if quantity.unit == .percent { return document.tokens[and + 2].isMark("%") ? and + 3 : nil }
        return quantity.unit == .none ? and + 2 : nil
    }

    /// Whether no noun follows: `larger than`, `larger)`.
    private func isBare(_ index: Int, in sentence: Range<Int>) -> Bool {
        guard index < sentence.upperBound else { return true }
        return document.tokens[index].kind == .mark || document.tokens[index].has(.versusWord)
    }

    // MARK: Shares

    /// `10 % of the training data`, `98 % of the baseline's accuracy`, `78 % of the time`.
    private func noteOfBehind(_ of: Int, _ quantity: Quantity, in sentence: Range<Int>, _ cues: inout KindCues) {
        if isSubject(quantity, in: sentence) { cues.note(.shareSubject) }
        var last = of
        for index in (of + 1)..<max(of + 1, min(sentence.upperBound, of + 9)) {
            let token = document.tokens[index]
            if token.kind == .mark, !token.isMark("-"), !token.isMark("'") { break }
            let isArticle = token.word == known.the || token.word == known.a || token.word == known.its
            if !isArticle, token.classes.contains(.function) || token.classes.contains(.auxiliary) { break }
            last = index
        }
        guard last > of else { return }
        let head = document.tokens[last]
        let isOccasion = head.has(.occasionWord) && (last == of + 1 || last == of + 2)
        if isOccasion { return cues.note(.ofOccasions) }
        let phrase = (of + 1)...last
        if head.has(.shareWord) { return cues.note(.ofData) }
        for index in phrase.suffix(2)
        where document.tokens[index].has(.metric)
            || document.tokens[index].has(.performanceWord) || document.tokens[index].has(.metricHead)
        {
            if index == last || !head.has(.systemWord), !head.has(.countNoun) { return cues.note(.ofPerformance) }
        }
        if phrase.contains(where: { document.tokens[$0].has(.shareWord) }) { return cues.note(.ofData) }
        cues.note(head.has(.systemWord) ? .ofSystem : .ofThings)
    }

    /// `…, 72 % of the answers are`: the number starts a clause.
    private func isSubject(_ quantity: Quantity, in sentence: Range<Int>) -> Bool {
        let before = quantity.start - 1
        guard before >= sentence.lowerBound else { return true }
        let token = document.tokens[before]
        return token.isMark(",") || token.isMark(";") || token.isMark(":") || token.word == known.that
            || token.word == known.and || token.word == known.whileWord
    }
}
