/// Splits a normalised text into tokens, in one pass over its bytes.
///
/// Words keep their hyphens, dots, apostrophes, underscores and `@` between letters and digits, and a trailing `+`
/// (`HumanEval+`). A slash parts words. A number at the start of a run is a token of its own: `8B` is `8` and a glued `B`,
/// `15-point` is `15`, `-`, `point`.
struct Tokenizer {
    // SAFETY: outlives the tokenizer, which lives within ``appendTokens(of:lexicon:to:)``.
    private let bytes: UnsafeBufferPointer<UInt8>
    private let lexicon: Lexicon

    /// Appends a normalised text's tokens.
    ///
    /// - Complexity: linear in the text.
    static func appendTokens(of bytes: [UInt8], lexicon: Lexicon, to tokens: inout [Token]) {
        bytes.withUnsafeBufferPointer { Tokenizer(bytes: $0, lexicon: lexicon).appendTokens(to: &tokens) }
    }

    private func appendTokens(to tokens: inout [Token]) {
        var position = 0
        var isGlued = false
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: " ") {
                position += 1
                isGlued = false
                continue
            }
            var token: Token
            if ByteClass.isDigit(byte) {
                token = number(at: position)
            } else if byte == 0xE2, isDash(at: position) {
                token = Token(start: Int32(position), end: Int32(position + 3), kind: .mark, shape: [], mark: 0xE2)
            } else if ByteClass.isLetter(byte) {
                token = url(at: position) ?? word(at: position)
            } else {
                token = mark(at: position)
            }
            if isGlued { token.shape.insert(.isGlued) }
            tokens.append(token)
            position = Int(token.end)
            isGlued = true
        }
    }

    /// Digits with thousands separators in groups of three and one decimal point.
    ///
    /// A dot ends the number where no digit follows. More than one dot (a version, a date) keeps them all, and is a
    /// word.
    private func number(at start: Int) -> Token {
        var end = start
        var points = 0
        while end < bytes.count {
            let byte = bytes[end]
            if ByteClass.isDigit(byte) {
                end += 1
            } else if byte == UInt8(ascii: "."), isDigit(end + 1) {
                points += 1
                end += 1
            } else if byte == UInt8(ascii: ","), points == 0, isGroup(end + 1) {
                end += 4
            } else {
                break
            }
        }
        var shape: Token.Shape = .hasDigit
        if points > 1 {
            return Token(start: Int32(start), end: Int32(end), kind: .word, shape: shape)
        }
        if points == 1 { shape.insert(.hasPoint) }
        var token = Token(start: Int32(start), end: Int32(end), kind: .number, shape: shape)
        // "F 1", "Recall @ 10": short numbers stand in phrases.
        if end - start <= 2 { token.word = word(of: start..<end) }
        return token
    }

    private func isDigit(_ position: Int) -> Bool { position < bytes.count && ByteClass.isDigit(bytes[position]) }

    /// Whether exactly three digits stand here.
    private func isGroup(_ position: Int) -> Bool {
        isDigit(position) && isDigit(position + 1) && isDigit(position + 2) && !isDigit(position + 3)
    }

    private func isDash(at position: Int) -> Bool {
        position + 2 < bytes.count && bytes[position + 1] == 0x80 && bytes[position + 2] == 0x94
    }

    private func word(at start: Int) -> Token {
        var end = start
        var shape: Token.Shape = []
        var uppers = 0
        var lowers = 0
        var isPartStart = true
        var hash = Lexicon.hashStart
        loop: while end < bytes.count {
            let byte = bytes[end]
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"):
                lowers += 1
                isPartStart = false
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                uppers += 1
                if end == start { shape.insert(.startsUpper) }
                if !isPartStart { shape.insert(.innerUpper) }
                isPartStart = false
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                shape.insert(.hasDigit)
                isPartStart = false
            case 0x80...:
                if byte == 0xE2, isDash(at: end) { break loop }
                shape.insert(.hasNonASCII)
                isPartStart = false
            case UInt8(ascii: "-"), UInt8(ascii: "_"):
                guard isWord(end + 1), !isBeforeBoundedNumber(start: start, hyphen: end),
                    !isFactorOfRange(start: start, hyphen: end)
                else { break loop }
                if byte == UInt8(ascii: "-") { shape.insert(.hasHyphen) }
                isPartStart = true
            case UInt8(ascii: "'"), UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "&"):
                guard isInner(byte, at: end) else { break loop }
                isPartStart = true
            case UInt8(ascii: "+"):
                // "HumanEval+", "C++"; not "A+B".
                var last = end
                while last + 1 < bytes.count, bytes[last + 1] == byte { last += 1 }
                guard last + 1 >= bytes.count || !isWord(last + 1) else { break loop }
                while end <= last {
                    hash = Lexicon.hash(hash, adding: byte)
                    end += 1
                }
                break loop
            default: break loop
            }
            hash = Lexicon.hash(hash, adding: ByteClass.lowered(byte))
            end += 1
        }
        if uppers >= 2 && lowers == 0 { shape.insert(.allUpper) }
        if lowers > 0 { shape.insert(.hasLower) }
        var token = Token(start: Int32(start), end: Int32(end), kind: .word, shape: shape)
        if let entry = lexicon.entry(hash: hash, bytes: bytes, range: start..<end) {
            token.word = entry.word
            token.classes = entry.classes
            if uppers >= 2, entry.classes.contains(.capitalMetric) { token.classes.formUnion(.of(.metric)) }
        }
        return token
    }

    /// The lexicon's number of what stands in some bytes.
    private func word(of range: Range<Int>) -> WordID {
        let hash = bytes[range].reduce(Lexicon.hashStart) { Lexicon.hash($0, adding: ByteClass.lowered($1)) }
        return lexicon.entry(hash: hash, bytes: bytes, range: range)?.word ?? .unknown
    }

    private func isWord(_ position: Int) -> Bool {
        position < bytes.count && ByteClass.isWord(bytes[position])
            && !(bytes[position] == 0xE2 && isDash(at: position))
    }

    /// "sub-400ms": the number is one of its own.
    private func isBeforeBoundedNumber(start: Int, hyphen: Int) -> Bool {
        hyphen - start == 3 && isDigit(hyphen + 1) && hasPrefix("sub", at: start)
    }

    /// "1.5x-2.7x": the second number is one of its own.
    private func isFactorOfRange(start: Int, hyphen: Int) -> Bool {
        hyphen - start == 1 && start > 0 && ByteClass.isDigit(bytes[start - 1]) && isDigit(hyphen + 1)
            && ByteClass.lowered(bytes[start]) == UInt8(ascii: "x")
    }

    /// Whether an apostrophe, dot, `@` or `&` belongs to the word around it.
    private func isInner(_ byte: UInt8, at position: Int) -> Bool {
        guard isWord(position + 1), position > 0 else { return false }
        let (before, after) = (bytes[position - 1], bytes[position + 1])
        switch byte {
        // "GPT-4.1", "v1.5", "e.g", "U.S"; not the end of a sentence that lacks its space ("work.We").
        case UInt8(ascii: "."):
            if ByteClass.isDigit(after) { return ByteClass.isWord(before) }
            let isInitial = position < 2 || !ByteClass.isWord(bytes[position - 2])
            return isInitial || ByteClass.isLower(after) && position + 2 < bytes.count && !hasSpaceSoon(position + 1)
        // The possessive is a token of its own: "GPT-5's", "Cityscapes'". "WMT'14" is one word.
        case UInt8(ascii: "'"):
            let isPossessive =
                after == UInt8(ascii: "s") && (position + 2 >= bytes.count || !ByteClass.isWord(bytes[position + 2]))
            return !isPossessive
        default: return true
        }
    }

    /// Whether a domain name or file ending stands here rather than a sentence's first word: no space within 4 bytes.
    private func hasSpaceSoon(_ position: Int) -> Bool {
        bytes[position..<min(bytes.count, position + 4)].contains(UInt8(ascii: " "))
    }

    private func url(at start: Int) -> Token? {
        guard startsURL(at: start) else { return nil }
        var end = start
        while end < bytes.count, bytes[end] > 0x20, !Self.endsURL(bytes[end]) { end += 1 }
        while end > start, Self.trailsURL(bytes[end - 1]) { end -= 1 }
        return Token(start: Int32(start), end: Int32(end), kind: .url, shape: [])
    }

    private func startsURL(at start: Int) -> Bool {
        switch ByteClass.lowered(bytes[start]) {
        case UInt8(ascii: "h"): return hasPrefix("http://", at: start) || hasPrefix("https://", at: start)
        case UInt8(ascii: "w"): return hasPrefix("www.", at: start)
        case UInt8(ascii: "g"): return hasPrefix("github.com/", at: start)
        default: return false
        }
    }

    private func hasPrefix(_ prefix: StaticString, at start: Int) -> Bool {
        guard start + prefix.utf8CodeUnitCount <= bytes.count else { return false }
        return prefix.withUTF8Buffer { expected in
            expected.indices.allSatisfy { ByteClass.lowered(bytes[start + $0]) == expected[$0] }
        }
    }

    private static func endsURL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "|"):
            true
        default: false
        }
    }

    private static func trailsURL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "'"),
            UInt8(ascii: "!"), UInt8(ascii: "?"):
            true
        default: false
        }
    }

    private func mark(at position: Int) -> Token {
        let byte = bytes[position]
        var length = 1
        if position + 1 < bytes.count {
            switch (byte, bytes[position + 1]) {
            case (UInt8(ascii: "<"), UInt8(ascii: "=")), (UInt8(ascii: ">"), UInt8(ascii: "=")),
                (UInt8(ascii: "-"), UInt8(ascii: ">")), (UInt8(ascii: "+"), UInt8(ascii: "-")):
                length = 2
            default: break
            }
        }
        var token = Token(start: Int32(position), end: Int32(position + length), kind: .mark, shape: [], mark: byte)
        // "frames / s", "Recall @ 10": these marks stand in phrases.
        if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "^") {
            token.word = word(of: position..<(position + length))
        }
        return token
    }
}
