import Hummingbird
import Registry

/// Finds out who sends a request and whether that is enough.
///
/// The one place where credentials are looked at.
package struct AccessControl: Sendable {
    private let tokens: [LocalToken]

    /// Lets in the holders of the operator's tokens.
    package init(tokens: [LocalToken]) {
        self.tokens = tokens
    }

    /// Asks for a scope.
    ///
    /// - Returns: the sender.
    /// - Throws: `Problem` (unauthorized without a valid token, forbidden where the token lacks the scope); `RegistryError`
    ///   where the token cannot be looked up.
    func require(_ scope: Scope, of request: Request) async throws -> Principal {
        guard let header = request.headers[.authorization] else {
            throw Self.unauthorized("This route needs a token.", challenge: "Bearer realm=\"claimboard\"")
        }
        let words = header.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer", let principal = principal(holding: String(words[1]))
        else {
            throw Self.unauthorized(
                "The token is not known.",
                challenge: "Bearer realm=\"claimboard\", error=\"invalid_token\""
            )
        }
        guard principal.scopes.contains(scope) else {
            throw Problem(.forbidden, "The token lacks the scope \(scope.rawValue).")
        }
        return principal
    }

    private func principal(holding secret: String) -> Principal? {
        // All tokens are compared, so that the time says nothing about which one it is.
        let isKnown = tokens.reduce(false) { $1.matches(secret) || $0 }
        return isKnown ? Principal(accountID: 1, name: "local", role: .admin, scopes: [.papersWrite]) : nil
    }

    private static func unauthorized(_ detail: String, challenge: String) -> Problem {
        Problem(.unauthorized, detail, headers: [.wwwAuthenticate: challenge])
    }
}
