import Claims

/// Statements without a verb that beats or reaches in front of what is beaten: those that say alone that a system is the
/// best, and those in the passive.
extension SOTASentence {
    /// A statement that says alone that a system is the best: "ranks first", "achieves the best accuracy", "is the most
    /// accurate of all".
    func best(at index: Int) -> Range<Int>? {
        let token = document.tokens[index]
        let end = index + max(1, Int(token.phraseLength))
        if token.has(.rankPhrase), isOwn(verb: index), !document.isWord(max(tokens.lowerBound, index - 1), "in") {
            return index..<end
        }
        guard token.has(.bestPhrase) || isSuperlative(index), !isDenied(index) else { return nil }
        let verbs = max(tokens.lowerBound, index - 3)..<index
        if token.has(.bestPhrase) || token.classes.contains(.superlative),
            let verb = verbs.last(where: {
                document.tokens[$0].has(.sotaReachVerb) || isPerforming($0) || token.has(.bestPhrase) && isBeing($0)
            }),
            isOwn(verb: verb), !document.tokens[verb..<index].contains(where: { $0.has(.compareWord) })
        {
            return index..<end
        }
        // "which are the best results on X"
        if verbs.contains(where: isBeing), end + 1 < tokens.upperBound, isLevel(end), document.isWord(end + 1, "on") {
            return index..<(end + 1)
        }
        // "is the best of all", "makes our model the most accurate among …"
        let scope = tokens.clamped(to: end..<(end + 4))
        guard let among = scope.first(where: { document.isWord($0, "among") || isOfAll($0) }) else { return nil }
        let isSaid = tokens.clamped(to: (index - 5)..<index).contains { isBeing($0) || document.isWord($0, "makes") }
        return isSaid ? index..<(among + 1) : nil
    }

    /// "results", "value": what the best of is reached.
    private func isLevel(_ index: Int) -> Bool {
        let words: [StaticString] = ["results", "result", "value", "performance", "scores", "score"]
        return words.contains { document.isWord(index, $0) }
    }

    /// "performs", "scored": what "best" and "highest" are adverbs of.
    private func isPerforming(_ index: Int) -> Bool {
        let words: [StaticString] = ["performs", "performed", "performing", "scored", "scores", "scoring"]
        return words.contains { document.isWord(index, $0) }
    }

    /// "of all".
    private func isOfAll(_ index: Int) -> Bool {
        index + 1 < tokens.upperBound && document.isWord(index, "of") && document.isWord(index + 1, "all")
    }

    /// "best", "most accurate".
    private func isSuperlative(_ index: Int) -> Bool {
        document.tokens[index].classes.contains(.superlative)
            || document.isWord(index, "most") && index > tokens.lowerBound && document.isWord(index - 1, "the")
    }

    // MARK: Records

    /// How far behind a superlative the words stand that make it one of all that was published, in tokens.
    private static let recordReach = 7

    /// A superlative of all that was published: "the best results to date", "the lowest error reported so far".
    func record(at index: Int) -> Range<Int>? {
        guard isSuperlative(index) else { return nil }
        for next in tokens.clamped(to: (index + 1)..<(index + Self.recordReach)) {
            let word = document.tokens[next]
            if word.has(.recordWord) { return index..<(next + max(1, Int(word.phraseLength))) }
            if word.kind == .mark && !word.isMark("-") || word.has(.sotaBeatVerb) { return nil }
        }
        return nil
    }

    /// A record of which nothing is said but that it is one: "…, the best result to date", "this is the lowest so far".
    ///
    /// Without a verb a system is only named: "The best models to date fail".
    func standing(_ target: Range<Int>) -> SOTAStatement? {
        guard isSuperlative(target.lowerBound), document.tokens[target].contains(where: { $0.has(.recordWord) }) else {
            return nil
        }
        let before = tokens.clamped(to: (target.lowerBound - 6)..<target.lowerBound)
        let isSaid = before.contains { isBeing($0) || document.tokens[$0].isMark(",") || document.isWord($0, "as") }
        guard isSaid, target.lowerBound > tokens.lowerBound + 1, isOwn(verb: target.lowerBound) else { return nil }
        return made(.sets, target: target, from: target.lowerBound, rule: "sota.record", confidence: 0.75)
    }

    // MARK: As good as the best

    /// "comparable to the best systems", "close to the best on X"; but not "matches the best baseline".
    func par(at index: Int) -> Range<Int>? {
        guard document.isWord(index, "best"),
            let verb = tokens.clamped(to: (index - 6)..<index).last(where: { document.tokens[$0].has(.parWord) }),
            isOwn(verb: verb)
        else { return parToo(at: index) }
        let isOther = tokens.clamped(to: verb..<(index + 5)).contains {
            document.isWord($0, "baseline") || document.isWord($0, "baselines") || document.isWord($0, "against")
        }
        return isOther ? nil : index..<(index + 1)
    }

    /// What goes on behind a statement: "…, and is competitive with it on X", "…, being comparable on X".
    private func parToo(at index: Int) -> Range<Int>? {
        guard !statements.isEmpty,
            document.isWord(index, "competitive") || document.isWord(index, "comparable")
                || document.isWord(index, "par")
        else { return nil }
        let behind = tokens.clamped(to: (index + 1)..<(index + 4))
        guard let on = behind.first(where: { document.isWord($0, "on") || document.isWord($0, "in") }) else {
            return nil
        }
        let isNamed = names.benchmarkPlaces(in: on..<min(tokens.upperBound, on + 4)).first != nil
        return isNamed ? index..<on : nil
    }

    // MARK: The passive

    /// How far behind a target the words stand that say what is done with it, in tokens.
    private static let passiveReach = 8

    /// "Existing parsers are outperformed", "State-of-the-art accuracy is obtained on X".
    func passive(_ target: Range<Int>, isStateOfTheArt: Bool) -> SOTAStatement? {
        let before = tokens.clamped(to: (target.lowerBound - 3)..<target.lowerBound)
        let isObject = before.contains {
            let token = document.tokens[$0]
            return token.has(.sotaBeatVerb) || token.has(.sotaReachVerb) || token.has(.parWord)
                || token.has(.compareWord) || document.isWord($0, "to") || document.isWord($0, "with")
        }
        guard !isObject else { return nil }
        for index in tokens.clamped(to: target.upperBound..<(target.upperBound + Self.passiveReach)) {
            let token = document.tokens[index]
            if token.isMark(",") || document.isWord(index, "that") { return nil }
            guard isBeing(index) else { continue }
            for participle in tokens.clamped(to: (index + 1)..<(index + 4)) {
                let done = document.tokens[participle]
                guard document.text.bytes[done.range].last == UInt8(ascii: "d") || document.isWord(participle, "met")
                else { continue }
                if done.has(.sotaBeatVerb) {
                    return made(.sets, target: target, from: participle, rule: "sota.beaten", confidence: 0.75)
                }
                if done.has(.parWord) {
                    return made(.matches, target: target, from: participle, rule: "sota.matched", confidence: 0.7)
                }
                if isStateOfTheArt, done.has(.sotaReachVerb) {
                    return made(.sets, target: target, from: participle, rule: "sota.reached", confidence: 0.75)
                }
            }
            return nil
        }
        return nil
    }

    // MARK: Small words

    /// A form of "to be".
    func isBeing(_ index: Int) -> Bool {
        let words: [StaticString] = ["is", "are", "was", "were", "be", "being"]
        return words.contains { document.isWord(index, $0) }
    }

    /// Whether a word is said not to hold: "does not surpass".
    func isDenied(_ index: Int) -> Bool {
        tokens.clamped(to: (index - 2)..<index).contains {
            (document.isWord($0, "not") || document.isWord($0, "no") || document.isWord($0, "nor"))
                && !document.isWord($0 + 1, "only")
        }
    }

    /// "Although networks reach the state of the art, …": what is conceded is background.
    func isConceded(_ target: Range<Int>) -> Bool {
        guard document.isWord(tokens.lowerBound, "although") || document.isWord(tokens.lowerBound, "though") else {
            return false
        }
        let before = tokens.lowerBound..<target.lowerBound
        return !before.contains { document.tokens[$0].isMark(",") } && !speaksOfOwn(before: target.lowerBound)
    }

    /// "SOTA or near-SOTA".
    func isNearToo(behind target: Range<Int>) -> Bool {
        guard target.upperBound + 1 < tokens.upperBound, document.isWord(target.upperBound, "or") else { return false }
        let next = document.tokens[target.upperBound + 1]
        return next.classes.contains(.nearWord)
    }

    /// Whether only small words stand between "is" and the state of the art.
    func isArticle(_ words: Range<Int>) -> Bool {
        let small: [StaticString] = ["a", "an", "the", "new", "now", "also", "thus"]
        return words.allSatisfy { index in small.contains { document.isWord(index, $0) } }
    }

    /// Whether the sentence speaks of the paper's own work before a token: "we", "this", its system by name.
    func speaksOfOwn(before index: Int) -> Bool {
        let before = tokens.lowerBound..<index
        return before.contains {
            document.tokens[$0].has(.sotaOwnWord) || document.isWord($0, "these")
                || document.isOwnSystem($0, in: tokens)
        } || names.systemPlaces(in: before).contains { names.systems[$0.thing].isOwn }
    }
}

extension Document {
    /// Whether "the method", "the system" stand at a token: where a paper speaks of no other, its own.
    func isOwnSystem(_ index: Int, in sentence: Range<Int>) -> Bool {
        guard isWord(index, "the"), index + 1 < sentence.upperBound else { return false }
        let words: [StaticString] = ["method", "approach", "system", "model", "framework", "algorithm", "technique"]
        return words.contains { isWord(index + 1, $0) }
    }
}
