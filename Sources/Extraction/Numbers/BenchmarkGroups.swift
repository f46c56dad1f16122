/// The places where benchmarks are named, by sentence and by coordination (`A, B and C`).
struct BenchmarkGroups {
    /// For each sentence its places, as indices of ``NamedThings/benchmarkPlaces``.
    private(set) var ofSentence: [Range<Int>] = []
    /// The coordinated places, each place in one group, in order.
    private(set) var groups: [Range<Int>] = []
    /// For each place its group.
    private(set) var groupOfPlace: [Int] = []
    /// For each thing what is said of it at any of its places.
    private(set) var cuesOfThing: [Cues] = []
    /// For each thing how often it is named.
    private(set) var mentionsOfThing: [Int] = []

    /// What the words before a name say of it.
    struct Cues: OptionSet {
        let rawValue: UInt8
        /// `we introduce X`.
        static let introduced = Cues(rawValue: 1)
        /// `trained on X`.
        static let trained = Cues(rawValue: 2)
        /// `we evaluate on X`.
        static let evaluated = Cues(rawValue: 4)
    }

    /// Groups the places of a document, reusing memory.
    mutating func fill(_ document: Document, _ names: NamedThings) {
        ofSentence.removeAll(keepingCapacity: true)
        groups.removeAll(keepingCapacity: true)
        groupOfPlace.removeAll(keepingCapacity: true)
        cuesOfThing.removeAll(keepingCapacity: true)
        cuesOfThing.append(contentsOf: repeatElement([], count: names.benchmarks.count))
        mentionsOfThing.removeAll(keepingCapacity: true)
        mentionsOfThing.append(contentsOf: repeatElement(0, count: names.benchmarks.count))
        let places = names.benchmarkPlaces
        var place = 0
        for sentence in document.sentences {
            let start = place
            while place < places.count, places[place].tokens.lowerBound < sentence.upperBound { place += 1 }
            ofSentence.append(start..<place)
            group(start..<place, document, places)
            for place in places[start..<place] {
                mentionsOfThing[place.thing] += 1
                cuesOfThing[place.thing].formUnion(Self.cues(before: place.tokens.lowerBound, in: sentence, document))
            }
        }
    }

    /// How many tokens before a name the words are looked for that say what is done with it.
    private static let cueReach = 6

    /// What the words before a name say of it.
    static func cues(before start: Int, in sentence: Range<Int>, _ document: Document) -> Cues {
        var cues: Cues = []
        for token in document.tokens[max(sentence.lowerBound, start - cueReach)..<start] {
            if token.has(.introduceCue) { cues.insert(.introduced) }
            if token.has(.trainCue) { cues.insert(.trained) }
            if token.has(.evaluateCue) { cues.insert(.evaluated) }
        }
        return cues
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
                } else if token.isResultVerb && !token.has(.verbOrNoun) || token.has(.metric) || token.has(.versusWord)
                    || isPreposition(token)
                {
                    return false
                }
            }
        }
        return hasJoint
    }

    /// Whether one name leads over to the next, as where what is learned on one is measured on another: `X to Y`, `X -> Y`.
    func isTransfer(_ first: NamedThings.Place, _ second: NamedThings.Place, _ document: Document) -> Bool {
        let between = first.tokens.upperBound..<second.tokens.lowerBound
        guard !between.isEmpty, between.count <= 2 else { return false }
        if between.count == 1, document.tokens[between.lowerBound].word == KnownWords.builtIn.to { return true }
        let start = document.tokens[between.lowerBound].range.lowerBound
        let end = document.tokens[between.upperBound - 1].range.upperBound
        return document.text.bytes[start..<end].elementsEqual("->".utf8)
    }

    private func isPreposition(_ token: Token) -> Bool {
        let known = KnownWords.builtIn
        return token.word == known.on || token.word == known.inside || token.word == known.forWord
            || token.word == known.from
            || token.word == known.by || token.word == known.with || token.word == known.at || token.word == known.to
    }
}
