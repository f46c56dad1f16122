extension [UInt8] {
    /// Appends a text as it stands between the quotation marks of a JSON string.
    mutating func append(jsonEscaped text: some StringProtocol, _ escaping: JSONWriter.Escaping) {
        let isWritten = text.utf8.withContiguousStorageIfAvailable { utf8 in
            append(jsonEscaped: UnsafeRawBufferPointer(utf8), escaping)
            return true
        }
        if isWritten == nil { Array(text.utf8).withUnsafeBytes { append(jsonEscaped: $0, escaping) } }
    }

    /// Appends UTF-8 as it stands between the quotation marks of a JSON string.
    ///
    /// Copies runs that need no escape as they are, and escapes what stands between them.
    mutating func append(jsonEscaped text: UnsafeRawBufferPointer, _ escaping: JSONWriter.Escaping) {
        var start = 0
        while start < text.count {
            let end = text.firstToEscape(from: start, escaping)
            if end > start { append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start..<end])) }
            guard end < text.count else { return }
            start = end + appendEscaped(text, at: end)
        }
    }

    /// - Returns: how many bytes of the text were written.
    private mutating func appendEscaped(_ text: UnsafeRawBufferPointer, at index: Int) -> Int {
        let byte = text[index]
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            append(UInt8(ascii: "\\"))
            append(byte)
        case 0x08: append(contentsOf: "\\b".utf8)
        case 0x09: append(contentsOf: "\\t".utf8)
        case 0x0A: append(contentsOf: "\\n".utf8)
        case 0x0C: append(contentsOf: "\\f".utf8)
        case 0x0D: append(contentsOf: "\\r".utf8)
        case 0xE2:
            guard index + 2 < text.count, text[index + 1] == 0x80, text[index + 2] | 1 == 0xA9 else {
                append(byte)
                return 1
            }
            append(contentsOf: text[index + 2] == 0xA8 ? "\\u2028".utf8 : "\\u2029".utf8)
            return 3
        default:
            append(contentsOf: "\\u00".utf8)
            append(hexDigit: byte >> 4)
            append(hexDigit: byte & 15)
        }
        return 1
    }
}

extension UnsafeRawBufferPointer {
    /// The first byte that may have to be escaped, or the end.
    ///
    /// Looks at eight bytes at once where it can.
    fileprivate func firstToEscape(from start: Int, _ escaping: JSONWriter.Escaping) -> Int {
        var index = start
        while index + 8 <= count {
            let word = UInt64(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt64.self))
            var hits = word.bytes(below: 0x20) | word.bytes(equalTo: 0x22) | word.bytes(equalTo: 0x5C)
            if escaping == .script { hits |= word.bytes(equalTo: 0x3C) | word.bytes(equalTo: 0xE2) }
            if hits != 0 { return index + hits.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            switch self[index] {
            case ..<0x20, 0x22, 0x5C: return index
            case 0x3C, 0xE2: if escaping == .script { return index }
            default: break
            }
            index += 1
        }
        return count
    }
}

extension UInt64 {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Marks the lowest of its bytes that is below the limit with that byte's high bit; marks above it mean nothing.
    /// (Sean Anderson's [hasless](https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord).)
    fileprivate func bytes(below limit: UInt64) -> UInt64 { (self &- Self.ones &* limit) & ~self & Self.highBits }

    /// Marks the lowest of its bytes that is equal to the value; marks above it mean nothing.
    fileprivate func bytes(equalTo value: UInt64) -> UInt64 { (self ^ Self.ones &* value).bytes(below: 1) }
}
