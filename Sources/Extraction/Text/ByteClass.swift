/// What single bytes of UTF-8 are to the scanner.
///
/// Every byte of a non-ASCII character counts as a letter; the normaliser has turned those that are not into ASCII.
enum ByteClass {
    @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    @inline(__always) static func isUpper(_ byte: UInt8) -> Bool { byte &- 65 < 26 }

    @inline(__always) static func isLower(_ byte: UInt8) -> Bool { byte &- 97 < 26 }

    @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 || byte >= 0x80 }

    @inline(__always) static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

    /// ASCII letters in lower case, all else as it is.
    @inline(__always) static func lowered(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }
}
