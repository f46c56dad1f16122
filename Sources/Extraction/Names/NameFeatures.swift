/// Collects what speaks for and against a name at one of its places.
///
/// Every look-around is bounded, so that the cost of a place is.
struct NameFeatures {
    let document: Document
    let spans: [NameSpan]
    let gazetteer: Gazetteer
    let lexicon: Lexicon
    let words: NameWords

    init(document: Document, spans: [NameSpan], words: NameWords, gazetteer: Gazetteer, lexicon: Lexicon) {
        self.document = document
        self.spans = spans
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.words = words
    }

    /// Adds the features of a span.
    func add(_ index: Int, to features: inout NameFeatureSet, _ verdict: inout NameVerdict) {
        let span = spans[index]
        let kind = NameKind(span, document: document, gazetteer: gazetteer)
        addName(span, kind, to: &features)
        verdict.kind = kind
        if span.isKnownOther { verdict.isKnownOther = true }
        if span.isInTitle {
            addTitle(span, kind, to: &features, &verdict)
            return
        }
        let sentence = document.sentences[document.sentence(of: span.tokens.lowerBound)]
        let list =
            outerRange(of: spans[span.list.lowerBound])
            .lowerBound..<outerRange(of: spans[span.list.upperBound - 1]).upperBound
        addNeighbours(span, kind, list: list, sentence: sentence, to: &features, &verdict)
        addNouns(span, kind, list: list, sentence: sentence, to: &features, &verdict)
        addCues(kind, list: list, sentence: sentence, to: &features, &verdict)
        addList(index, kind, to: &features, &verdict)
        addFullName(span, to: &features, &verdict)
        addPlace(span, sentence: sentence, to: &features)
    }

    /// Adds what is said of a thing as a whole.
    ///
    /// - Parameters:
    ///   - verdict: what its places say outright.
    ///   - places: how many there are.
    ///   - subject: what the title is about (``subject``).
    ///   - features: where they go.
    func addWhole(
        _ verdict: NameVerdict,
        places: Int,
        subject: StaticString,
        to features: inout NameFeatureSet
    ) {
        add(.bias, .none, to: &features)
        add(.places, .digit(min(places, 4)), to: &features)
        add(.verdict, .text(verdict.name), to: &features)
        add(.verdict, .text(verdict.name), .text(verdict.isPresented ? "presented" : "there"), to: &features)
        for (means, name) in NameVerdict.Means.named {
            if verdict.benchmark.contains(means) { add(.says, .text(name), .text("<benchmark>"), to: &features) }
            if verdict.task.contains(means) { add(.says, .text(name), .text("<task>"), to: &features) }
            if verdict.system.contains(means) { add(.says, .text(name), .text("<system>"), to: &features) }
        }
        let kind = verdict.isKnownOther ? "other" : verdict.kind.name
        if verdict.isMeasuredOn { add(.certain, .text("measured"), .text(kind), to: &features) }
        if verdict.isDefinite { add(.certain, .text("definite"), .text(kind), to: &features) }
        if verdict.isSized { add(.certain, .text("sized"), .text(kind), to: &features) }
        if verdict.isListed { add(.certain, .text("listed"), .text(kind), to: &features) }
        if verdict.isOwn { add(.certain, .text("own"), .text(kind), to: &features) }
        if verdict.isCertain { add(.certain, .text("yes"), to: &features) }
        add(.verdictSubject, .text(verdict.name), .text(subject), to: &features)
    }

    /// What a title is about: the first noun behind its colon, or in it.
    var subject: StaticString {
        let colon = document.tokens.firstIndex { $0.isMark(":") } ?? -1
        let nouns = document.tokens.indices.prefix(40).filter { $0 > colon && isPlainNoun($0) }
        guard let noun = nouns.first else { return "<none>" }
        return nounClass(head(from: noun, document.tokens.indices))
    }

    /// Adds a feature.
    func add(
        _ template: NameFeatureTemplate,
        _ first: NameFeatureValue,
        _ second: NameFeatureValue = .none,
        _ third: NameFeatureValue = .none,
        to features: inout NameFeatureSet
    ) {
        features.insert(template, first, second, third, in: document.text.bytes)
    }

    /// A name together with its long form and the bracket of one of them.
    private func outerRange(of span: NameSpan) -> Range<Int> {
        guard let name = span.fullName else { return span.tokens }
        let lower = min(name.lowerBound, span.tokens.lowerBound)
        var upper = max(name.upperBound, span.tokens.upperBound)
        let limit = min(document.tokens.count, upper + 4)
        if let close = (upper..<limit).first(where: { document.tokens[$0].isMark(")") }) { upper = close + 1 }
        return lower..<upper
    }

    // MARK: The name itself

    private func addName(_ span: NameSpan, _ kind: NameKind, to features: inout NameFeatureSet) {
        add(.kind, .text(kind.name), to: &features)
        add(.tokenCount, .digit(min(span.tokens.count, 4)), to: &features)
        let first = document.tokens[span.tokens.lowerBound]
        let last = document.tokens[span.tokens.upperBound - 1]
        let bytes = document.text.bytes
        if span.gazetteer == nil {
            add(.shape, .shape(first.range.clamped(to: 0..<(first.range.lowerBound + 16)), in: bytes), to: &features)
            add(.ending, .bytes(last.range.suffix(4), in: bytes), to: &features)
            add(.ending, .bytes(last.range.suffix(3), in: bytes), to: &features)
        }
        addKnown(.known, "first", first.classes, to: &features)
        if span.tokens.count > 1 { addKnown(.known, "last", last.classes, to: &features) }
        addKnown(.family, "", NameTraits.familyClasses(of: first, document, lexicon), to: &features)
        if last.shape.contains(.hasHyphen), let hyphen = bytes[last.range].lastIndex(of: UInt8(ascii: "-")) {
            add(.hyphenTail, .bytes((hyphen + 1)..<last.range.upperBound, in: bytes), to: &features)
        }
    }

    /// The classes that say what a word is the name of.
    private static let naming: [(WordClass, StaticString)] = [
        (.modelName, "model"), (.metricName, "metric"), (.generalTerm, "term"), (.organisation, "organisation"),
        (.languageName, "language"), (.benchmarkNoun, "benchmark"), (.systemNoun, "system"), (.month, "month"),
    ]

    /// Adds what a word is known as the name of.
    func addKnown(
        _ template: NameFeatureTemplate,
        _ place: StaticString,
        _ classes: WordClasses,
        to features: inout NameFeatureSet
    ) {
        guard !classes.isEmpty else { return }
        for (wordClass, name) in Self.naming where classes.contains(wordClass) {
            add(template, place.utf8CodeUnitCount == 0 ? .none : .text(place), .text(name), to: &features)
        }
    }

    // MARK: Around it

    private func addNeighbours(
        _ span: NameSpan,
        _ kind: NameKind,
        list: Range<Int>,
        sentence: Range<Int>,
        to features: inout NameFeatureSet,
        _ verdict: inout NameVerdict
    ) {
        let (start, end) = (list.lowerBound, list.upperBound)
        add(.before, word(start - 1, sentence), to: &features)
        add(.after, word(end, sentence), to: &features)
        add(.frameNext, .text(kind.name), frame(end, sentence), to: &features)
        add(.framePrevious, .text(kind.name), frame(start - 1, sentence), to: &features)
        add(.frameBeforeTwo, .text(kind.name), frame(start - 2, sentence), frame(start - 1, sentence), to: &features)
        if span.tokens.lowerBound > start {
            add(.ownBefore, word(span.tokens.lowerBound - 1, sentence), to: &features)
        }
        if span.tokens.upperBound < end {
            add(.ownAfter, word(span.tokens.upperBound, sentence), to: &features)
        }
        if isMark("(", span.tokens.lowerBound - 1, sentence) { add(.bracket, .text("in"), to: &features) }
        if isMark("(", span.tokens.upperBound, sentence) { add(.bracket, .text("behind"), to: &features) }
        addNumbers(span, start: start, sentence: sentence, to: &features, &verdict)
    }

    /// Whether a token of a sentence is a given mark.
    func isMark(_ mark: Unicode.Scalar, _ index: Int, _ sentence: Range<Int>) -> Bool {
        sentence.contains(index) && document.tokens[index].isMark(mark)
    }

    /// A token as a value: its word, mark or kind.
    func word(_ index: Int, _ sentence: Range<Int>) -> NameFeatureValue {
        guard sentence.contains(index) else { return outside(index, sentence) }
        let token = document.tokens[index]
        return NameFeatureValue(
            hash: words.words[index],
            text: NameWords.wordName(token).map { .text($0) } ?? .bytes(token.range)
        )
    }

    /// A token as a coarse value: small words and marks as they are, others by what they speak of.
    func frame(_ index: Int, _ sentence: Range<Int>) -> NameFeatureValue {
        guard sentence.contains(index) else { return outside(index, sentence) }
        let token = document.tokens[index]
        let name = NameWords.frameName(token) ?? NameWords.wordName(token)
        return NameFeatureValue(hash: words.frames[index], text: name.map { .text($0) } ?? .bytes(token.range))
    }

    private func outside(_ index: Int, _ sentence: Range<Int>) -> NameFeatureValue {
        .text(index < sentence.lowerBound ? "<s>" : "</s>")
    }
}
