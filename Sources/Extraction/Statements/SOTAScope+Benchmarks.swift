/// Which of its sentence's benchmarks a statement is about.
extension SOTAScope {
    /// The benchmarks that a statement is about, of those named in its part of the sentence.
    ///
    /// Those behind its verb, up to where something else is said; and those in front, unless they belong to a clause of
    /// their own: "retains 93% on A, and outperforms existing methods on B".
    func benchmarks(of index: Int) -> [String] {
        let statement = statements[index]
        let part = part(of: index)
        let start = min(max(part.lowerBound, statement.verb), part.upperBound)
        let front = front(in: part.lowerBound..<start)
        let near = listed(
            names.benchmarkPlaces(in: start..<part.upperBound),
            behind: statement.target.upperBound,
            hasFront: !front.isEmpty
        )
        let isBehind = near.contains { $0.tokens.lowerBound >= statement.target.upperBound }
        let isApart = front.last.map { self.isApart($0.tokens.upperBound..<start) } ?? false
        var places = front + near
        if isApart, isBehind { places = near }
        if places.contains(where: { !isTrainedOn($0) }) { places.removeAll { isTrainedOn($0) } }
        if places.isEmpty, index > 0, !isApart { places = opening }
        var found: [String] = []
        for place in places {
            let name = names.benchmarks[place.thing].name
            if !found.contains(name) { found.append(name) }
        }
        return found
    }

    /// The places in front of a verb, from where its clause starts.
    private func front(in part: Range<Int>) -> [NamedThings.Place] {
        var part = part
        if let semicolon = part.last(where: { document.tokens[$0].isMark(";") }),
            !names.benchmarkPlaces(in: semicolon..<part.upperBound).isEmpty
        {
            part = semicolon..<part.upperBound
        }
        let places = names.benchmarkPlaces(in: part)
        // "reaches 80% on A and on B we outperform …"
        let own = places.last { opensClause($0) && hasPredicate(part.lowerBound..<$0.tokens.lowerBound) }
        guard let own else { return Array(places) }
        return places.filter { $0.tokens.lowerBound >= own.tokens.lowerBound }
    }

    /// The places that open the sentence for all its statements: "On A and B, ours outperforms … and is on par with …".
    private var opening: [NamedThings.Place] {
        guard let first = statements.first,
            listed(names.benchmarkPlaces(in: part(of: 0)), behind: first.target.upperBound, hasFront: false)
                .allSatisfy({ $0.tokens.upperBound <= first.verb })
        else { return [] }
        return Array(names.benchmarkPlaces(in: sentence.lowerBound..<max(sentence.lowerBound, first.verb)))
    }

    /// The places behind a target that belong to it: up to where another predicate starts.
    private func listed(
        _ places: ArraySlice<NamedThings.Place>,
        behind target: Int,
        hasFront: Bool
    ) -> [NamedThings.Place] {
        var kept: [NamedThings.Place] = []
        var cursor = target
        for place in places {
            if place.tokens.lowerBound >= target {
                let gap = cursor..<max(cursor, place.tokens.lowerBound)
                let isPlaced = !kept.isEmpty || hasFront || pointedSet(in: gap) != nil
                if isPlaced, leaves(gap) || opensClause(place) { break }
                if hasFront, kept.isEmpty, opensPhrase(place) { break }
                cursor = place.tokens.upperBound
            }
            kept.append(place)
        }
        return kept
    }

    /// Whether another predicate starts within some tokens: "…, and is competitive", "…; it".
    private func leaves(_ gap: Range<Int>) -> Bool {
        var depth = 0
        for index in gap {
            let token = document.tokens[index]
            if token.isMark("(") { depth += 1 }
            if token.isMark(")") { depth = max(0, depth - 1) }
            guard depth == 0 else { continue }
            if token.isMark(";") || isPronoun(index) { return true }
            if isJoint(index) || token.isMark(","), opensPredicate(index + 1) { return true }
        }
        return false
    }

    /// Whether a finite verb, or a word of comparison, stands at a token or behind an adverb there.
    private func opensPredicate(_ index: Int) -> Bool {
        for next in sentence.clamped(to: index..<(index + 3)) {
            let token = document.tokens[next]
            if isJoint(next) || token.classes.contains(.adverb) { continue }
            if token.has(.parWord) { return true }
            let isParticiple = document.text.bytes[token.range].suffix(3).elementsEqual("ing".utf8)
            let isVerb =
                token.classes.contains(.levelVerb) || token.classes.contains(.auxiliary)
                || token.classes.contains(.beVerb) || token.classes.contains(.winVerb)
                || token.classes.contains(.raiseVerb) || token.classes.contains(.cutVerb)
            return isVerb && !isParticiple
        }
        return false
    }

    private func isPronoun(_ index: Int) -> Bool {
        document.isWord(index, "it") || document.isWord(index, "we")
    }

    /// Whether a place opens a clause of its own: "and on X it matches …", "and on X its results …".
    private func opensClause(_ place: NamedThings.Place) -> Bool {
        let opening = sentence.clamped(to: (place.tokens.lowerBound - 5)..<place.tokens.lowerBound)
        guard opening.contains(where: { isJoint($0) || document.tokens[$0].isMark(";") }) else { return false }
        var start = place.tokens.upperBound
        if start < sentence.upperBound, document.tokens[start].isMark("(") {
            start = sentence.clamped(to: start..<(start + 16)).first { document.tokens[$0].isMark(")") } ?? start
        }
        for index in sentence.clamped(to: start..<(start + 4)) {
            if isPronoun(index) || document.isWord(index, "its") || document.isWord(index, "our") { return true }
            if document.tokens[index].isMark(",") { return false }
        }
        return false
    }

    /// Whether a place stands in a phrase coordinated with what opens the sentence: "On A …, and on B 99%".
    private func opensPhrase(_ place: NamedThings.Place) -> Bool {
        let before = sentence.clamped(to: (place.tokens.lowerBound - 4)..<place.tokens.lowerBound)
        guard let joint = before.last(where: isJoint) else { return false }
        return document.isWord(joint + 1, "on") || document.isWord(joint + 1, "for")
    }

    /// Whether a verb stands within some tokens.
    private func hasPredicate(_ tokens: Range<Int>) -> Bool {
        tokens.contains {
            let classes = document.tokens[$0].classes
            return classes.contains(.levelVerb) || classes.contains(.winVerb) || classes.contains(.raiseVerb)
                || classes.contains(.cutVerb)
        }
    }

    /// Whether the names in front of a verb belong to another clause, coordinated with the verb's: "…, and outperforms".
    ///
    /// The gap is what stands between the last name and the verb.
    private func isApart(_ gap: Range<Int>) -> Bool {
        guard let joint = gap.last(where: { isJoint($0) }) else { return false }
        let rest = (joint + 1)..<gap.upperBound
        return rest.count < 7
            && !rest.contains {
                document.tokens[$0].isMark(",") || document.isWord($0, "that")
                    || document.tokens[$0].classes.contains(.showVerb)
            }
    }

    /// Whether a place names what was trained on: "pretrained on 60,000 hours of X".
    private func isTrainedOn(_ place: NamedThings.Place) -> Bool {
        let before = sentence.clamped(to: (place.tokens.lowerBound - 9)..<place.tokens.lowerBound)
        guard let verb = before.last(where: { isTraining($0) }) else { return false }
        return !before.clamped(to: verb..<place.tokens.lowerBound).contains {
            document.tokens[$0].isMark(",") || document.tokens[$0].has(.stateOfTheArt)
                || document.tokens[$0].has(.methodNoun)
        }
    }

    private func isTraining(_ index: Int) -> Bool {
        let words: [StaticString] = [
            "trained", "pretrained", "pre-trained", "pretraining", "pre-training", "fine-tuned", "finetuned",
            "fine-tuning", "finetuning",
        ]
        return words.contains { document.isWord(index, $0) }
    }
}
