internal import Crypto
internal import Formats

extension [UInt8] {
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    var sha256: String { Array(SHA256.hash(data: self)).hexadecimal }
}
