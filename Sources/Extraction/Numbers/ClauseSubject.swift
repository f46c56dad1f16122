/// Finds the subject of the clause that a number stands in: `[adaptive preprocessing] reduces latency by 50 %`.
struct ClauseSubject {
    let context: ClaimContext
    private let known = KnownWords.builtIn

    init(context: ClaimContext) { self.context = context }

    /// A clause's subject.
    enum Answer {
        /// The paper's own system: `we`, `our model`, `it`.
        case own
        /// The words that name it.
        case words(Range<Int>)
    }

    /// How far before a number its verb is looked for.
    private static let reach = 50
    /// How many words a subject has at most.
    private static let longest = 9

    /// The subject of the nearest finite verb before a number, where it can be a system.
    func find(before quantity: Quantity, _ sentence: Range<Int>) -> Answer? {
        var index = quantity.start - 1
        let lowest = max(sentence.lowerBound, index - Self.reach)
        while index > lowest {
            let token = context.document.tokens[index]
            if token.isMark(";") { return nil }
            if isFiniteVerb(at: index), let answer = subject(before: index, sentence) { return answer }
            index -= 1
        }
        return nil
    }

    /// A verb of results that is no participle in `-ing`, no noun, and not behind `to`.
    private func isFiniteVerb(at index: Int) -> Bool {
        let token = context.document.tokens[index]
        guard token.isResultVerb, context.roles[index] == .none, !token.has(.comparative), !token.has(.metric),
            !token.classes.contains(.changeNoun), !token.has(.metricHead), !token.has(.verbOrNoun)
        else { return false }
        let bytes = context.document.text.bytes[token.range]
        if bytes.suffix(3).elementsEqual("ing".utf8) { return false }
        let before = context.document.tokens[index - 1]
        return before.word != known.to && before.word != known.a && before.word != known.the && before.kind != .number
    }

    private func subject(before verb: Int, _ sentence: Range<Int>) -> Answer? {
        var end = verb
        while end > sentence.lowerBound, isAdverb(context.document.tokens[end - 1]) { end -= 1 }
        var start = end
        let lowest = max(sentence.lowerBound, end - Self.longest)
        while start > lowest, isPart(at: start - 1) { start -= 1 }
        while start < end,
            isLeadIn(context.document.tokens[start]) || context.document.tokens[start].classes.contains(.function),
            !isPronoun(context.document.tokens[start])
        {
            start += 1
        }
        guard start < end else { return nil }
        return answer(start..<end, in: sentence)
    }

    private func answer(_ words: Range<Int>, in sentence: Range<Int>) -> Answer? {
        let last = context.document.tokens[words.upperBound - 1]
        if last.word == known.we || last.word == known.it { return .own }
        let before = words.lowerBound - 1
        var isOwn = before >= sentence.lowerBound && isOwnMark(context.document.tokens[before])
        var isGeneric = false
        var named: Range<Int>?
        for index in words {
            let token = context.document.tokens[index]
            switch context.roles[index] {
            case .benchmark: return nil
            case .own: return .own
            case .system:
                if named == nil { named = index..<(index + 1) }
                continue
            case .none: break
            }
            if isOwnMark(token) { isOwn = true }
            if token.has(.systemWord) { isGeneric = true }
            if isNoSystem(token) { return nil }
        }
        if let named { return .words(named) }
        if isOwn { return isGeneric || words.count == 1 ? .own : nil }
        return words.count == 1 && isGeneric ? nil : .words(words)
    }

    private func isNoSystem(_ token: Token) -> Bool {
        token.has(.metric) || token.has(.metricHead) || token.classes.contains(.changeNoun) || token.has(.reportWord)
            || token.has(.versusWord) || token.has(.earlierWord) || token.has(.absoluteWord) || token.has(.relativeWord)
    }

    private func isPronoun(_ token: Token) -> Bool { token.word == known.we || token.word == known.it }

    private func isOwnMark(_ token: Token) -> Bool {
        token.word == known.our || token.word == known.its || token.has(.proposedWord)
    }

    private func isAdverb(_ token: Token) -> Bool {
        token.has(.adverb) || token.has(.auxiliary) || token.isMark("'")
    }

    private func isLeadIn(_ token: Token) -> Bool {
        token.word == known.the || token.word == known.a || token.word == known.an || token.word == known.our
            || token.has(.proposedWord)
    }

    private func isPart(at index: Int) -> Bool {
        if context.roles[index] == .system || context.roles[index] == .own { return true }
        let token = context.document.tokens[index]
        switch token.kind {
        case .number, .url: return token.shape.contains(.isGlued)
        case .mark:
            return (token.isMark("-") || token.isMark("+") || token.isMark("/")) && token.shape.contains(.isGlued)
        case .word:
            if token.word == known.that || token.word == known.and || token.word == known.whileWord
                || token.word == known.which
                || token.word == known.but || token.word == known.whereas
            {
                return false
            }
            let isVerb = token.isResultVerb && !token.has(.metric) && context.roles[index] == .none
            return !isVerb || token.has(.needVerb)
        }
    }
}
