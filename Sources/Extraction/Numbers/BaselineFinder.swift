/// Finds what a change is compared with: `over [the previous best]`, `compared with [ViT-B]`, `outperforms [GPT-4] by`.
struct BaselineFinder {
    let context: ClaimContext
    private let known = KnownWords.builtIn

    init(context: ClaimContext) { self.context = context }

    /// How far from a number its baseline is looked for.
    private static let reach = 45
    /// How many words a baseline has at most.
    private static let longest = 10
    /// How many tokens a list of baselines has at most.
    private static let longestList = 30

    /// The words of the baseline.
    func baseline(of quantity: Quantity) -> Range<Int>? {
        let sentence = context.sentence(of: quantity)
        return behind(quantity, sentence) ?? before(quantity, sentence)
    }

    // MARK: Behind the number

    private func behind(_ quantity: Quantity, _ sentence: Range<Int>) -> Range<Int>? {
        var index = quantity.tokens.upperBound
        let end = min(sentence.upperBound, index + Self.reach)
        while index < end {
            let token = context.document.tokens[index]
            if token.isMark(";") || token.word == known.whileWord || token.word == known.whereas { return nil }
            if let length = versusLength(at: index), let found = phrase(at: index + length, sentence) { return found }
            // "…, outperforming X": the change just told is over X; its own number would stand before.
            if token.has(.winVerb), token.shape.contains(.hasLower), index > quantity.tokens.upperBound + 1 {
                return numberFollows(index, sentence) ? nil : phrase(at: index + 1, sentence)
            }
            index += 1
        }
        return nil
    }

    private func numberFollows(_ index: Int, _ sentence: Range<Int>) -> Bool {
        (index..<min(sentence.upperBound, index + 14)).contains { context.document.tokens[$0].word == known.by }
    }

    /// How many tokens the words before a baseline take.
    private func versusLength(at index: Int) -> Int? {
        let token = context.document.tokens[index]
        guard token.has(.versusWord) else { return nil }
        let length = max(1, token.phraseClasses.contains(.versusWord) ? Int(token.phraseLength) : 1)
        let next = index + length
        guard next < context.document.tokens.count else { return nil }
        // "over 90 %" is a bound, "over 3 epochs" no baseline.
        let following = context.document.tokens[next]
        return following.kind == .number || following.has(.numberWord) || following.has(.averageWord) ? nil : length
    }

    // MARK: Before the number

    private func before(_ quantity: Quantity, _ sentence: Range<Int>) -> Range<Int>? {
        var index = quantity.start - 1
        let lowest = max(sentence.lowerBound, index - Self.reach)
        while index >= lowest {
            let token = context.document.tokens[index]
            if token.isMark(";") { return nil }
            if token.has(.winVerb), !token.has(.boundLeast) || token.shape.contains(.hasLower),
                context.roles[index] == .none
            {
                return phrase(at: index + 1, sentence)
            }
            if let length = versusLength(at: index), let found = phrase(at: index + length, sentence),
                found.upperBound <= quantity.start
            {
                return found
            }
            if token.has(.raiseVerb), let found = improved(at: index + 1, quantity, sentence) { return found }
            index -= 1
        }
        return nil
    }

    /// `improves [a strong baseline] by`: the object is a system or the state of the art.
    private func improved(at start: Int, _ quantity: Quantity, _ sentence: Range<Int>) -> Range<Int>? {
        guard let found = phrase(at: start, sentence), found.upperBound <= quantity.start else { return nil }
        let isSystem = found.contains { index in
            context.roles[index] == .system || context.document.tokens[index].has(.sotaWord)
        }
        return isSystem ? found : nil
    }

    // MARK: The phrase

    /// The noun phrase that starts at a token, its article left out.
    func phrase(at start: Int, _ sentence: Range<Int>) -> Range<Int>? {
        var start = start
        while start < sentence.upperBound, isLeadIn(context.document.tokens[start]) { start += 1 }
        var end = start
        let limit = min(sentence.upperBound, start + Self.longest)
        while end < limit {
            let token = context.document.tokens[end]
            if token.phraseLength > 1, token.phraseClasses.contains(.sotaWord), end + Int(token.phraseLength) <= limit {
                end += Int(token.phraseLength)
            } else if isPart(at: end, of: start) || isInner(at: end, of: start, in: sentence) {
                end += 1
            } else {
                break
            }
        }
        end = listEnd(from: end, start, sentence)
        while end > start,
            context.document.tokens[end - 1].classes.contains(.function) || context.document.tokens[end - 1].isMark("-")
        { end -= 1 }
        return end > start ? start..<end : nil
    }

    /// `best [scored] approach`, `the base [8]B model`: a participle or a size before the noun.
    private func isInner(at index: Int, of start: Int, in sentence: Range<Int>) -> Bool {
        guard index + 1 < sentence.upperBound else { return false }
        let (token, next) = (context.document.tokens[index], context.document.tokens[index + 1])
        if token.kind == .number { return next.kind == .word && next.shape.contains(.isGlued) }
        guard index > start, token.kind == .word, next.kind == .word, !next.classes.contains(.function),
            !token.classes.contains(.function)
        else { return false }
        return context.document.text.bytes[token.range].suffix(2).elementsEqual("ed".utf8) && !token.has(.winVerb)
    }

    /// `over [A, B and C]`: the end of the list that a system begins.
    private func listEnd(from end: Int, _ start: Int, _ sentence: Range<Int>) -> Int {
        var end = end
        let limit = min(sentence.upperBound, start + Self.longestList)
        guard end > start, isSystem(at: end - 1) else { return end }
        while end + 1 < limit {
            var next = end
            if context.document.tokens[next].isMark(",") { next += 1 }
            if next < limit, context.document.tokens[next].word == known.and { next += 1 }
            guard next > end, next < limit, isSystem(at: next) else { break }
            while next < limit, isSystem(at: next) { next += 1 }
            // The next one's own number would follow it: "outperforms A by 2 points and B by 3".
            if next < sentence.upperBound, context.document.tokens[next].word == known.by { break }
            end = next
        }
        return end
    }

    /// A system, or a word that is written as systems are and is no benchmark or metric.
    private func isSystem(at index: Int) -> Bool {
        let token = context.document.tokens[index]
        guard context.roles[index] == .none else { return context.roles[index] == .system }
        return token.kind == .word && !token.has(.metric)
            && (token.shape.contains(.allUpper) || token.shape.contains(.innerUpper))
    }

    private func isLeadIn(_ token: Token) -> Bool {
        token.word == known.the || token.word == known.a || token.word == known.an || token.word == known.its
            || token.word == known.our || token.has(.averageWord)
    }

    private func isPart(at index: Int, of start: Int) -> Bool {
        let token = context.document.tokens[index]
        if context.roles[index] == .system { return true }
        if context.roles[index] == .benchmark { return false }
        switch token.kind {
        case .number, .url: return token.kind == .number && token.shape.contains(.isGlued)
        case .mark:
            return (token.isMark("-") || token.isMark("/") || token.isMark("+") || token.isMark("'"))
                && token.shape.contains(.isGlued)
        case .word:
            if token.classes.contains(.function) || token.word == known.across || token.has(.versusWord) {
                return false
            }
            let isVerb = token.isResultVerb && !token.has(.metric) && !token.has(.sotaWord)
            if token.has(.respectivelyWord) || isVerb && index > start { return false }
            return true
        }
    }
}
