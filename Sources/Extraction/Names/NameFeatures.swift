/// Collects what speaks for and against a name at one of its places.
///
/// Every look-around is bounded, so that the cost of a place is.
struct NameFeatures {
    private let document: Document
    private let spans: [NameSpan]
    private let gazetteer: Gazetteer
    private let lexicon: Lexicon
    private let words: NameWords

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
        if span.isInTitle {
            addTitle(span, kind, to: &features, &verdict)
            return
        }
        let sentence = document.sentences[document.sentence(of: span.tokens.lowerBound)]
        let list =
            outerRange(of: spans[span.list.lowerBound])
            .lowerBound..<outerRange(of: spans[span.list.upperBound - 1]).upperBound
        addNeighbours(span, kind, list: list, sentence: sentence, to: &features)
        addNouns(span, kind, list: list, sentence: sentence, to: &features, &verdict)
        addCues(kind, list: list, sentence: sentence, to: &features, &verdict)
        addList(index, kind, to: &features)
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
            if verdict.system.contains(means) { add(.says, .text(name), .text("<system>"), to: &features) }
        }
        add(.verdictSubject, .text(verdict.name), .text(subject), to: &features)
    }

    /// What a title is about: the first noun behind its colon, or in it.
    var subject: StaticString {
        let colon = document.tokens.firstIndex { $0.isMark(":") } ?? -1
        let nouns = document.tokens.indices.prefix(40).filter { $0 > colon && isPlainNoun($0) }
        guard let noun = nouns.first else { return "<none>" }
        return nounClass(noun)
    }

    private func add(
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
        addFamily(first, to: &features)
        if last.shape.contains(.hasHyphen), let hyphen = bytes[last.range].lastIndex(of: UInt8(ascii: "-")) {
            add(.hyphenTail, .bytes((hyphen + 1)..<last.range.upperBound, in: bytes), to: &features)
        }
    }

    /// The classes that say what a word is the name of.
    private static let naming: [(WordClass, StaticString)] = [
        (.modelName, "model"), (.metricName, "metric"), (.generalTerm, "term"), (.organisation, "organisation"),
        (.languageName, "language"), (.benchmarkNoun, "benchmark"), (.systemNoun, "system"), (.month, "month"),
    ]

    private func addKnown(
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

    private func addFamily(_ token: Token, to features: inout NameFeatureSet) {
        let bytes = document.text.bytes
        var end = token.range.lowerBound
        var hash = Lexicon.hashStart
        while end < token.range.upperBound, ByteClass.isLetter(bytes[end]) {
            hash = Lexicon.hash(hash, adding: ByteClass.lowered(bytes[end]))
            end += 1
        }
        let letters = token.range.lowerBound..<end
        guard letters.count > 1, end < token.range.upperBound,
            let entry = lexicon.entry(hash: hash, bytes: bytes, range: letters)
        else { return }
        addKnown(.family, "", entry.classes, to: &features)
    }

    // MARK: Around it

    private func addNeighbours(
        _ span: NameSpan,
        _ kind: NameKind,
        list: Range<Int>,
        sentence: Range<Int>,
        to features: inout NameFeatureSet
    ) {
        let (start, end) = (list.lowerBound, list.upperBound)
        add(.before, word(start - 1, sentence), to: &features)
        add(.beforeTwo, word(start - 2, sentence), word(start - 1, sentence), to: &features)
        add(.after, word(end, sentence), to: &features)
        add(.afterTwo, word(end, sentence), word(end + 1, sentence), to: &features)
        add(.kindBefore, .text(kind.name), word(start - 1, sentence), to: &features)
        add(.kindAfter, .text(kind.name), word(end, sentence), to: &features)
        add(
            .frameBefore,
            frame(start - 3, sentence),
            frame(start - 2, sentence),
            frame(start - 1, sentence),
            to: &features
        )
        add(.frameAfter, frame(end, sentence), frame(end + 1, sentence), frame(end + 2, sentence), to: &features)
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
        let near = sentence.clamped(to: (start - 8)..<start)
        let isMeasured = near.contains { document.tokens[$0].kind == .number }
        let isCued = near.contains { document.tokens[$0].has(.evaluateCue) }
        let measure: StaticString = isMeasured ? isCued ? "number+cue" : "number" : isCued ? "cue" : "none"
        add(.measured, word(start - 1, sentence), .text(measure), to: &features)
        let numbers = sentence.clamped(to: (span.tokens.lowerBound - 5)..<span.tokens.lowerBound)
        if numbers.contains(where: { document.tokens[$0].kind == .number }) {
            add(.number, .text("before"), to: &features)
        }
        let following = sentence.clamped(to: span.tokens.upperBound..<(span.tokens.upperBound + 4))
        if following.contains(where: { document.tokens[$0].kind == .number }) {
            add(.number, .text("after"), to: &features)
        }
    }

    private func isMark(_ mark: Unicode.Scalar, _ index: Int, _ sentence: Range<Int>) -> Bool {
        sentence.contains(index) && document.tokens[index].isMark(mark)
    }

    /// A token as a value: its word, mark or kind.
    private func word(_ index: Int, _ sentence: Range<Int>) -> NameFeatureValue {
        guard sentence.contains(index) else { return outside(index, sentence) }
        let token = document.tokens[index]
        return NameFeatureValue(
            hash: words.words[index],
            text: NameWords.wordName(token).map { .text($0) } ?? .bytes(token.range)
        )
    }

    /// A token as a coarse value: small words and marks as they are, others by what they speak of.
    private func frame(_ index: Int, _ sentence: Range<Int>) -> NameFeatureValue {
        guard sentence.contains(index) else { return outside(index, sentence) }
        let token = document.tokens[index]
        let name = NameWords.frameName(token) ?? NameWords.wordName(token)
        return NameFeatureValue(hash: words.frames[index], text: name.map { .text($0) } ?? .bytes(token.range))
    }

    private func outside(_ index: Int, _ sentence: Range<Int>) -> NameFeatureValue {
        .text(index < sentence.lowerBound ? "<s>" : "</s>")
    }

    // MARK: What it is called

    private func addNouns(
        _ span: NameSpan,
        _ kind: NameKind,
        list: Range<Int>,
        sentence: Range<Int>,
        to features: inout NameFeatureSet,
        _ verdict: inout NameVerdict
    ) {
        if sentence.contains(list.upperBound) { verdict.note(document.tokens[list.upperBound], .nounBehind) }
        // "a dataset called X".
        let naming = list.lowerBound - 1
        if sentence.contains(naming), document.tokens[naming].has(.namingCue), sentence.contains(naming - 1) {
            verdict.note(document.tokens[naming - 1], .nounBefore)
        }
        if sentence.contains(list.lowerBound - 1) { verdict.note(document.tokens[list.lowerBound - 1], .nounBefore) }
        let behind = sentence.clamped(to: list.upperBound..<(list.upperBound + 5))
        if let noun = behind.first(where: { isNoun($0) || endsPhrase($0) }), isNoun(noun) {
            add(.nounAfter, word(noun, sentence), to: &features)
            add(.kindNounAfter, .text(kind.name), .text(nounClass(noun)), to: &features)
            if let cue = sentence.clamped(to: (list.lowerBound - 12)..<list.lowerBound).last(where: isCue) {
                add(.cueNounAfter, .text(cueName(cue)), .text(nounClass(noun)), to: &features)
            }
        }
        let before = sentence.clamped(to: (list.lowerBound - 6)..<list.lowerBound)
        if let noun = before.last(where: { isNoun($0) || document.tokens[$0].isMark(".") }), isNoun(noun) {
            add(.nounBefore, word(noun, sentence), to: &features)
            add(.kindNounBefore, .text(kind.name), .text(nounClass(noun)), to: &features)
            if let cue = sentence.clamped(to: (noun - 12)..<noun).last(where: isCue) {
                add(.cueNounBefore, .text(cueName(cue)), .text(nounClass(noun)), to: &features)
            }
        }
        if let noun = apposition(behind: span.tokens.upperBound, sentence) {
            verdict.note(document.tokens[noun], .apposition)
            add(.apposition, word(noun, sentence), to: &features)
            add(.kindApposition, .text(kind.name), .text(nounClass(noun)), to: &features)
        }
    }

    /// The first noun of what a name is said to be: "X, a new benchmark", "X is the first dataset", "X (ours), our method".
    private func apposition(behind end: Int, _ sentence: Range<Int>) -> Int? {
        var index = end
        if isMark("(", index, sentence) {
            let bracket = sentence.clamped(to: index..<(index + 14))
            guard let close = bracket.first(where: { document.tokens[$0].isMark(")") }) else { return nil }
            index = close + 1
        }
        guard sentence.contains(index), sentence.contains(index + 1) else { return nil }
        let opens =
            document.tokens[index].isMark(",") || document.tokens[index].isMark(":")
            || document.tokens[index].mark == 0xE2
            || document.isWord(index, "is") || document.isWord(index, "as")
        let article = index + 1
        guard opens, document.tokens[article].has(.articleWord) else {
            return nil
        }
        return sentence.clamped(to: article..<(article + 14)).first(where: isPlainNoun)
    }

    /// Whether a token is a noun for benchmarks or systems.
    private func isNoun(_ index: Int) -> Bool {
        isPlainNoun(index) || document.tokens[index].has(.taskNoun)
    }

    /// Whether a token is a noun for benchmarks or systems that says outright what a thing is.
    private func isPlainNoun(_ index: Int) -> Bool {
        document.tokens[index].has(.benchmarkNoun) || document.tokens[index].has(.systemNoun)
    }

    private func nounClass(_ index: Int) -> StaticString {
        document.tokens[index].has(.systemNoun) ? "<system>" : "<benchmark>"
    }

    private func endsPhrase(_ index: Int) -> Bool {
        let token = document.tokens[index]
        return token.kind == .mark && !token.isMark("-") && !token.isMark("\"") && !token.isMark("'")
    }

    // MARK: What is done with it

    private func addCues(
        _ kind: NameKind,
        list: Range<Int>,
        sentence: Range<Int>,
        to features: inout NameFeatureSet,
        _ verdict: inout NameVerdict
    ) {
        let before = sentence.clamped(to: (list.lowerBound - 16)..<list.lowerBound)
        if let index = before.last(where: isCue) {
            let cue = cueName(index)
            add(.cueBefore, .text(cue), .text(distance(list.lowerBound - index)), to: &features)
            add(.cueBefore, word(index, sentence), to: &features)
            add(.kindCueBefore, .text(kind.name), .text(cue), to: &features)
        }
        let behind = sentence.clamped(to: list.upperBound..<(list.upperBound + 10))
        if let index = behind.first(where: isCue) {
            add(.cueAfter, .text(cueName(index)), .text(distance(index - list.upperBound)), to: &features)
            add(.cueAfter, word(index, sentence), to: &features)
        }
        if before.contains(where: { document.tokens[$0].has(.introduceCue) }),
            before.contains(where: { document.tokens[$0].has(.authorWord) })
        {
            add(.introduced, .text(kind.name), to: &features)
            verdict.isPresented = true
        }
    }

    private func isCue(_ index: Int) -> Bool {
        let token = document.tokens[index]
        return token.has(.evaluateCue) || token.has(.introduceCue) || token.has(.trainCue)
    }

    private func cueName(_ index: Int) -> StaticString {
        let token = document.tokens[index]
        return token.has(.evaluateCue) ? "evaluate" : token.has(.introduceCue) ? "introduce" : "train"
    }

    private func distance(_ tokens: Int) -> StaticString { tokens <= 3 ? "near" : tokens <= 8 ? "by" : "far" }

    // MARK: Its list, long form and place

    private func addList(_ index: Int, _ kind: NameKind, to features: inout NameFeatureSet) {
        let list = spans[index].list
        add(.listSize, .digit(min(list.count, 4)), to: &features)
        guard list.count > 1 else { return }
        let near = list.clamped(to: (index - 8)..<(index + 9))
        let known = near.filter { $0 != index && spans[$0].gazetteer?.kind == .name }.count
        let share: StaticString = known == 0 ? " none" : known * 2 < near.count - 1 ? " few" : " most"
        add(.listKnown, .text(share), to: &features)
        add(.kindListKnown, .text(kind.name), .text(share), to: &features)
    }

    private func addFullName(_ span: NameSpan, to features: inout NameFeatureSet, _ verdict: inout NameVerdict) {
        guard let name = span.fullName else { return }
        verdict.note(document.tokens[name.upperBound - 1], .fullName)
        add(.fullNameHead, .bytes(document.tokens[name.upperBound - 1].range, in: document.text.bytes), to: &features)
        let classes = name.reduce(into: WordClasses()) { $0.formUnion(document.tokens[$1].classes) }
        addKnown(.fullNameNoun, "", classes, to: &features)
    }

    private func addPlace(_ span: NameSpan, sentence: Range<Int>, to features: inout NameFeatureSet) {
        let number = document.sentence(of: span.tokens.lowerBound)
        let isLast = number + 1 == document.sentences.count
        add(.sentence, .digit(isLast ? 9 : number * 6 / max(1, document.sentences.count)), to: &features)
        if span.tokens.lowerBound == sentence.lowerBound { add(.sentence, .text("start"), to: &features) }
    }

    private func addTitle(
        _ span: NameSpan,
        _ kind: NameKind,
        to features: inout NameFeatureSet,
        _ verdict: inout NameVerdict
    ) {
        let end = span.tokens.upperBound
        let isBeforeColon =
            span.tokens.lowerBound == 0 && end < document.tokens.count && document.tokens[end].isMark(":")
        let place: StaticString = isBeforeColon ? "colon" : span.tokens.lowerBound == 0 ? "start" : "inner"
        if isBeforeColon { verdict.isPresented = true }
        add(.title, .text(place), to: &features)
        add(.title, .text(kind.name), .text(place), to: &features)
        guard isBeforeColon else { return }
        // "X: A Benchmark for …": the first noun says what X is.
        let rest = (end + 1)..<min(document.tokens.count, end + 30)
        guard let noun = rest.first(where: isPlainNoun) else {
            add(.titleNoun, .text("none"), to: &features)
            return
        }
        verdict.note(document.tokens[noun], .title)
        add(.titleNoun, .bytes(document.tokens[noun].range, in: document.text.bytes), to: &features)
        add(.titleNoun, .text(nounClass(noun)), to: &features)
    }
}
