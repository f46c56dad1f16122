internal import Crypto

/// The secret of a token, as its holder keeps it: `cb_`, 32 random characters, 6 of a checksum.
///
/// The checksum tells a mistyped secret, and a text that only looks like one, without asking anyone; scanners for leaked
/// secrets need nothing but the form. Only ``hash`` is ever stored.
package struct TokenSecret: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The secret itself, to be shown once.
    package let text: String

    /// Makes a new one.
    package static func random() -> TokenSecret {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    /// Makes a new one from a source of random numbers, which has to be one that cannot be foretold.
    package static func random(using generator: inout some RandomNumberGenerator) -> TokenSecret {
        let random = (0..<randomLength).map { _ in alphabet[Int.random(in: 0..<62, using: &generator)] }
        let body = prefix + random
        return TokenSecret(text: String(decoding: body + checksum(of: body), as: UTF8.self))
    }

    /// Takes what a client has sent.
    ///
    /// - Returns: `nil` for a text of another form or with a wrong checksum.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == Self.length, bytes.starts(with: Self.prefix),
            bytes.dropFirst(Self.prefix.count).allSatisfy(Self.alphabet.contains),
            bytes.suffix(Self.checksumLength) == Self.checksum(of: bytes.dropLast(Self.checksumLength))[...]
        else { return nil }
        self.text = text
    }

    private init(text: String) {
        self.text = text
    }

    /// SHA-256 of the secret.
    ///
    /// No salt and no slow function: what is hashed has ``randomLength`` characters of 62, 190 bits, and nobody guesses
    /// those.
    package var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// What the secret begins with; nothing of it that is secret.
    package var description: String { "cb_…" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// How many characters a secret has.
    package static var length: Int { prefix.count + randomLength + checksumLength }
    /// Base62 digits that carry 190 bits.
    package static let randomLength = 32
    /// 62 to the power of 6 is above 2 to the power of 32.
    private static let checksumLength = 6
    private static let prefix = Array("cb_".utf8)
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// The CRC-32 (of ISO 3309, as in gzip) of the characters before, in base62, most significant digit first.
    private static func checksum(of bytes: some Sequence<UInt8>) -> [UInt8] {
        var remainder = ~UInt32(0)
        for byte in bytes {
            remainder ^= UInt32(byte)
            for _ in 0..<8 { remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1 }
        }
        var number = Int(~remainder)
        var digits: [UInt8] = []
        for _ in 0..<checksumLength {
            digits.append(alphabet[number % 62])
            number /= 62
        }
        return digits.reversed()
    }
}
