import Crypto

/// A secret that the operator has set, of which only the SHA-256 is kept.
package struct LocalToken: Sendable, Hashable {
    private let digest: [UInt8]

    /// Takes a token from the configuration.
    ///
    /// - Parameter secret: `cb_` and at least ``minimumLength`` further ASCII letters, digits, `-` or `_`.
    /// - Returns: `nil` for another form.
    package init?(secret: String) {
        guard Self.isWellFormed(secret) else { return nil }
        self.digest = Self.digest(of: secret)
    }

    /// Whether this is the token, found out in a time that does not depend on how much of it is right.
    func matches(_ secret: String) -> Bool {
        // Digests of equal length, every byte looked at: no early end that a clock could see.
        zip(digest, Self.digest(of: secret)).reduce(0) { $0 | $1.0 ^ $1.1 } == 0
    }

    /// The least number of characters after the prefix: 27 of 64 symbols carry 160 bits.
    package static let minimumLength = 27

    private static func isWellFormed(_ secret: String) -> Bool {
        guard secret.hasPrefix("cb_") else { return false }
        let rest = secret.utf8.dropFirst(3)
        return (minimumLength...200).contains(rest.count)
            && rest.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static func digest(of secret: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(secret.utf8)))
    }
}
