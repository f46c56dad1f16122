import Claims

/// What single words and bytes say about sizes.
enum SizeText {
    /// The power of ten of `B`, `M`, `K`, `T` and their small forms.
    static func exponent(of suffix: UInt8) -> Int? {
        switch suffix {
        case UInt8(ascii: "K"), UInt8(ascii: "k"): 3
        case UInt8(ascii: "M"), UInt8(ascii: "m"): 6
        case UInt8(ascii: "B"), UInt8(ascii: "b"): 9
        case UInt8(ascii: "T"): 12
        default: nil
        }
    }

    /// A decimal times a power of ten, as a whole number.
    ///
    /// - Returns: `nil` where it is no whole number or does not fit.
    static func scaled(_ decimal: ArraySlice<UInt8>, exponent: Int) -> Int? {
        var value = 0
        var places: Int?
        for byte in decimal where byte != UInt8(ascii: ",") {
            if byte == UInt8(ascii: ".") {
                places = 0
                continue
            }
            let (product, isTooBig) = value.multipliedReportingOverflow(by: 10)
            guard !isTooBig, ByteClass.isDigit(byte) else { return nil }
            let (sum, isOver) = product.addingReportingOverflow(Int(byte - 48))
            guard !isOver else { return nil }
            value = sum
            places = places.map { $0 + 1 }
        }
        var rest = exponent - (places ?? 0)
        while rest < 0 {
            guard value % 10 == 0 else { return nil }
            value /= 10
            rest += 1
        }
        for _ in 0..<rest {
            let (product, isTooBig) = value.multipliedReportingOverflow(by: 10)
            guard !isTooBig else { return nil }
            value = product
        }
        return value
    }

    /// The size in a name: a hyphenated part that is a decimal and `B`, or `M` where letters stand before it
    /// (`Pythia-70M`; not `-2507`, `A22B`).
    static func inName(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        var start = range.lowerBound
        for index in range.lowerBound...range.upperBound {
            let isEnd = index == range.upperBound
            guard isEnd || bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "_") else { continue }
            let part = bytes[start..<index]
            if start > range.lowerBound, let suffix = part.last, let power = exponent(of: suffix),
                power == 6 || power == 9,
                part.count >= 2, part.dropLast().allSatisfy({ ByteClass.isDigit($0) || $0 == UInt8(ascii: ".") }),
                let size = scaled(part.dropLast(), exponent: power)
            {
                return size
            }
            if start > range.lowerBound, let size = experts(part) { return size }
            start = index + 1
        }
        return nil
    }

    /// The size of a mixture of experts, as a part of a name: `8x7B` of `Mixtral-8x7B`.
    private static func experts(_ part: ArraySlice<UInt8>) -> Int? {
        guard let cross = part.firstIndex(where: { ByteClass.lowered($0) == UInt8(ascii: "x") }),
            let count = scaled(part[..<cross], exponent: 0), (1...mostExperts).contains(count),
            let suffix = part.last, exponent(of: suffix) == 9,
            let each = scaled(part[(cross + 1)...].dropLast(), exponent: 9), each > 0
        else { return nil }
        let (total, isTooBig) = count.multipliedReportingOverflow(by: each)
        return isTooBig ? nil : total
    }

    /// The most experts that a mixture's name states.
    static let mostExperts = 1_000

    /// The power of ten of `billion-parameter` and its like.
    static func hyphenatedMagnitude(_ word: ArraySlice<UInt8>) -> Int? {
        if word.starts(with: "billion-param".utf8) { return 9 }
        return word.starts(with: "million-param".utf8) ? 6 : nil
    }

    /// What stands before the size in a name: `Qwen3` of `Qwen3-1.7B`.
    static func stem(of name: String) -> String? {
        guard let last = name.last, "bBmM".contains(last), let hyphen = name.lastIndex(of: "-") else { return nil }
        return String(name[..<hyphen])
    }

    /// The size of one expert in `x7B`.
    static func mixture(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        let text = bytes[range]
        guard text.count >= 3, ByteClass.lowered(text[range.lowerBound]) == UInt8(ascii: "x") else { return nil }
        var end = range.lowerBound + 1
        while end < range.upperBound, ByteClass.isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
        guard end > range.lowerBound + 1, end < range.upperBound, let power = exponent(of: bytes[end]), power >= 6,
            end + 1 == range.upperBound || bytes[end + 1] == UInt8(ascii: "-")
        else { return nil }
        return scaled(bytes[(range.lowerBound + 1)..<end], exponent: power)
    }

    /// Whether a word behind a size says that it counts something else.
    static func isOtherThing(_ token: Token, _ index: Int, _ document: Document) -> Bool {
        [
            "less", "fewer", "more", "additional", "extra", "token", "tokens", "images", "samples", "pairs", "examples",
            "hours", "steps", "sentences", "words", "flops",
        ]
        .contains(document.string(index).lowercased())
    }

    /// Whether tokens, pairs or the like are counted: "7B tokens", "300M image-text pairs".
    static func isOfTokens(behind end: Int, in document: Document) -> Bool {
        for index in end..<min(document.tokens.count, end + 3) where document.tokens[index].kind == .word {
            if isOtherThing(document.tokens[index], index, document) { return true }
        }
        return false
    }

    /// `v2`, `Nemo`, `Large`: an edition between a family's name and its size.
    static func isEdition(_ index: Int, in document: Document) -> Bool {
        let token = document.tokens[index]
        return token.kind == .word && token.shape.contains(.startsUpper) && !token.classes.contains(.function)
            && !token.shape.contains(.startsSentence)
    }

    /// How a size is bounded by the words before it.
    static func bound(before index: Int, in document: Document) -> Bound {
        for back in 1...3 where index - back >= 0 {
            let place = index - back
            let token = document.tokens[place]
            if token.isMark("<") || document.isWord(place, "under") || document.isWord(place, "below") { return .below }
            if token.isMark("~") || document.isWord(place, "about") || document.isWord(place, "approximately")
                || document.isWord(place, "around") || document.isWord(place, "roughly")
                || document.isWord(place, "nearly")
            {
                return .about
            }
            if token.isMark(">") || document.isWord(place, "over") { return .atLeast }
            if document.isWord(place, "than"), place > 0 {
                if document.isWord(place - 1, "less") || document.isWord(place - 1, "fewer") { return .below }
                if document.isWord(place - 1, "more") { return .atLeast }
            }
            if document.isWord(place, "to"), place > 0, document.isWord(place - 1, "up") { return .upTo }
            if token.kind == .mark { break }
        }
        return .exact
    }
}
