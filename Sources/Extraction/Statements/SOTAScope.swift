import Claims

/// Tells of whom and of which benchmarks the statements of one sentence are made.
struct SOTAScope {
    let document: Document
    /// The sentence's tokens.
    let sentence: Range<Int>
    let names: NamedThings
    /// The sentence's statements, in order.
    let statements: [SOTAStatement]

    /// The system that a statement is about: the one named last before its target in its clause, else the paper's own.
    func subject(of statement: SOTAStatement) -> String? {
        let named = names.systemPlaces.last {
            $0.tokens.lowerBound >= statement.clause.lowerBound && $0.tokens.upperBound <= statement.target.lowerBound
        }
        let own = names.systems.first { $0.isOwn }
        if let named, names.systems[named.thing].isOwn || own == nil { return names.systems[named.thing].name }
        return own?.name
    }

    /// Whether the paper's own work is spoken of before a verb: "we", "our", or its system by name.
    ///
    /// In "we find that X is best", what stands behind "that" has to be its own.
    func speaksOfOwn(at verb: Int) -> Bool {
        let before = sentence.clamped(to: 0..<max(verb, sentence.lowerBound))
        let that = before.dropFirst().last { document.isWord($0, "that") && isFinding($0 - 1) } ?? sentence.lowerBound
        let part = that == sentence.lowerBound ? sentence : sentence.clamped(to: that..<document.tokens.count)
        return part.contains { document.tokens[$0].classes.contains(.sotaOwnWord) }
            || names.systemPlaces.contains { part.contains($0.tokens.lowerBound) && names.systems[$0.thing].isOwn }
    }

    private func isFinding(_ index: Int) -> Bool {
        let words: [StaticString] = ["find", "found", "showing", "observe", "observed", "reveal", "reveals"]
        return words.contains { document.isWord(index, $0) }
    }

    /// Whether a statement says itself where it holds: "outperforms existing methods on two tasks".
    func isPlaced(_ index: Int) -> Bool {
        let end = statements[index].target.upperBound
        return sentence.clamped(to: end..<(end + 3)).contains {
            document.isWord($0, "on") || document.isWord($0, "in") || document.isWord($0, "across")
                || document.isWord($0, "for")
        }
    }

    /// The benchmark that the next sentence goes on about, as "It outperforms …" does behind "We test X on Y".
    ///
    /// The only one of the sentence, where it makes no statement and gives no result itself.
    var setting: String? {
        guard statements.isEmpty, !sentence.contains(where: { document.tokens[$0].isMark("%") }) else { return nil }
        var found: Int?
        for place in names.benchmarkPlaces where sentence.contains(place.tokens.lowerBound) {
            guard found == nil || found == place.thing else { return nil }
            found = place.thing
        }
        return found.map { names.benchmarks[$0].name }
    }

    /// Whether the sentence turns to something else: "Furthermore, …".
    var opensAnew: Bool {
        let openers: [StaticString] = ["furthermore", "moreover", "additionally", "similarly", "finally", "also"]
        return openers.contains { document.isWord(sentence.lowerBound, $0) }
    }

    /// The benchmarks that a statement is about: those named in its part of the sentence.
    func benchmarks(of index: Int) -> [String] {
        let part = part(of: index)
        var found: [String] = []
        for place in names.benchmarkPlaces where part.contains(place.tokens.lowerBound) {
            let name = names.benchmarks[place.thing].name
            if !found.contains(name) { found.append(name) }
        }
        return found
    }

    /// The part of the sentence that is a statement's own: from where its clause parts from the last one's.
    private func part(of index: Int) -> Range<Int> {
        let start = index == 0 ? sentence.lowerBound : boundary(before: index)
        let end = index + 1 < statements.count ? boundary(before: index + 1) : end(behind: statements[index].target)
        return start..<max(start, end)
    }

    /// Where a statement's clause starts: at the last comma, "and" or "while" between the target before and its verb.
    private func boundary(before index: Int) -> Int {
        let first = statements[index - 1].target.upperBound
        let last = max(first, statements[index].verb)
        return (first..<last).last { document.tokens[$0].isMark(",") || isJoint($0) } ?? first
    }

    private func isJoint(_ index: Int) -> Bool {
        document.isWord(index, "and") || document.isWord(index, "while") || document.isWord(index, "but")
    }

    /// Where the words behind a target leave it: ", while …", ", along with …".
    private func end(behind target: Range<Int>) -> Int {
        for index in target.upperBound..<max(target.upperBound, sentence.upperBound - 1)
        where document.tokens[index].isMark(",") && document.tokens[index + 1].classes.contains(.leavingWord) {
            return index
        }
        return sentence.upperBound
    }
}
