internal import Crypto

extension [UInt8] {
    /// The bytes in lower-case hexadecimal.
    var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// SHA-256 of the bytes, in lower-case hexadecimal.
    var sha256: String { Array(SHA256.hash(data: self)).hexadecimal }
}
