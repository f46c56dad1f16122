import Claims

/// Finds the sizes that an abstract states of a benchmark: "X, a benchmark of 1,319 problems", "X contains 22M images
/// of 15 categories", "on 363 X tasks", "X (500 items)".
struct BenchmarkCounts {
    private let document: Document

    init(document: Document) {
        self.document = document
    }

    /// How far behind a name its size may start.
    private static let reach = 30
    /// The most words of the noun that is counted: "1,000 multiple-choice reading comprehension questions".
    private static let longestNoun = 5
    /// The most sizes of one place.
    private static let most = 6

    /// The sizes stated at one place of a benchmark.
    ///
    /// - Parameters:
    ///   - name: the tokens of the name (with its bracket).
    ///   - limit: where the next benchmark is named, whose sizes stand behind it.
    ///   - isIntroduced: whether the paper presents the benchmark: then the sentence goes on about it.
    /// - Returns: the sizes, and the token behind the last.
    /// - Complexity: bounded by the reach.
    func find(at name: Range<Int>, limit: Int, isIntroduced: Bool) -> ([BenchmarkCount], end: Int) {
        let sentence = document.sentences[document.sentence(of: name.lowerBound)]
        if let count = before(name, sentence) { return ([count], name.upperBound) }
        let counts = behind(name.upperBound, in: sentence.clamped(to: 0..<limit), isIntroduced: isIntroduced)
        if counts.0.isEmpty, isIntroduced, limit > sentence.upperBound, let next = continuation(of: sentence) {
            return behind(next.lowerBound, in: next.clamped(to: 0..<limit), isIntroduced: true)
        }
        return counts
    }

    /// "363 X tasks".
    private func before(_ name: Range<Int>, _ sentence: Range<Int>) -> BenchmarkCount? {
        let index = name.lowerBound - 1
        guard sentence.contains(index), let amount = amount(endingAt: index), sentence.contains(name.upperBound),
            let noun = noun(at: name.upperBound, sentence)
        else { return nil }
        return BenchmarkCount(count: amount, of: document.string(noun))
    }

    private func behind(_ start: Int, in sentence: Range<Int>, isIntroduced: Bool) -> ([BenchmarkCount], end: Int) {
        var counts: [BenchmarkCount] = []
        var hasCue = false
        var index = start
        let end = min(sentence.upperBound, start + (isIntroduced ? Self.reach : 8))
        while index < end, counts.count < Self.most {
            let token = document.tokens[index]
            if token.kind == .number, hasCue, let (amount, next) = amount(at: index),
                let noun = noun(at: next, sentence)
            {
                counts.append(BenchmarkCount(count: amount, of: document.string(noun)))
                index = noun.upperBound
                continue
            }
            if !counts.isEmpty, endsCounting(token) { break }
            if token.has(.evaluateCue), !token.has(.benchmarkNoun), counts.isEmpty, !isIntroduced { break }
            // "of" and "with" speak of the size only where the paper presents the benchmark.
            let isCue = token.has(.sizeCue) && (isIntroduced || !token.has(.function))
            hasCue = hasCue || isCue || token.isMark("(")
            index += 1
        }
        return (counts, index)
    }

    /// Whether a token ends what is said of a benchmark's size.
    private func endsCounting(_ token: Token) -> Bool {
        token.has(.evaluateCue) && !token.has(.benchmarkNoun) || token.isMark(";") || token.mark == 0xE2
    }

    /// The next sentence, where it goes on about the benchmark: "It contains", "The dataset comprises".
    private func continuation(of sentence: Range<Int>) -> Range<Int>? {
        guard sentence.upperBound < document.tokens.count else { return nil }
        let next = document.sentences[document.sentence(of: sentence.upperBound)]
        let opening = next.prefix(5)
        let isAbout =
            document.isWord(next.lowerBound, "it")
            || document.tokens[next.lowerBound].has(.sizeCue) && !document.tokens[next.lowerBound].has(.function)
            || opening.contains { document.tokens[$0].has(.benchmarkNoun) }
                && document.tokens[next.lowerBound].has(.function)
        return isAbout ? next : nil
    }

    // MARK: Numbers and nouns

    /// The whole number that ends at a token: "363", "20K".
    private func amount(endingAt index: Int) -> Int? {
        if document.tokens[index].kind == .number { return amount(at: index)?.0 }
        guard index > 0, document.tokens[index].shape.contains(.isGlued) else { return nil }
        return amount(at: index - 1).flatMap { $0.1 == index + 1 ? $0.0 : nil }
    }

    /// The whole number that starts at a token, and the token behind it; not years and measures.
    private func amount(at index: Int) -> (Int, Int)? {
        let token = document.tokens[index]
        guard token.kind == .number else { return nil }
        var whole = 0
        var fractionDigits = -1
        for byte in document.text.bytes[token.range].prefix(18) {
            if ByteClass.isDigit(byte) {
                whole = whole * 10 + Int(byte & 15)
                if fractionDigits >= 0 { fractionDigits += 1 }
            } else if byte == UInt8(ascii: ".") {
                fractionDigits = 0
            }
        }
        var next = index + 1
        var factor = 1
        if next < document.tokens.count, let power = multiplier(next) {
            factor = power
            next += 1
        }
        for _ in 0..<max(0, fractionDigits) {
            guard factor % 10 == 0 else { return nil }
            factor /= 10
        }
        if next < document.tokens.count, document.tokens[next].isMark("+") { next += 1 }
        let isGlued = next < document.tokens.count && document.tokens[next].shape.contains(.isGlued)
        let isYear = factor == 1 && token.range.count == 4 && (1900...2100).contains(whole)
        guard !isGlued || document.tokens[next].isMark("-"), !isYear else { return nil }
        let (product, isOverflow) = whole.multipliedReportingOverflow(by: factor)
        return isOverflow ? nil : (product, next)
    }

    /// What `K`, `million` and their like multiply by.
    private func multiplier(_ index: Int) -> Int? {
        if document.tokens[index].shape.contains(.isGlued) {
            if document.isWord(index, "k") { return 1_000 }
            if document.isWord(index, "m") { return 1_000_000 }
            if document.isWord(index, "b") { return 1_000_000_000 }
        }
        if document.isWord(index, "thousand") { return 1_000 }
        if document.isWord(index, "million") { return 1_000_000 }
        return document.isWord(index, "billion") ? 1_000_000_000 : nil
    }

    /// The noun in the plural that a number counts.
    private func noun(at start: Int, _ sentence: Range<Int>) -> Range<Int>? {
        for index in start..<min(sentence.upperBound, start + Self.longestNoun) {
            let token = document.tokens[index]
            guard token.kind == .word, !token.has(.function) || token.has(.sizeCue) && index > start else { return nil }
            if token.has(.unsizedNoun) { return nil }
            if isPlural(token), !isPlural(after: index, sentence) { return start..<(index + 1) }
        }
        return nil
    }

    private func isPlural(_ token: Token) -> Bool {
        let bytes = document.text.bytes[token.range]
        guard bytes.count > 3, bytes.last == UInt8(ascii: "s") else { return bytes.elementsEqual("people".utf8) }
        return !bytes.hasSuffix("ss") && !bytes.hasSuffix("us") && !bytes.hasSuffix("ous")
    }

    private func isPlural(after index: Int, _ sentence: Range<Int>) -> Bool {
        let next = index + 1
        guard next < sentence.upperBound, document.tokens[next].kind == .word, !document.tokens[next].has(.function)
        else {
            return false
        }
        return isPlural(document.tokens[next]) && !document.tokens[next].has(.sizeCue)
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { suffix(text.utf8CodeUnitCount).elementsEqual($0) }
    }
}
