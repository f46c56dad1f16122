/// How a phrase and a number next to each other are tied: `80 % accuracy`, `accuracy (80 %`, `accuracy of 80 %`.
///
/// The larger the raw value, the closer the tie.
enum MetricTie: Int, Comparable {
    /// Apart, or with another clause between.
    case none
    /// A few other words between.
    case loose
    /// `improves accuracy by 3 %`, `accuracy from 80 %`, `3 % on accuracy`, `3 % better accuracy`.
    case change
    /// `accuracy is 80 %`, `accuracy reaches 80 %`, `3 % improvement in accuracy`.
    case verb
    /// `accuracy of 80 %`, `3 % in accuracy`.
    case joined
    /// `accuracy (80 %`, `accuracy: 80 %`, `80 % (accuracy`.
    case mark
    /// Nothing between.
    case beside

    static func < (left: MetricTie, right: MetricTie) -> Bool { left.rawValue < right.rawValue }
}

/// Finds how phrases are tied to the numbers on both sides of them, so that a number does not take the metric that plainly
/// belongs to its neighbour.
struct MetricTies {
    let context: ClaimContext
    let results: ResultList
    private let known = KnownWords.builtIn

    init(context: ClaimContext, results: ResultList) {
        self.context = context
        self.results = results
    }

    /// How a phrase is tied to one number and to its rival.
    struct Answer {
        /// To the number itself.
        var own = MetricTie.none
        /// To the nearest number of the same list on the number's side, where that is another one.
        var shared = MetricTie.none
        /// The closest tie to a number outside of the list.
        var rival = MetricTie.none
    }

    /// How many tokens may stand between a phrase and a number that are tied.
    private static let reach = 7
    /// How many other words may stand between where the tie is loose.
    private static let others = 3

    /// The ties of the phrase at `tokens` as seen from a result.
    func ties(of tokens: Range<Int>, to index: Int) -> Answer {
        var answer = Answer()
        let item = results.items[index]
        let own = context.quantities[item.quantity]
        let next = firstQuantity(from: tokens.upperBound)
        for (place, isBefore) in [(next - 1, false), (next, true)] where context.quantities.indices.contains(place) {
            let other = context.quantities[place]
            guard other.sentence == own.sentence else { continue }
            let gap =
                isBefore
                ? tokens.upperBound..<max(tokens.upperBound, other.start)
                : min(other.tokens.upperBound, tokens.lowerBound)..<tokens.lowerBound
            let tie = tie(across: gap, phraseIsFirst: isBefore)
            if place == item.quantity {
                answer.own = max(answer.own, tie)
            } else if isListed(place, with: item), (own.start > tokens.lowerBound) == isBefore {
                answer.shared = max(answer.shared, tie)
            } else {
                answer.rival = max(answer.rival, tie)
            }
        }
        return answer
    }

    /// Whether a quantity is one of the results that a result stands in a list with.
    private func isListed(_ quantity: Int, with item: ResultList.Item) -> Bool {
        guard let first = item.list.first, let last = item.list.last else { return false }
        return (results.items[first].quantity...results.items[last].quantity).contains(quantity)
    }

    /// The first quantity that ends behind a token.
    private func firstQuantity(from token: Int) -> Int {
        context.quantities.partitioningIndex { $0.tokens.upperBound > token }
    }

    /// The loosest of what the words between make of it.
    private func tie(across gap: Range<Int>, phraseIsFirst: Bool) -> MetricTie {
        guard gap.count <= Self.reach else { return .none }
        var tie = MetricTie.beside
        var others = 0
        for index in gap {
            let token = context.document.tokens[index]
            if isNeutral(token) { continue }
            if token.kind == .mark {
                guard let mark = self.tie(of: token, phraseIsFirst: phraseIsFirst) else { return .none }
                tie = min(tie, mark)
                continue
            }
            switch token.word {
            case known.of, known.at: tie = min(tie, .joined)
            case known.inside, known.terms: tie = min(tie, phraseIsFirst ? .loose : .joined)
            case known.isVerb, known.are: tie = min(tie, .verb)
            case known.by, known.to, known.from, known.on, known.forWord: tie = min(tie, .change)
            case known.and, known.or, known.but, known.whileWord, known.with, known.which: return .none
            default:
                if token.has(.changeNoun), !phraseIsFirst {
                    tie = min(tie, .verb)
                } else if token.has(.levelVerb), phraseIsFirst {
                    tie = min(tie, .verb)
                } else if token.has(.comparative) {
                    tie = min(tie, .change)
                } else {
                    others += 1
                    tie = .loose
                }
            }
        }
        return others > Self.others ? .none : tie
    }

    private func tie(of mark: Token, phraseIsFirst: Bool) -> MetricTie? {
        if mark.isMark("-") { return .beside }
        if mark.isMark("(") || mark.isMark("[") { return .mark }
        return phraseIsFirst && (mark.isMark(":") || mark.isMark("=") || mark.isMark("~")) ? .mark : nil
    }

    private func isNeutral(_ token: Token) -> Bool {
        token.word == known.the || token.word == known.a || token.word == known.an || token.has(.averageWord)
            || token.has(.relativeWord) || token.has(.absoluteWord) || token.has(.boundAbout) || token.has(.boundUp)
            || token.has(.adverb)
    }
}
