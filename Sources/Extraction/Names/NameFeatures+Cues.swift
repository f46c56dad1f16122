/// What is done with a name.
extension NameFeatures {
    /// Adds the words of measuring, presenting and training around a list.
    func addCues(
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
        if isOwn(list.lowerBound, sentence) { verdict.isOwn = true }
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
            addContinuation(behind: sentence, to: &features)
        }
    }

    /// "our X", "our newly built X", "the proposed X".
    private func isOwn(_ start: Int, _ sentence: Range<Int>) -> Bool {
        var index = start - 1
        while sentence.contains(index), start - index <= 4, document.tokens[index].kind == .word {
            if document.isWord(index, "our") || document.isWord(index, "proposed") { return true }
            if document.tokens[index].has(.function) { return false }
            index -= 1
        }
        return false
    }

    /// Adds the noun that the next sentence goes on with: "The dataset holds …" behind "We present X".
    private func addContinuation(behind sentence: Range<Int>, to features: inout NameFeatureSet) {
        let opening = sentence.upperBound..<min(document.tokens.count, sentence.upperBound + 4)
        guard let first = opening.first, document.tokens[first].has(.function) else { return }
        if let noun = opening.first(where: isPlainNoun) {
            add(.continuation, .text(nounClass(noun)), to: &features)
        } else if document.isWord(first, "it") {
            let cue = opening.dropFirst().first.map { frame($0, opening) } ?? .none
            add(.continuation, .text("it"), cue, to: &features)
        }
    }

    /// Whether a token speaks of measuring, presenting or training.
    func isCue(_ index: Int) -> Bool {
        let token = document.tokens[index]
        return token.has(.evaluateCue) || token.has(.introduceCue) || token.has(.trainCue)
    }

    /// Which of these it speaks of.
    func cueName(_ index: Int) -> StaticString {
        let token = document.tokens[index]
        return token.has(.evaluateCue) ? "evaluate" : token.has(.introduceCue) ? "introduce" : "train"
    }

    private func distance(_ tokens: Int) -> StaticString { tokens <= 3 ? "near" : tokens <= 8 ? "by" : "far" }

    // MARK: Numbers

    /// Adds the numbers near a name.
    func addNumbers(
        _ span: NameSpan,
        start: Int,
        sentence: Range<Int>,
        to features: inout NameFeatureSet,
        _ verdict: inout NameVerdict
    ) {
        let near = sentence.clamped(to: (start - 8)..<start)
        let isMeasured = near.contains { document.tokens[$0].kind == .number }
        let isCued = near.contains { document.tokens[$0].has(.evaluateCue) }
        let measure: StaticString = isMeasured ? isCued ? "number+cue" : "number" : isCued ? "cue" : "none"
        add(.measured, word(start - 1, sentence), .text(measure), to: &features)
        let before = sentence.clamped(to: (span.tokens.lowerBound - 5)..<span.tokens.lowerBound)
        if before.contains(where: { document.tokens[$0].kind == .number }) {
            add(.number, .text("before"), to: &features)
        }
        let following = sentence.clamped(to: span.tokens.upperBound..<(span.tokens.upperBound + 4))
        if following.contains(where: { document.tokens[$0].kind == .number }) {
            add(.number, .text("after"), to: &features)
        }
        if isMeasured || isCued, isMeasuring(start - 1, sentence) { verdict.isMeasuredOn = true }
        if isCounted(span, sentence) { add(.number, .text("counted"), to: &features) }
        if isSampled(start, sentence) { add(.number, .text("sampled"), to: &features) }
        if let cue = sizeCue(behind: span, sentence) {
            // What a small word says ("tested on X with 8,000 documents") is true of what others made, too.
            let isSmallWord = document.tokens[cue].has(.function)
            add(.number, .text(isSmallWord ? "holding" : "sized"), to: &features)
            if !isSmallWord { verdict.isSized = true }
        }
    }

    /// Whether "on" or "on the" ends at a token.
    private func isMeasuring(_ index: Int, _ sentence: Range<Int>) -> Bool {
        guard sentence.contains(index) else { return false }
        if document.isWord(index, "on") { return true }
        return document.isWord(index, "the") && sentence.contains(index - 1) && document.isWord(index - 1, "on")
    }

    /// "500 X questions".
    private func isCounted(_ span: NameSpan, _ sentence: Range<Int>) -> Bool {
        let number = span.tokens.lowerBound - 1
        guard sentence.contains(number), document.tokens[number].kind == .number else { return false }
        return sentence.clamped(to: span.tokens.upperBound..<(span.tokens.upperBound + 2)).contains {
            document.tokens[$0].kind == .word
                && document.text.bytes[document.tokens[$0].range].last == UInt8(ascii: "s")
        }
    }

    /// The word that says a size: "X, comprising 500 questions", "X contains over 20K images", "X with 8,000 documents".
    private func sizeCue(behind span: NameSpan, _ sentence: Range<Int>) -> Int? {
        var index = span.tokens.upperBound
        if isMark(",", index, sentence) { index += 1 }
        guard sentence.contains(index), document.tokens[index].has(.sizeCue) else { return nil }
        let isSmallWord = document.tokens[index].has(.function)
        let hasSize = sentence.clamped(to: (index + 1)..<(index + 5)).contains { number in
            document.tokens[number].kind == .number && (!isSmallWord || isMany(number, sentence))
        }
        return hasSize ? index : nil
    }

    /// Whether a number counts items and not parts of a method: "with 28.9 million questions", "with 3,200 recordings".
    private func isMany(_ number: Int, _ sentence: Range<Int>) -> Bool {
        let next = number + 1
        guard sentence.contains(next), document.tokens[next].kind == .word else { return false }
        let isScaled = ["million", "billion", "k", "m"].contains { document.isWord(next, $0) }
        let isLong = document.tokens[number].range.count > 3 && !document.tokens[number].shape.contains(.hasPoint)
        return isScaled || isLong && !document.tokens[next].shape.contains(.isGlued)
    }

    /// "2,141 children from X", "50 problems of the X".
    private func isSampled(_ start: Int, _ sentence: Range<Int>) -> Bool {
        var index = start - 1
        if sentence.contains(index), document.isWord(index, "the") { index -= 1 }
        guard sentence.contains(index - 2),
            document.isWord(index, "from") || document.isWord(index, "of") || document.isWord(index, "in")
        else { return false }
        let counted = sentence.clamped(to: (index - 4)..<index)
        return document.text.bytes[document.tokens[index - 1].range].last == UInt8(ascii: "s")
            && counted.contains { document.tokens[$0].kind == .number }
    }
}
