/// A part of what a feature is about: the hash that reading needs, and what to print while recording.
struct NameFeatureValue {
    /// How the value is printed, never with a space in it.
    enum Text {
        case none
        case text(StaticString)
        case digit(UInt8)
        /// Some bytes of the text, in lower case.
        case bytes(Range<Int>)
        /// How some bytes of the text are written: ``NameFeatureValue/shape(_:in:)``.
        case shape(Range<Int>)
    }

    /// The hash of the printed value; 0 for none.
    let hash: UInt64
    let text: Text

    static let none = NameFeatureValue(hash: 0, text: .none)

    static func text(_ text: StaticString) -> NameFeatureValue {
        NameFeatureValue(hash: hash(text), text: .text(text))
    }

    /// 0 to 9.
    static func digit(_ digit: Int) -> NameFeatureValue {
        let sign = UInt8(ascii: "0") + UInt8(clamping: max(0, min(9, digit)))
        return NameFeatureValue(hash: Lexicon.hash(Lexicon.hashStart, adding: sign), text: .digit(sign))
    }

    /// Some bytes of a text, in lower case.
    static func bytes(_ range: Range<Int>, in bytes: [UInt8]) -> NameFeatureValue {
        NameFeatureValue(hash: hash(range, in: bytes), text: .bytes(range))
    }

    /// How some bytes of a text are written: `A` for capitals, `a` for letters, `9` for digits, `-` for marks; runs as one.
    static func shape(_ range: Range<Int>, in bytes: [UInt8]) -> NameFeatureValue {
        var last: UInt8 = 0
        var hash = Lexicon.hashStart
        for index in range {
            let sign = sign(of: bytes[index])
            if sign != last { hash = Lexicon.hash(hash, adding: sign) }
            last = sign
        }
        return NameFeatureValue(hash: hash, text: .shape(range))
    }

    /// The hash of a text.
    static func hash(_ text: StaticString) -> UInt64 {
        var hash = Lexicon.hashStart
        // SAFETY: a static string's bytes live forever, utf8CodeUnitCount of them.
        for index in 0..<text.utf8CodeUnitCount { hash = Lexicon.hash(hash, adding: text.utf8Start[index]) }
        return hash
    }

    /// The hash of some bytes of a text, in lower case.
    static func hash(_ range: Range<Int>, in bytes: [UInt8]) -> UInt64 {
        var hash = Lexicon.hashStart
        for index in range { hash = Lexicon.hash(hash, adding: ByteClass.lowered(bytes[index])) }
        return hash
    }

    // MARK: Ids

    /// The id of a feature that starts with a hash and goes on with this value.
    @inline(__always) func mixed(into start: UInt64) -> UInt64 {
        hash == 0 ? start : Self.mix(start, hash)
    }

    /// The id of a feature by its name: the template, `=`, and its values with a space behind each.
    static func id(of name: Substring) -> UInt64 {
        let (template, values) =
            name.firstIndex(of: "=").map { (name[...$0], name[name.index(after: $0)...]) } ?? (name, "")
        let start = template.utf8.reduce(Lexicon.hashStart) { Lexicon.hash($0, adding: $1) }
        return values.split(separator: " ").reduce(start) { id, value in
            mix(id, value.utf8.reduce(Lexicon.hashStart) { Lexicon.hash($0, adding: $1) })
        }
    }

    @inline(__always) private static func mix(_ id: UInt64, _ hash: UInt64) -> UInt64 {
        let mixed = (id ^ hash) &* 0x9E37_79B9_7F4A_7C15
        return mixed ^ mixed >> 29
    }

    // MARK: Printing

    /// The value as text, with a space behind it.
    ///
    /// - Parameter bytes: the text that it is of.
    /// - Returns: nothing for ``none``.
    func printed(_ bytes: [UInt8]) -> String {
        switch text {
        case .none: return ""
        case .text(let text): return text.description + " "
        case .digit(let sign): return String(decoding: [sign], as: UTF8.self) + " "
        case .bytes(let range): return String(decoding: bytes[range].map(ByteClass.lowered), as: UTF8.self) + " "
        case .shape(let range):
            let signs = bytes[range].map(Self.sign(of:))
            let runs = signs.indices.filter { $0 == 0 || signs[$0] != signs[$0 - 1] }.map { signs[$0] }
            return String(decoding: runs, as: UTF8.self) + " "
        }
    }

    @inline(__always) private static func sign(of byte: UInt8) -> UInt8 {
        if ByteClass.isUpper(byte) { return UInt8(ascii: "A") }
        if ByteClass.isLetter(byte) { return UInt8(ascii: "a") }
        return ByteClass.isDigit(byte) ? UInt8(ascii: "9") : UInt8(ascii: "-")
    }
}
