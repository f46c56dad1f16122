import Foundation
package import Registry

/// The OpenID issuer whose assertions (JSON Web Tokens) are taken, and what follows from them.
package struct OpenIDConfiguration: Sendable, Hashable {
    /// The issuer's identifier, which its assertions name as `iss`: an address.
    package var issuer: String
    /// Whom the assertions must be for (`aud`).
    package var audience: String
    /// Where the issuer's keys are; `nil` to ask its `/.well-known/openid-configuration`.
    package var keysURL: String?
    /// The claim that tells the role: a name, or names joined by dots for a claim within a claim; `nil` where roles are
    /// given out in the registry.
    package var roleClaim: String?
    /// The roles that values of the claim stand for.
    package var roles: [String: Role] = [:]
    /// The role of who has no such value; `nil` to let them not in.
    ///
    /// Without ``roleClaim``, the role of a new account.
    package var defaultRole: Role? = .contributor
    /// The signature algorithms that are taken: all those of RFC 7518 and RFC 8037 that use a public key.
    package var algorithms: Set<String> = [
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    ]
    /// How old keys may become before they are fetched anew.
    package var keyAge = Duration.seconds(3600)
    /// How long keys are used when the issuer cannot be reached.
    package var longestKeyAge = Duration.seconds(24 * 3600)
    /// The least time between two fetches for keys that are not known: anyone can name an unknown key.
    package var fetchPause = Duration.seconds(30)
    /// How many seconds a fetch may take: requests wait for it, so not for long.
    package var fetchSeconds = 10.0
    /// By how many seconds the issuer's clock may differ.
    package var leeway: Int64 = 30

    /// Names the issuer and its audience.
    ///
    /// - Throws: `ConfigurationFault`.
    package init(issuer: String, audience: String, keysURL: String? = nil) throws(ConfigurationFault) {
        guard Self.isSafe(issuer) else {
            throw ConfigurationFault(
                "the OpenID issuer has to be an https address (http on this machine only): \(issuer)"
            )
        }
        guard !audience.isEmpty else { throw ConfigurationFault("the OpenID issuer needs an audience") }
        if let keysURL, !Self.isSafe(keysURL) {
            throw ConfigurationFault("the issuer's keys need an https address (http on this machine only): \(keysURL)")
        }
        self.issuer = issuer
        self.audience = audience
        self.keysURL = keysURL
    }

    /// Whether nobody on the way can answer in the place of the address: https, or this machine itself.
    static func isSafe(_ address: String) -> Bool {
        guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty, parts.fragment == nil
        else {
            return false
        }
        if parts.scheme == "https" { return true }
        return parts.scheme == "http" && ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
    }
}

/// A setting that cannot be, in a sentence for the operator.
package struct ConfigurationFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// Makes a fault.
    package init(_ description: String) {
        self.description = description
    }
}
