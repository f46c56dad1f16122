import Formats
import Foundation
import JWTKit
import Logging
import Registry

/// What an assertion says, once it is known to be the issuer's.
struct Assertion: Sendable, Hashable {
    /// Whom it vouches for.
    var identity: AssertedIdentity
    /// Until when, in seconds since 1970.
    var expiresAt: Int64
}

/// Checks the assertions of an OpenID issuer: JSON Web Tokens (RFC 7519) in their compact form, signed by one of its keys.
struct OpenIDIssuer: Sendable {
    private let configuration: OpenIDConfiguration
    private let keys: IssuerKeys

    init(_ configuration: OpenIDConfiguration, logger: Logger) {
        self.configuration = configuration
        self.keys = IssuerKeys(configuration, logger: logger)
    }

    /// The role of a new account for which no assertion tells one.
    var newRole: Role { configuration.defaultRole ?? .contributor }

    /// Checks an assertion.
    ///
    /// - Parameters:
    ///   - text: what a client has sent.
    ///   - now: the time, in seconds since 1970.
    /// - Returns: `nil` where it is none that lets anyone in: malformed, of another issuer or audience, of a key or an
    ///   algorithm that is not taken, not yet or no longer valid, or without a role.
    /// - Throws: `RegistryError` (unavailable) where the issuer's keys cannot be had.
    func check(_ text: String, now: Int64 = Int64(Date().timeIntervalSince1970)) async throws -> Assertion? {
        guard text.utf8.count <= Self.maximumBytes, let parts = SignedText(text),
            let algorithm = parts.header["alg"]?.text, configuration.algorithms.contains(algorithm),
            // A header that says what has to be understood (RFC 7515, section 4.1.11): nothing of the kind is.
            parts.header["crit"] == nil
        else { return nil }
        guard let key = try await keys.key(parts.header["kid"]?.text, algorithm: algorithm),
            (try? key.verify(parts.signature, signs: parts.signed)) == true
        else { return nil }
        return assertion(in: parts.claims, now: now)
    }

    /// Reads the claims; `nil` where they let nobody in.
    private func assertion(in claims: JSONNode, now: Int64) -> Assertion? {
        guard claims["iss"]?.text == configuration.issuer,
            claims["aud"]?.texts.contains(configuration.audience) == true,
            let subject = claims["sub"]?.text, (1...255).contains(subject.utf8.count), !subject.utf8.contains(0),
            let expiresAt = claims["exp"]?.seconds, expiresAt > now - configuration.leeway,
            claims["nbf"] == nil || (claims["nbf"]?.seconds).map({ $0 <= now + configuration.leeway }) == true,
            claims["iat"] == nil || (claims["iat"]?.seconds).map({ $0 <= now + configuration.leeway }) == true
        else { return nil }
        var role: Role?
        if let claim = configuration.roleClaim {
            let told = claims.claim(claim)?.texts.compactMap { configuration.roles[$0] } ?? []
            role = Role.allCases.last(where: told.contains) ?? configuration.defaultRole
            // Without a time of its own an old assertion could undo what a newer one told.
            guard role != nil, claims["iat"]?.seconds != nil else { return nil }
        }
        let identity = AssertedIdentity(
            issuer: configuration.issuer,
            subject: subject,
            role: role,
            issuedAt: claims["iat"]?.seconds ?? now,
            preferredName: claims["preferred_username"]?.text
        )
        return Assertion(identity: identity, expiresAt: expiresAt)
    }

    /// Longer than any that fits the limit of a header field.
    private static let maximumBytes = 16 * 1024
}

/// A JSON Web Signature in its compact form (RFC 7515, section 7.1), taken apart.
private struct SignedText {
    var header: JSONNode
    var claims: JSONNode
    /// What is signed: the first two parts with the dot between them.
    var signed: [UInt8]
    var signature: [UInt8]

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.decode(parts[0]), let claims = Self.decode(parts[1]),
            let signature = Self.decode(parts[2]), !signature.isEmpty,
            let headerNode = try? JSONParser.parse(header), let claimsNode = try? JSONParser.parse(claims)
        else { return nil }
        self.header = headerNode
        self.claims = claimsNode
        self.signed = Array(text.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))
        self.signature = signature
    }

    /// Bytes from base64url without padding.
    private static func decode(_ text: Substring) -> [UInt8]? {
        guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "=") })
        else {
            return nil
        }
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let base64 = String(text).replacing("-", with: "+").replacing("_", with: "/") + padding
        return Data(base64Encoded: base64).map { [UInt8]($0) }
    }
}

extension JSONNode {
    fileprivate var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A text, or all texts of an array.
    fileprivate var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let elements): elements.compactMap(\.text)
        default: []
        }
    }

    /// A time in whole seconds since 1970.
    fileprivate var seconds: Int64? {
        guard case .number(let digits) = self, let seconds = Double(digits), abs(seconds) < 1e15 else { return nil }
        return Int64(exactly: seconds.rounded(.down))
    }

    /// A claim by its name, or by a path of names with dots between them.
    fileprivate func claim(_ path: String) -> JSONNode? {
        if let claim = self[path] { return claim }
        return path.split(separator: ".").reduce(Optional(self)) { $0?[String($1)] }
    }
}
