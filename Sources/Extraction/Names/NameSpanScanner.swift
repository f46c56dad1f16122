/// Finds the places of a text that may be names: known benchmarks, and words written as names are.
struct NameSpanScanner {
    let document: Document
    private let gazetteer: Gazetteer
    let isTitle: Bool

    init(document: Document, gazetteer: Gazetteer, isTitle: Bool) {
        self.document = document
        self.gazetteer = gazetteer
        self.isTitle = isTitle
    }

    /// The most tokens of a name that is no known one.
    private static let longestRun = 8

    /// Appends the spans in order, without overlaps.
    ///
    /// - Complexity: linear in the tokens.
    func appendSpans(to spans: inout [NameSpan], limit: Int) {
        for sentence in document.sentences {
            var index = sentence.lowerBound
            while index < sentence.upperBound, spans.count < limit {
                if var match = gazetteer.match(in: document, at: index, limit: sentence.upperBound) {
                    match.tokens = withoutNoun(match.tokens)
                    let end = trackEnd(
                        behind: extended(match.tokens, limit: sentence.upperBound),
                        limit: sentence.upperBound
                    )
                    spans.append(NameSpan(tokens: index..<end, isInTitle: isTitle, gazetteer: match))
                    index = appendCoordinated(with: index..<end, to: &spans, limit: sentence.upperBound)
                } else if startsName(at: index) {
                    let end = runEnd(from: index, limit: sentence.upperBound)
                    if !isCited(behind: end) { spans.append(NameSpan(tokens: index..<end, isInTitle: isTitle)) }
                    index = end
                } else {
                    index += 1
                }
            }
        }
    }

    // MARK: Known names

    /// A known name without the "dataset" or "benchmark" that one of its forms ends with in small letters: `MATH dataset`.
    private func withoutNoun(_ name: Range<Int>) -> Range<Int> {
        let last = document.tokens[name.upperBound - 1]
        guard name.count > 1, last.has(.benchmarkNoun), !last.shape.contains(.startsUpper) else { return name }
        return name.lowerBound..<(name.upperBound - 1)
    }

    /// A known name with the version that follows it: `SQuAD v1.1`, `VOC 2007`, `SWE-bench Verified`, `WMT14 En-De`.
    private func extended(_ name: Range<Int>, limit: Int) -> Int {
        var end = name.upperBound
        while end < min(limit, name.upperBound + 3) {
            let token = document.tokens[end]
            if token.kind == .word, token.has(.variantWord), token.shape.isNameLike || token.shape.contains(.hasDigit) {
                end += 1
            } else if let next = versionEnd(at: end, limit: limit) {
                end = next
            } else if followsTranslation(name), let next = languagePairEnd(at: end, limit: limit) {
                end = next
            } else {
                break
            }
        }
        return end
    }

    /// The most words of a track's name.
    private static let longestTrack = 5

    /// Where the track behind a known name ends: "TAC-KBP Slot Filling" of "the TAC-KBP Slot Filling challenge".
    ///
    /// Two words or more: "the CoNLL03 NER task" is CoNLL03.
    private func trackEnd(behind name: Int, limit: Int) -> Int {
        guard !isTitle else { return name }
        var end = name
        while end < min(limit, name + Self.longestTrack), isPlainCapital(end), !isCalled(end),
            gazetteer.match(in: document, at: end, limit: limit)?.kind != .name
        {
            end += 1
        }
        return end >= name + 2 && end < limit && isCalled(end) ? end : name
    }

    /// Whether a token is a noun for benchmarks or tasks.
    private func isCalled(_ index: Int) -> Bool {
        document.tokens[index].has(.benchmarkNoun) || document.tokens[index].has(.taskNoun)
    }

    func isLanguagePair(at index: Int) -> Bool {
        let token = document.tokens[index]
        let parts: Token.Shape = [.startsUpper, .hasHyphen]
        return token.kind == .word && token.shape.isSuperset(of: parts)
    }

    /// Where a language pair that starts at a token ends: `En-De`, `En->De`, `En<->De`.
    func languagePairEnd(at index: Int, limit: Int) -> Int? {
        if isLanguagePair(at: index) { return index + 1 }
        var end = index + 1
        while end < limit, end < index + 3, document.tokens[end].isMark("<") || document.tokens[end].isMark("-") {
            end += 1
        }
        let isPair =
            end > index + 1 && end < limit && document.tokens[index].shape.contains(.startsUpper)
            && document.tokens[end].shape.contains(.startsUpper)
        return isPair ? end + 1 : nil
    }

    /// Whether a name is that of a translation shared task, whose tracks are language pairs.
    func followsTranslation(_ name: Range<Int>) -> Bool {
        let start = document.tokens[name.lowerBound].range.lowerBound
        return ["WMT", "IWSLT"].contains { prefix in
            document.text.bytes[start...].starts(with: prefix.utf8)
        }
    }

    /// Where a year or version that starts at a token ends: `2007`, `'14`, `2.0`, `task 12`.
    private func versionEnd(at index: Int, limit: Int) -> Int? {
        let token = document.tokens[index]
        if token.isMark("'"), index + 1 < limit, isNumber(at: index + 1, digits: 2...4),
            document.tokens[index + 1].shape.contains(.isGlued)
        {
            return index + 2
        }
        if document.isWord(index, "task"), index + 1 < limit, isNumber(at: index + 1, digits: 1...2) {
            return index + 2
        }
        guard token.kind == .number, !isMeasured(index) else { return nil }
        let length = token.range.count
        if token.shape.contains(.hasPoint) { return length == 3 && !token.shape.contains(.isGlued) ? index + 1 : nil }
        guard length == 4 else { return nil }
        let isYear =
            document.text.bytes[token.range.lowerBound..<(token.range.lowerBound + 2)].elementsEqual("20".utf8)
            || document.text.bytes[token.range.lowerBound..<(token.range.lowerBound + 2)].elementsEqual("19".utf8)
        return isYear ? index + 1 : nil
    }

    private func isNumber(at index: Int, digits: ClosedRange<Int>) -> Bool {
        let token = document.tokens[index]
        return token.kind == .number && !token.shape.contains(.hasPoint) && digits.contains(token.range.count)
    }

    /// Whether a number has a unit, so that it is no version: `2.5%`, `3.1x`.
    func isMeasured(_ index: Int) -> Bool {
        guard index + 1 < document.tokens.count else { return false }
        let next = document.tokens[index + 1]
        return next.isMark("%") || next.shape.contains(.isGlued) && next.kind == .word
    }

    // MARK: Words written as names

    /// Whether "et al" follows: the name is an author's.
    private func isCited(behind end: Int) -> Bool {
        end + 1 < document.tokens.count && document.isWord(end, "et") && document.isWord(end + 1, "al")
    }

    /// Whether a name that nobody has listed may start here.
    private func startsName(at index: Int) -> Bool {
        let token = document.tokens[index]
        switch token.kind {
        case .number: return startsWithNumber(at: index)
        case .word: return isNameWord(at: index, isFirst: true)
        case .mark, .url: return false
        }
    }

    /// Whether a number is the start of a name: `3DPW`, `20NG`, `7-Scenes`; not `7B`, `3D`, `50K`.
    private func startsWithNumber(at index: Int) -> Bool {
        let next = index + 1
        guard next < document.tokens.count, !document.tokens[index].shape.contains(.hasPoint) else { return false }
        let word = document.tokens[next]
        let isGluedName = word.kind == .word && word.shape.contains(.isGlued) && word.shape.contains(.startsUpper)
        return isGluedName && word.range.count > 2 && document.tokens[index].range.count <= 4
    }

    private func isNameWord(at index: Int, isFirst: Bool) -> Bool {
        let token = document.tokens[index]
        guard token.kind == .word, token.range.count > 1 else { return false }
        let shape = token.shape
        if !shape.isNameLike { return endsAsBenchmark(token) }
        if !shape.contains(.startsUpper), !shape.contains(.innerUpper) {
            // Digits behind small letters: "text8"; not "v2", "x7B", "step1".
            return isFirst && token.range.count > 3
        }
        let isPlainCapital = shape.isDisjoint(with: [.innerUpper, .hasDigit, .allUpper])
        guard isPlainCapital else { return true }
        if token.has(.function) || token.has(.plainWord) { return false }
        return !(isFirst && startsClause(index))
    }

    /// Names in small letters only say what they are at their end: `mamabench`.
    private func endsAsBenchmark(_ token: Token) -> Bool {
        token.range.count > 5 && document.text.bytes[..<token.range.upperBound].suffix(5).elementsEqual("bench".utf8)
    }

    /// Whether a capital at a token says nothing: first in a sentence, or in a title, and followed by plain words.
    private func startsClause(_ index: Int) -> Bool {
        if isTitle { return !isTitleName(at: index) }
        guard document.tokens[index].shape.contains(.startsSentence) else { return false }
        let next = index + 1
        return next >= document.tokens.count || !isNameWord(at: next, isFirst: false)
    }

    /// Whether a plain capital of a title is the name before its colon.
    private func isTitleName(at index: Int) -> Bool {
        index == 0 && document.tokens.count > 1 && document.tokens[1].isMark(":")
    }

    /// Where a small word ends that links two capitals into one name: "Honor of Kings", "Prisoner's Dilemma".
    private func linkEnd(at index: Int, limit: Int) -> Int? {
        guard index + 1 < limit, !isTitle, isPlainCapital(index - 1) else { return nil }
        let tokens = document.tokens
        if tokens[index].isMark("'"), index + 2 < limit, document.isWord(index + 1, "s"),
            tokens[index + 1].shape.contains(.isGlued), isPlainCapital(index + 2)
        {
            return index + 3
        }
        return document.isWord(index, "of") && isPlainCapital(index + 1) ? index + 2 : nil
    }

    /// Whether a token is a word with one capital in front that may be a part of a name.
    private func isPlainCapital(_ index: Int) -> Bool {
        let token = document.tokens[index]
        return token.kind == .word && token.shape.contains(.startsUpper) && token.range.count > 2
            && token.shape.isDisjoint(with: [.innerUpper, .hasDigit, .allUpper])
            && !token.has(.function) && !token.has(.plainWord)
    }

    private func runEnd(from start: Int, limit: Int) -> Int {
        var end = start + 1
        if document.tokens[start].kind == .number { end += 1 }
        let limit = min(limit, start + Self.longestRun)
        while end < limit {
            if gazetteer.match(in: document, at: end, limit: limit)?.kind == .name { break }
            if let next = versionEnd(at: end, limit: limit) {
                end = next
            } else if document.tokens[end].has(.metricName) || document.isWord(end, "score") {
                break
            } else if isNameWord(at: end, isFirst: false), !document.tokens[end].shape.contains(.isGlued), !isTitle {
                end += 1
            } else if let next = linkEnd(at: end, limit: limit) {
                end = next
            } else if document.tokens[end].has(.variantWord), document.tokens[end].shape.contains(.hasDigit) {
                end += 1
            } else {
                break
            }
        }
        return end
    }
}
