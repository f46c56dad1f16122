import Claims

/// One place where a parameter count stands.
struct SizeMention {
    /// How it is said that a number counts parameters.
    enum Form {
        /// It is part of a model's name.
        case named
        /// A word says so: `parameters`.
        case counted
        /// A word for a model follows: `7B model`.
        case bare

        var rule: String {
            switch self {
            case .named: "size.in-name"
            case .counted: "size.parameters"
            case .bare: "size.of-model"
            }
        }
    }

    var form: Form
    var parameters: Int
    var parametersHigh: Int?
    var bound: Bound = .exact
    /// The tokens of the size, or of the name it is part of.
    var tokens: Range<Int>
    /// The name that it is part of, or that a size before it in a list is part of, as printed.
    var name: String?
}

/// Reads a document's sizes from its tokens.
struct SizeReader {
    let document: Document
    private(set) var mentions: [SizeMention] = []
    /// Whether a size in words was read before: then "(42M)" behind a name is one too.
    private var hasCountedSize = false

    init(document: Document) {
        self.document = document
    }

    private var tokens: [Token] { document.tokens }

    /// Reads all mentions, in order.
    mutating func read() {
        var index = 0
        while index < tokens.count {
            switch tokens[index].kind {
            case .word where tokens[index].shape.contains(.hasDigit): index = readName(at: index)
            case .number: index = readNumber(at: index)
            default: index += 1
            }
        }
    }

    private mutating func add(_ mention: SizeMention) {
        mentions.append(mention)
        hasCountedSize = hasCountedSize || mention.form == .counted
    }

    // MARK: Sizes in names

    /// Reads a word with a size as one of its hyphenated parts.
    private mutating func readName(at index: Int) -> Int {
        guard let size = SizeText.inName(document.text.bytes, tokens[index].range) else { return index + 1 }
        let name = document.string(index)
        add(SizeMention(form: .named, parameters: size, tokens: index..<(index + 1), name: name))
        return readMembers(behind: index + 1, stem: SizeText.stem(of: name))
    }

    /// Reads further sizes in a list that a named one opens: "Qwen3-1.7B, 4B, and 8B".
    private mutating func readMembers(behind start: Int, stem: String?) -> Int {
        var index = start
        while let stem {
            var next = index
            while next < tokens.count, next - index < 2, isListMark(next) { next += 1 }
            guard next > index, let (size, end, suffix) = size(at: next), suffix != nil else { break }
            add(
                SizeMention(
                    form: .named,
                    parameters: size,
                    tokens: next..<end,
                    name: stem + "-" + document.string(next..<end)
                )
            )
            index = end
        }
        return index
    }

    private func isListMark(_ index: Int) -> Bool {
        tokens[index].isMark(",") || tokens[index].isMark("/") || document.isWord(index, "and")
            || document.isWord(index, "or")
    }

    // MARK: Sizes of their own

    /// A number with its magnitude: `8B`, `1.6 M`, `13 billion`.
    ///
    /// - Returns: the count, the index behind it, and the suffix's byte where the magnitude is one letter.
    private func size(at index: Int) -> (count: Int, end: Int, suffix: UInt8?)? {
        guard index < tokens.count, tokens[index].kind == .number else { return nil }
        var next = index + 1
        if next + 1 < tokens.count, tokens[next].isMark("-"), isMagnitude(next + 1) { next += 1 }
        guard next < tokens.count, tokens[next].kind == .word else { return nil }
        let number = document.text.bytes[tokens[index].range]
        if tokens[next].classes.contains(.magnitude) {
            let first = ByteClass.lowered(document.text.bytes[Int(tokens[next].start)])
            let isThousand = document.isWord(next, "thousand")
            let exponent = isThousand ? 3 : first == UInt8(ascii: "m") ? 6 : first == UInt8(ascii: "b") ? 9 : 12
            return SizeText.scaled(number, exponent: exponent).map { ($0, next + 1, nil) }
        }
        if let power = SizeText.hyphenatedMagnitude(document.text.bytes[tokens[next].range]) {
            return SizeText.scaled(number, exponent: power).map { ($0, next + 1, nil) }
        }
        let length = tokens[next].end - tokens[next].start
        let suffix = document.text.bytes[Int(tokens[next].start)]
        // "30B-A3B" is one word behind the number; "8B-parameter" likewise.
        let isJoined = length > 2 && document.text.bytes[Int(tokens[next].start) + 1] == UInt8(ascii: "-")
        guard length == 1 || isJoined, let exponent = SizeText.exponent(of: suffix) else { return nil }
        let isSpaced = !tokens[next].shape.contains(.isGlued)
        guard !isSpaced || ByteClass.isUpper(suffix) && (length == 1 || isCounting(next)) else { return nil }
        return SizeText.scaled(number, exponent: exponent).map { ($0, next + 1, suffix) }
    }

    private func isMagnitude(_ index: Int) -> Bool {
        tokens[index].classes.contains(.magnitude)
            || SizeText.hyphenatedMagnitude(document.text.bytes[tokens[index].range]) != nil
    }

    /// Whether a word joins `parameter` to a suffix: `M-parameter`.
    private func isCounting(_ index: Int) -> Bool {
        tokens[index].shape.contains(.hasHyphen) && document.string(index).lowercased().contains("-param")
    }

    /// The larger end of a range whose ends share one suffix ("7-8B") or are one word with it ("6B-7B").
    private func rangeEnd(from index: Int, first: (count: Int, end: Int, suffix: UInt8?)) -> Int? {
        guard first.suffix != nil else { return nil }
        let word = document.text.bytes[tokens[first.end - 1].range]
        guard let hyphen = word.firstIndex(of: UInt8(ascii: "-")), let last = word.last,
            let power = SizeText.exponent(of: last),
            let high = SizeText.scaled(word[(hyphen + 1)...].dropLast(), exponent: power), high > first.count
        else { return nil }
        return high
    }

    private mutating func readNumber(at index: Int) -> Int {
        if let end = readMixture(at: index) { return end }
        guard let first = size(at: index) else { return readSharedSuffix(at: index) ?? readPlainCount(at: index) }
        var sizes = [(count: first.count, range: index..<first.end)]
        var high = rangeEnd(from: index, first: first)
        var end = first.end
        // A range: "6B-7B", "1B to 24B", "13 billion to 70 billion".
        if high == nil, end + 1 < tokens.count, tokens[end].isMark("-") || document.isWord(end, "to"),
            let second = size(at: end + 1), second.count > first.count
        {
            high = second.count
            end = second.end
            sizes[0].range = index..<end
        }
        // A list: "2B, 9B, and 27B parameters".
        var lists = end
        while high == nil {
            var next = lists
            while next < tokens.count, next - lists < 2, isListMark(next) { next += 1 }
            guard next > lists, let member = size(at: next) else { break }
            sizes.append((member.count, next..<member.end))
            lists = member.end
        }
        if sizes.count > 1 { end = lists }
        guard let form = form(of: sizes, suffix: first.suffix, start: index, end: end) else { return end }
        let bound = SizeText.bound(before: index, in: document)
        for size in sizes {
            add(
                SizeMention(
                    form: form,
                    parameters: size.count,
                    parametersHigh: high,
                    bound: bound,
                    tokens: size.range,
                    name: form == .named ? nameBefore(index).map { name(from: $0, to: index, size.range) } : nil
                )
            )
        }
        if form == .named, let start = nameBefore(index) {
            mentions[mentions.count - sizes.count].tokens = start..<sizes[0].range.upperBound
            return readMembers(behind: end, stem: document.string(start..<index))
        }
        return end
    }

    /// A name with its size: "Fox 2 7B", and "Fox 2 13B" for the second size of "Fox 2 7B and 13B".
    private func name(from start: Int, to first: Int, _ size: Range<Int>) -> String {
        guard size.lowerBound > first else { return document.string(start..<size.upperBound) }
        return document.string(start..<first) + " " + document.string(size)
    }

    /// How far behind a size the word for what it counts may stand.
    private static let reach = 5

    private func form(
        of sizes: [(count: Int, range: Range<Int>)],
        suffix: UInt8?,
        start: Int,
        end: Int
    ) -> SizeMention.Form? {
        let isMillion = suffix.map { ByteClass.lowered($0) == UInt8(ascii: "m") } ?? false
        let isBillion = suffix.map { ByteClass.lowered($0) == UInt8(ascii: "b") } ?? (sizes[0].count >= 1_000_000_000)
        if isCounted(behind: end) { return .counted }
        guard suffix != nil else { return nil }
        if SizeText.isOfTokens(behind: end, in: document) { return nil }
        if isBillion, nameBefore(start) != nil { return .named }
        let lastWord = tokens[end - 1]
        if lastWord.shape.contains(.hasHyphen) {
            let text = document.string(end - 1).lowercased()
            if text.hasPrefix("b-a") || text.contains("-param") || text.contains("-scale") { return .bare }
        }
        guard isBillion || isMillion else { return nil }
        if isBillion, isOfScales(before: start, behind: end) { return .bare }
        // "(8B and 70B)", "7B model", "0.6B student"
        let isBracketed = start > 0 && tokens[start - 1].isMark("(") && end < tokens.count && tokens[end].isMark(")")
        if isBracketed, isBillion || hasCountedSize && nameBefore(start - 1) != nil { return .bare }
        if isBillion, end < tokens.count && tokens[end].isMark("-") { return .bare }
        for index in end..<min(tokens.count, end + 4) {
            if tokens[index].has(.sizedThing), isBillion || index > end || tokens[index].shape.contains(.isGlued) {
                return .bare
            }
            if tokens[index].kind != .word || tokens[index].classes.contains(.function) { break }
        }
        return nil
    }

    /// Whether the words around say that sizes of models are listed: "at multiple scales: 2B and 9B", "7B and 13B scales".
    private func isOfScales(before start: Int, behind end: Int) -> Bool {
        if end < tokens.count, tokens[end].classes.contains(.scaleWord) { return true }
        return tokens[max(0, start - 5)..<start].contains { $0.classes.contains(.scaleWord) }
    }

    private func isCounted(behind end: Int) -> Bool {
        if tokens[end - 1].kind == .word, isCounting(end - 1) { return true }
        for index in end..<min(tokens.count, end + Self.reach) {
            let token = tokens[index]
            if token.classes.contains(.parameterWord) { return true }
            let isBetween = token.isMark("-") || token.kind == .word && !token.classes.contains(.function)
            if !isBetween || token.has(.magnitude) || SizeText.isOtherThing(token, index, document) { return false }
        }
        return false
    }

    /// A range whose ends share one suffix: "7-8B".
    private mutating func readSharedSuffix(at index: Int) -> Int? {
        guard index + 2 < tokens.count, tokens[index + 1].isMark("-"), tokens[index + 1].shape.contains(.isGlued),
            tokens[index + 2].shape.contains(.isGlued), let second = size(at: index + 2), let suffix = second.suffix,
            let power = SizeText.exponent(of: suffix),
            let first = SizeText.scaled(document.text.bytes[tokens[index].range], exponent: power)
        else { return nil }
        // "Wan 2.1-1.3B": a version, then the size.
        if let start = nameBefore(index), first >= second.count || tokens[index].shape.contains(.hasPoint) {
            let range = start..<second.end
            add(
                SizeMention(form: .named, parameters: second.count, tokens: range, name: document.string(range))
            )
            return second.end
        }
        let sizes = [(count: first, range: index..<second.end)]
        guard first < second.count, let form = form(of: sizes, suffix: suffix, start: index, end: second.end) else {
            return second.end
        }
        add(
            SizeMention(
                form: form == .named ? .bare : form,
                parameters: first,
                parametersHigh: second.count,
                bound: SizeText.bound(before: index, in: document),
                tokens: index..<second.end
            )
        )
        return second.end
    }

    /// A plain number of parameters: "1,234 parameters".
    private mutating func readPlainCount(at index: Int) -> Int {
        var next = index + 1
        let isLetter = next < tokens.count && tokens[next].shape.contains(.isGlued) && tokens[next].kind == .word
        if isLetter { return next }
        if next < tokens.count, document.isWord(next, "trainable") || document.isWord(next, "learnable") { next += 1 }
        guard next < tokens.count, tokens[next].classes.contains(.parameterWord), !document.isWord(next, "parameter"),
            let count = SizeText.scaled(document.text.bytes[tokens[index].range], exponent: 0), count >= 100
        else { return index + 1 }
        add(
            SizeMention(
                form: .counted,
                parameters: count,
                bound: SizeText.bound(before: index, in: document),
                tokens: index..<(index + 1)
            )
        )
        return next
    }

    /// A mixture of experts: "Mixtral 8x7B" counts 56B.
    private mutating func readMixture(at index: Int) -> Int? {
        guard index + 1 < tokens.count, tokens[index + 1].shape.contains(.isGlued),
            let each = SizeText.mixture(document.text.bytes, tokens[index + 1].range),
            let experts = SizeText.scaled(document.text.bytes[tokens[index].range], exponent: 0),
            experts <= SizeText.mostExperts
        else { return nil }
        let start = nameBefore(index) ?? index
        let (total, isTooBig) = experts.multipliedReportingOverflow(by: each)
        guard !isTooBig else { return nil }
        add(
            SizeMention(
                form: .named,
                parameters: total,
                tokens: start..<(index + 2),
                name: document.string(start..<(index + 2))
            )
        )
        return index + 2
    }

    /// Where the name starts that a size ends, a version number perhaps between ("Llama 3.1 8B").
    private func nameBefore(_ index: Int) -> Int? {
        guard index > 0 else { return nil }
        var start = index - 1
        let version = tokens[start]
        let isVersion =
            version.kind == .number || version.kind == .word && version.shape.contains(.hasDigit)
            || SizeText.isEdition(start, in: document)
        if isVersion, start > 0, tokens[start - 1].kind == .word, tokens[start - 1].shape.contains(.startsUpper),
            !tokens[start - 1].classes.contains(.function)
        {
            start -= 1
        }
        let name = tokens[start]
        let isName =
            name.kind == .word
            && (name.shape.contains(.startsUpper) || name.shape.contains(.innerUpper) || name.shape.contains(.hasDigit))
            && !name.has(.sizedThing) && !name.classes.contains(.function)
            && !(name.shape.contains(.startsSentence) && !name.shape.contains(.innerUpper)
                && !name.shape.contains(.hasDigit))
        return isName ? start : nil
    }
}
