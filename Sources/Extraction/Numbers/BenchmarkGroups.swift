/// The places where benchmarks are named, by sentence and by coordination (`A, B and C`).
struct BenchmarkGroups {
    /// For each sentence its places, as indices of ``NamedThings/benchmarkPlaces``.
    private(set) var ofSentence: [Range<Int>] = []
    /// The coordinated places, each place in one group, in order.
    private(set) var groups: [Range<Int>] = []
    /// For each place its group.
    private(set) var groupOfPlace: [Int] = []

    /// Groups the places of a document, reusing memory.
    mutating func fill(_ document: Document, _ names: NamedThings) {
        ofSentence.removeAll(keepingCapacity: true)
        groups.removeAll(keepingCapacity: true)
        groupOfPlace.removeAll(keepingCapacity: true)
        let places = names.benchmarkPlaces
        var place = 0
        for sentence in document.sentences {
            let start = place
            while place < places.count, places[place].tokens.lowerBound < sentence.upperBound { place += 1 }
            ofSentence.append(start..<place)
            group(start..<place, document, places)
        }
    }

    private mutating func group(_ range: Range<Int>, _ document: Document, _ places: [NamedThings.Place]) {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound, isCoordinated(places[end - 1], places[end], document) { end += 1 }
            for _ in start..<end { groupOfPlace.append(groups.count) }
            groups.append(start..<end)
            start = end
        }
    }

    /// How many tokens part two coordinated names at most: "X dataset and the more challenging Y".
    private static let longestJoint = 6

    private func isCoordinated(_ first: NamedThings.Place, _ second: NamedThings.Place, _ document: Document) -> Bool {
        let between = first.tokens.upperBound..<second.tokens.lowerBound
        guard between.count <= Self.longestJoint, !between.isEmpty else { return between.isEmpty }
        var hasJoint = false
        for index in between {
            let token = document.tokens[index]
            switch token.kind {
            case .number, .url: return false
            case .mark:
                let isJoint = token.isMark(",") || token.isMark("/") || token.isMark("&") || token.isMark("+")
                let isOther = token.isMark("(") || token.isMark(")") || token.isMark("'")
                guard isJoint || isOther else { return false }
                hasJoint = hasJoint || isJoint
            case .word:
                if token.word == KnownWords.builtIn.and || token.word == KnownWords.builtIn.or {
                    hasJoint = true
                } else if token.isResultVerb || token.has(.metric) || token.has(.versusWord) || isPreposition(token) {
                    return false
                }
            }
        }
        return hasJoint
    }

    private func isPreposition(_ token: Token) -> Bool {
        let known = KnownWords.builtIn
        return token.word == known.on || token.word == known.inside || token.word == known.forWord
            || token.word == known.from
            || token.word == known.by || token.word == known.with || token.word == known.at || token.word == known.to
    }
}
