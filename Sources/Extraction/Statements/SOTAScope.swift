import Claims

/// Tells of whom and of which benchmarks the statements of one sentence are made.
struct SOTAScope {
    let document: Document
    /// The sentence's tokens.
    let sentence: Range<Int>
    let names: NamedThings
    /// The sentence's statements, in order, each said once.
    private(set) var statements: [SOTAStatement] = []
    /// Where each statement's part of the sentence starts: where its clause parts from the last one's.
    private var starts: [Int] = []

    /// Takes a sentence's statements as they were read.
    ///
    /// What says one again without a benchmark of its own is left out: "achieves state-of-the-art results on X,
    /// outperforming existing methods".
    init(document: Document, sentence: Range<Int>, names: NamedThings, read: [SOTAStatement]) {
        self.document = document
        self.sentence = sentence
        self.names = names
        var start = sentence.lowerBound
        for (index, statement) in read.enumerated() {
            let end = index + 1 < read.count ? boundary(from: statement, to: read[index + 1]) : sentence.upperBound
            if let last = statements.last, last.strength == statement.strength,
                names.benchmarkPlaces(in: start..<max(start, end)).isEmpty
            {
                statements[statements.count - 1].clause = last.clause.lowerBound..<statement.clause.upperBound
            } else {
                statements.append(statement)
                starts.append(start)
            }
            start = end
        }
    }

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
        return part.contains { document.tokens[$0].has(.sotaOwnWord) || document.isOwnSystem($0, in: sentence) }
            || names.systemPlaces(in: part).contains { names.systems[$0.thing].isOwn }
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

    /// Whether a statement that names no benchmark is still another than one made before: "For parsing, …", "… in parsing".
    func isOfItsOwn(_ index: Int) -> Bool { opensAnew || isPlaced(index) }

    /// Whether the sentence turns to something else: "Furthermore, …".
    var opensAnew: Bool {
        let openers: [StaticString] = [
            "furthermore", "moreover", "additionally", "similarly", "finally", "also", "for", "at",
        ]
        return openers.contains { document.isWord(sentence.lowerBound, $0) }
    }

    /// The part of the sentence that is a statement's own.
    func part(of index: Int) -> Range<Int> {
        let end = index + 1 < starts.count ? starts[index + 1] : end(behind: statements[index].target)
        return starts[index]..<max(starts[index], end)
    }

    /// Where a statement's clause starts: at the last comma, "and" or "while" between the target before and its verb.
    private func boundary(from last: SOTAStatement, to next: SOTAStatement) -> Int {
        let first = last.target.upperBound
        let between = first..<max(first, next.verb)
        return between.last { document.tokens[$0].isMark(",") || document.tokens[$0].isMark(";") || isJoint($0) }
            ?? first
    }

    /// "and", "while", "but".
    func isJoint(_ index: Int) -> Bool {
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
