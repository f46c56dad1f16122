extension NormalisedText {
    /// Reads a character outside ASCII.
    ///
    /// - Returns: where the next character starts.
    mutating func readScalar(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        let (scalar, length) = Self.decode(source, at: position)
        let end = position + length
        switch scalar {
        case 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: emitSpace(from: position, to: end)
        // Marks that do not show: soft hyphen, zero-width space and joiners, direction marks, byte order mark.
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF: break
        case 0x2018, 0x2019, 0x201A, 0x02BC, 0x2032, 0xB4: emit(UInt8(ascii: "'"), from: position, to: end)
        case 0x201C...0x201E, 0x2033, 0xAB, 0xBB: emit(UInt8(ascii: "\""), from: position, to: end)
        case 0xD7, 0x2715, 0x2A2F: emit(UInt8(ascii: "x"), from: position, to: end)
        case 0xB5, 0x03BC: emit(UInt8(ascii: "u"), from: position, to: end)
        case 0xB1: emit("+-", from: position, to: end)
        case 0x2010, 0x2011, 0x2212, 0xFE63: emit(UInt8(ascii: "-"), from: position, to: end)
        case 0x2012, 0x2013: readEnDash(source, from: position, to: end)
        case 0x2014, 0x2015: emitDash(source, from: position, to: end, isLong: true)
        case 0x223C, 0x2248, 0x2243, 0x02DC, 0xFF5E: emit(UInt8(ascii: "~"), from: position, to: end)
        case 0x2264, 0x2A7D: emit("<=", from: position, to: end)
        case 0x2265, 0x2A7E: emit(">=", from: position, to: end)
        case 0x2192, 0x21D2: emit("->", from: position, to: end)
        case 0x2026: emit("...", from: position, to: end)
        case 0x2022, 0xB7, 0x22C5: emit(UInt8(ascii: ";"), from: position, to: end)
        case 0xFB00: emit("ff", from: position, to: end)
        case 0xFB01: emit("fi", from: position, to: end)
        case 0xFB02: emit("fl", from: position, to: end)
        case 0xFB03: emit("ffi", from: position, to: end)
        case 0xFB04: emit("ffl", from: position, to: end)
        case 0x2070, 0x2074...0x2079: emitRaised(UInt8(truncatingIfNeeded: scalar - 0x2070), from: position, to: end)
        case 0xB2, 0xB3: emitRaised(UInt8(truncatingIfNeeded: scalar - 0xB0), from: position, to: end)
        case 0xB9: emitRaised(1, from: position, to: end)
        case 0x207B: emit("^-", from: position, to: end)
        case 0x2080...0x2089: emit(48 + UInt8(truncatingIfNeeded: scalar - 0x2080), from: position, to: end)
        case 0xFF01...0xFF5D: emit(UInt8(truncatingIfNeeded: scalar - 0xFEE0), from: position, to: end)
        case 0x1D7CE...0x1D7FF: emit(48 + UInt8((scalar - 0x1D7CE) % 10), from: position, to: end)
        case 0x1D400...0x1D6A3:
            let letter = UInt8((scalar - 0x1D400) % 52)
            emit(letter < 26 ? 65 + letter : 97 + letter - 26, from: position, to: end)
        case 0xFFFD where length == 1: emit("\u{FFFD}", from: position, to: end)
        default: emitOther(source, scalar: scalar, from: position, to: end)
        }
        return end
    }

    /// An en dash is a hyphen within a word or number, else it parts clauses.
    private mutating func readEnDash(_ source: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) {
        let isAfterWord = bytes.last.map { ByteClass.isWord($0) || $0 == UInt8(ascii: "%") } ?? false
        if isAfterWord, end < source.count, ByteClass.isWord(source[end]) {
            emit(UInt8(ascii: "-"), from: start, to: end)
        } else {
            emitDash(source, from: start, to: end, isLong: false)
        }
    }

    /// A raised digit is an exponent: `10²` is `10^2`, `10⁻³` is `10^-3`.
    private mutating func emitRaised(_ digit: UInt8, from start: Int, to end: Int) {
        let isGoingOn = bytes.count >= 2 && bytes[bytes.count - 2] == UInt8(ascii: "^")
        if !isGoingOn { emit(UInt8(ascii: "^"), from: start, to: end) }
        emit(48 + digit, from: start, to: end)
    }

    private mutating func emitOther(_ source: UnsafeBufferPointer<UInt8>, scalar: UInt32, from start: Int, to end: Int)
    {
        // Digits of other scripts read as ASCII digits. None stands below the Arabic ones.
        if scalar >= 0x0660, let known = Unicode.Scalar(scalar), known.properties.generalCategory == .decimalNumber,
            let digit = known.properties.numericValue
        {
            emit(48 + UInt8(digit), from: start, to: end)
            return
        }
        for index in start..<end { emit(source[index], from: start, to: end) }
    }

    /// Decodes the character at a position.
    ///
    /// - Returns: its scalar and length in bytes; U+FFFD and 1 for a byte that starts no valid character.
    static func decode(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> (scalar: UInt32, length: Int) {
        let first = source[position]
        let length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
        guard length > 0, position + length <= source.count else { return (0xFFFD, 1) }
        if length == 1 { return (UInt32(first), 1) }
        var scalar = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for index in (position + 1)..<(position + length) {
            guard source[index] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            scalar = scalar << 6 | UInt32(source[index] & 0x3F)
        }
        let isShortest = length == 2 || (length == 3 ? scalar >= 0x800 : scalar >= 0x10000)
        guard isShortest, Unicode.Scalar(scalar) != nil else { return (0xFFFD, 1) }
        return (scalar, length)
    }

    // MARK: HTML entities

    /// The longest entity known, `&` and `;` included.
    private static let longestEntity = 9

    /// Reads an HTML entity, or the ampersand itself.
    mutating func readEntity(_ source: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        let limit = min(source.count, position + Self.longestEntity)
        guard let close = source[(position + 1)..<limit].firstIndex(of: UInt8(ascii: ";")) else {
            emit(UInt8(ascii: "&"), from: position, to: position + 1)
            return position + 1
        }
        let end = close + 1
        switch String(decoding: source[(position + 1)..<close], as: UTF8.self) {
        case "amp": emit(UInt8(ascii: "&"), from: position, to: end)
        case "lt": emit(UInt8(ascii: "<"), from: position, to: end)
        case "gt": emit(UInt8(ascii: ">"), from: position, to: end)
        case "quot", "ldquo", "rdquo", "#34": emit(UInt8(ascii: "\""), from: position, to: end)
        case "apos", "lsquo", "rsquo", "#39", "#x27": emit(UInt8(ascii: "'"), from: position, to: end)
        case "nbsp", "thinsp", "ensp", "emsp", "#160": emitSpace(from: position, to: end)
        case "times", "#215": emit(UInt8(ascii: "x"), from: position, to: end)
        case "percnt", "#37": emit(UInt8(ascii: "%"), from: position, to: end)
        case "plusmn": emit("+-", from: position, to: end)
        case "le": emit("<=", from: position, to: end)
        case "ge": emit(">=", from: position, to: end)
        case "ndash", "#8211": readEnDash(source, from: position, to: end)
        case "mdash", "#8212": emitDash(source, from: position, to: end, isLong: true)
        default:
            emit(UInt8(ascii: "&"), from: position, to: position + 1)
            return position + 1
        }
        return end
    }
}
