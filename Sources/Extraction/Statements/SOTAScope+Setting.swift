/// What a sentence gives the statements of the next ones, and what it points at itself.
extension SOTAScope {
    /// The benchmarks that the sentence names, each once.
    var named: [String] {
        var found: [String] = []
        for place in names.benchmarkPlaces(in: sentence) {
            let name = names.benchmarks[place.thing].name
            if !found.contains(name) { found.append(name) }
        }
        return found
    }

    /// The benchmarks that the next sentence goes on about, as "It outperforms …" does behind "We test X on Y".
    ///
    /// Those of a sentence that makes no statement and gives no result itself; several, where it says that the work is
    /// tested on them.
    var stage: [String] {
        guard statements.isEmpty,
            !sentence.contains(where: {
                document.tokens[$0].isMark("%") || document.tokens[$0].shape.contains(.hasPoint)
            })
        else { return [] }
        let found = named
        return found.count > 1 && !isTest ? [] : found
    }

    /// "We evaluate … on", "Experiments are conducted on".
    private var isTest: Bool {
        let words: [StaticString] = [
            "evaluate", "evaluated", "experiments", "test", "tested", "validate", "validated", "evaluations",
            "conducted",
            "evaluation",
        ]
        return sentence.contains { index in words.contains { document.isWord(index, $0) } }
    }

    /// Whether a statement is one of the sentence before: "This is the state of the art", "These results exceed …".
    func speaksOfSentenceBefore(_ index: Int) -> Bool {
        // "To our knowledge, these are …"
        let comma = sentence.prefix(10).first { document.tokens[$0].isMark(",") }
        let opening = comma.map { $0 + 1 } ?? sentence.lowerBound
        let isLate = opening < sentence.upperBound && document.isWord(opening, "these")
        let first = isLate ? opening : sentence.lowerBound
        guard document.isWord(first, "this") || document.isWord(first, "these"), index == 0 else { return false }
        let between = (first + 1)..<max(first + 1, statements[index].verb)
        return between.count < 4
            && between.allSatisfy {
                let token = document.tokens[$0]
                return token.classes.contains(.auxiliary) || token.classes.contains(.beVerb)
                    || token.classes.contains(.adverb) || token.classes.contains(.function)
                    || document.isWord($0, "results")
                    || document.text.bytes[token.range].suffix(2).elementsEqual("ly".utf8)
            }
    }

    // MARK: Sets that are pointed at

    /// The set of benchmarks that a statement points at: "on both datasets", "on the latter".
    func pointedSet(of index: Int) -> PointedSet? { pointedSet(in: part(of: index)) }

    /// The set of benchmarks that is pointed at within some tokens.
    func pointedSet(in tokens: Range<Int>) -> PointedSet? {
        for index in tokens {
            if document.isWord(index, "latter"), index > sentence.lowerBound, document.isWord(index - 1, "the") {
                return .latter
            }
            if document.isWord(index, "both"), endsPointing(index + 1) { return .count(2) }
            guard isPointing(index), index + 1 < sentence.upperBound else { continue }
            // "three of the four" does not say which.
            if index > sentence.lowerBound + 1, document.isWord(index - 1, "of"), count(at: index - 2) != nil {
                continue
            }
            if let count = count(at: index + 1), endsPointing(index + 2) { return .count(count) }
            if document.isWord(index, "all"), isSetNoun(index + 1) { return .all }
        }
        return nil
    }

    private func isPointing(_ index: Int) -> Bool {
        let words: [StaticString] = ["the", "these", "all", "other"]
        return words.contains { document.isWord(index, $0) }
    }

    private func count(at index: Int) -> Int? {
        let words: [StaticString] = ["two", "three", "four", "five", "six", "seven"]
        return words.firstIndex { document.isWord(index, $0) }.map { $0 + 2 }
    }

    /// Whether a noun for benchmarks stands at a token or a word behind it, or the phrase ends there.
    private func endsPointing(_ index: Int) -> Bool {
        guard index < sentence.upperBound, document.tokens[index].kind != .mark else { return true }
        return isSetNoun(index) || index + 1 < sentence.upperBound && isSetNoun(index + 1)
            || document.isWord(index, "cases")
    }

    private func isSetNoun(_ index: Int) -> Bool {
        let words: [StaticString] = ["datasets", "benchmarks", "corpora", "tasks", "games", "suites", "environments"]
        return words.contains { document.isWord(index, $0) }
    }
}
