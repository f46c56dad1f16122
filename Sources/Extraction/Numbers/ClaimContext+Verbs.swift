extension ClaimContext {
    /// Whether a verb that a result hangs on stands here: no part of a name, and no noun that looks like a verb.
    func isResultVerb(at index: Int, in sentence: Range<Int>) -> Bool {
        document.tokens[index].isResultVerb && roles[index] == .none && !isNoun(at: index, in: sentence)
    }

    /// `the test set`, `in this setting`, `a record`: a word that is a verb as often, behind what only nouns follow.
    private func isNoun(at index: Int, in sentence: Range<Int>) -> Bool {
        guard document.tokens[index].has(.verbOrNoun), index > sentence.lowerBound else { return false }
        let before = document.tokens[index - 1]
        guard before.kind == .word, roles[index - 1] == .none else { return false }
        return before.has(.articleWord) || before.has(.metricQualifier)
            || before.has(.context) && !before.has(.adverb)
                && !before.has(.auxiliary) && !before.has(.systemWord) && !before.has(.reportWord)
    }
}
