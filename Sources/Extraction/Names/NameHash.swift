/// Names compared by hash: without regard to case and punctuation, or as printed.
enum NameHash {
    /// Whether a byte counts when names are compared: letters, digits and `+`.
    @inline(__always) static func counts(_ byte: UInt8) -> Bool {
        ByteClass.isWord(byte) || byte == UInt8(ascii: "+")
    }

    /// Adds some bytes of a text to a key.
    @inline(__always) static func extend(_ hash: UInt64, _ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
        var hash = hash
        for index in range where counts(bytes[index]) {
            hash = Lexicon.hash(hash, adding: ByteClass.lowered(bytes[index]))
        }
        return hash
    }

    /// The key of a name: the same for `GSM8K`, `GSM-8k` and `gsm 8k`.
    ///
    /// - Returns: `nil` where nothing in the name counts.
    static func key(_ bytes: [UInt8]) -> UInt64? {
        bytes.contains(where: counts) ? extend(Lexicon.hashStart, bytes, bytes.indices) : nil
    }

    /// The key of the name that some tokens print.
    static func key(_ document: Document, _ tokens: Range<Int>) -> UInt64 {
        tokens.reduce(Lexicon.hashStart) { extend($0, document.text.bytes, document.tokens[$1].range) }
    }

    /// The hash of the digits that some tokens print.
    static func digits(_ document: Document, _ tokens: Range<Int>, from start: UInt64) -> UInt64 {
        var hash = start
        for token in tokens {
            for index in document.tokens[token].range where ByteClass.isDigit(document.text.bytes[index]) {
                hash = Lexicon.hash(hash, adding: document.text.bytes[index])
            }
        }
        return hash
    }

    /// The hash of bytes as they are.
    static func printed(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
        var hash = Lexicon.hashStart
        for index in range { hash = Lexicon.hash(hash, adding: bytes[index]) }
        return hash
    }
}

extension Token.Shape {
    /// Whether a word is written as names are: with a capital or a digit in it.
    @inline(__always) var isNameLike: Bool { !isDisjoint(with: [.startsUpper, .innerUpper, .hasDigit]) }
}
