import HTTPTypes
import Hummingbird

/// What one cached answer is an answer to: path, query, representation, encoding.
///
/// Spellings that ask for the same are one key as far as that is cheap to see: the order of parameters plays no part, nor
/// does how a client words what it accepts.
struct AnswerKey: Hashable, Sendable {
    /// Path, sorted query and representation.
    let text: String
    /// Whether the body is compressed.
    let isCompressed: Bool

    /// Makes the key of a request.
    ///
    /// - Parameters:
    ///   - request: what was asked for.
    ///   - form: the representation chosen for it.
    init(_ request: Request, as form: MediaTypeName) {
        var text = request.uri.path
        if let query = request.uri.query, !query.isEmpty {
            text += "?"
            text +=
                query.utf8.contains(UInt8(ascii: "&"))
                ? query.split(separator: "&").sorted().joined(separator: "&") : query
        }
        text += "\n"
        text += form.rawValue
        self.text = text
        self.isCompressed = Compression.accepts(request.headers[.acceptEncoding])
    }

    /// A number that stays the same in every process of this program, unlike hash values.
    ///
    /// The contract is part of it: answers of another shape come with another contract.
    func fingerprint(baseURL: String) -> UInt64 {
        var hash = Self.contractHash
        hash.add(text.utf8)
        hash.add(baseURL.utf8)
        return hash.value
    }

    private static let contractHash: StableHash = {
        var hash = StableHash()
        hash.add(ContractRoutes.contract)
        return hash
    }()
}

/// FNV-1a of 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): for telling apart, not for safety.
private struct StableHash: Sendable {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
}
