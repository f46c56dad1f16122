import Claims

/// Finds the sizes that an abstract states of a benchmark: "X, a benchmark of 1,319 problems", "X contains 22M images
/// of 15 categories", "on 363 X tasks", "the 520 prompts of X", "X (500 items)".
struct BenchmarkCounts {
    private let document: Document

    init(document: Document) {
        self.document = document
    }

    /// How far behind a name its size may start, where the paper presents it.
    private static let reach = 30
    /// The same where it does not, and from one size to the next.
    private static let shortReach = 8
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
        var counts = behind(name.upperBound, in: sentence.clamped(to: 0..<limit), isIntroduced: isIntroduced)
        if let count = whole(of: name, sentence) { counts.0.insert(count, at: 0) }
        if counts.0.isEmpty, isIntroduced, limit > sentence.upperBound, let next = continuation(of: sentence) {
            return behind(next.lowerBound, in: next.clamped(to: 0..<limit), isIntroduced: true)
        }
        return counts
    }

    /// The sizes stated of the paper's own benchmark where its name does not stand: "our dataset contains 15 categories",
    /// "we built a benchmark comprising 3,535 questions".
    ///
    /// - Complexity: linear in the text.
    func findUnnamed() -> [BenchmarkCount] {
        for sentence in document.sentences {
            for noun in sentence.dropLast() where isOwnNoun(noun, sentence) {
                let counts = behind(noun + 1, in: sentence.clamped(to: 0..<(noun + Self.reach)), isIntroduced: true)
                if !counts.0.isEmpty { return counts.0 }
            }
        }
        return []
    }

    /// Whether a token is "benchmark", "dataset" or the like, in the singular, said of the paper's own, and a size follows.
    private func isOwnNoun(_ index: Int, _ sentence: Range<Int>) -> Bool {
        let token = document.tokens[index]
        guard token.has(.benchmarkNoun), !isPlural(token), document.tokens[index + 1].has(.sizeCue) else {
            return false
        }
        let before = sentence.clamped(to: (index - 12)..<index)
        return before.contains {
            document.isWord($0, "our") || document.isWord($0, "this") || document.tokens[$0].has(.introduceCue)
        } || before.count == 1 && document.isWord(before.lowerBound, "the")
    }

    /// "363 X tasks".
    private func before(_ name: Range<Int>, _ sentence: Range<Int>) -> BenchmarkCount? {
        let index = name.lowerBound - 1
        guard sentence.contains(index), let amount = amount(endingAt: index), sentence.contains(name.upperBound),
            let noun = noun(at: name.upperBound, sentence)
        else { return nil }
        return BenchmarkCount(count: amount, of: document.string(noun))
    }

    /// "the 520 prompts of X"; without "the", or with "from", it is a sample.
    private func whole(of name: Range<Int>, _ sentence: Range<Int>) -> BenchmarkCount? {
        var index = name.lowerBound - 1
        if sentence.contains(index), document.isWord(index, "the") { index -= 1 }
        guard sentence.contains(index - 1),
            document.isWord(index, "of") || document.isWord(index, "in"),
            isPlural(document.tokens[index - 1])
        else { return nil }
        let end = index
        for start in sentence.clamped(to: (end - 1 - Self.longestNoun)..<end).reversed() {
            let token = document.tokens[start]
            if token.kind == .number {
                guard start > sentence.lowerBound, document.isWord(start - 1, "the"),
                    let (amount, next) = amount(at: start), next < end, !document.tokens[next].isMark("-")
                else { return nil }
                return BenchmarkCount(count: amount, of: document.string(next..<end))
            }
            guard token.kind == .word, !token.has(.function), !token.has(.unsizedNoun) else { return nil }
        }
        return nil
    }

    private func behind(_ start: Int, in sentence: Range<Int>, isIntroduced: Bool) -> ([BenchmarkCount], end: Int) {
        let isIntroduced = isIntroduced || isDefined(behind: start, sentence)
        var counts: [BenchmarkCount] = []
        var hasCue = false
        var index = start
        var end = min(sentence.upperBound, start + (isIntroduced ? Self.reach : Self.shortReach))
        while index < end, counts.count < Self.most {
            let token = document.tokens[index]
            if token.kind == .number, hasCue, let (amount, next) = amount(at: index),
                let noun = noun(at: next, sentence)
            {
                counts.append(BenchmarkCount(count: amount, of: document.string(noun)))
                index = noun.upperBound
                end = max(end, min(sentence.upperBound, index + Self.shortReach))
                continue
            }
            if token.kind == .number, isIntroduced, let (amount, next) = amount(at: index),
                let noun = hyphenated(at: next, sentence)
            {
                counts.append(BenchmarkCount(count: amount, of: document.string(noun..<(noun + 1))))
                index = noun + 1
                continue
            }
            if !counts.isEmpty, endsCounting(token) { break }
            if token.has(.evaluateCue), !token.has(.benchmarkNoun), counts.isEmpty, !isIntroduced { break }
            // "of" and "with" speak of the size only where the paper presents the benchmark.
            let isCue = token.has(.sizeCue) && (isIntroduced || !token.has(.function) || countsMany(behind: index))
            hasCue = hasCue || isCue || token.isMark("(")
            index += 1
        }
        return (counts, index)
    }

    /// Whether an apposition with a size follows: "X, a corpus of 2,002 notes".
    private func isDefined(behind start: Int, _ sentence: Range<Int>) -> Bool {
        guard sentence.contains(start + 1), document.tokens[start].isMark(","),
            document.isWord(start + 1, "a") || document.isWord(start + 1, "an") || document.isWord(start + 1, "our")
        else { return false }
        let reach = sentence.clamped(to: (start + 2)..<(start + 9))
        guard let noun = reach.first(where: { document.tokens[$0].has(.benchmarkNoun) }), sentence.contains(noun + 1)
        else { return false }
        return document.tokens[noun + 1].has(.sizeCue)
    }

    /// Whether "with" or "of" is followed by a number too large to be one of a setting: "with 8m documents".
    private func countsMany(behind index: Int) -> Bool {
        // "with a batch size of 1,024 images" is a setting.
        let isSetting = index > 0 && document.isWord(index - 1, "size")
        guard document.isWord(index, "with") || document.isWord(index, "of") && !isSetting else { return false }
        // "with its 8m documents", "with over 8,000 documents"
        let next = document.tokens.indices.clamped(to: (index + 1)..<(index + 4)).first {
            document.tokens[$0].kind == .number
        }
        return next.flatMap { amount(at: $0) }.map { $0.0 >= 1_000 } ?? false
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

    /// The noun in the plural that a number counts, without what stands in brackets in it: "visual question answering (VQA)
    /// samples".
    private func noun(at start: Int, _ sentence: Range<Int>) -> Range<Int>? {
        var index = start
        var words = 0
        while sentence.contains(index), words < Self.longestNoun {
            let token = document.tokens[index]
            if index > start, let next = inset(at: index, sentence) {
                index = next
                continue
            }
            guard token.kind == .word, !token.has(.function) || token.has(.sizeCue) && index > start else { return nil }
            if token.has(.unsizedNoun) { return nil }
            if isPlural(token), !isPlural(after: index, sentence) { return start..<(index + 1) }
            index += 1
            words += 1
        }
        return nil
    }

    /// How many words may stand between a counted noun before a hyphen and what is made of it.
    private static let hyphenatedReach = 5

    /// The noun of a size before a hyphen: "entry" of "our new 8,514-entry multilingual dataset".
    private func hyphenated(at index: Int, _ sentence: Range<Int>) -> Int? {
        guard sentence.contains(index + 1), document.tokens[index].isMark("-"),
            document.tokens[index + 1].kind == .word,
            !document.tokens[index + 1].has(.unsizedNoun)
        else { return nil }
        let behind = sentence.clamped(to: (index + 2)..<(index + 2 + Self.hyphenatedReach))
        let end = behind.first { document.tokens[$0].has(.benchmarkNoun) || document.tokens[$0].kind != .word }
        return end.flatMap { document.tokens[$0].has(.benchmarkNoun) ? index + 1 : nil }
    }

    /// What may stand within a counted noun and is no word of it: a bracket, "15-minute".
    private func inset(at index: Int, _ sentence: Range<Int>) -> Int? {
        if document.tokens[index].isMark("("), sentence.contains(index + 2), document.tokens[index + 2].isMark(")") {
            return index + 3
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
