import Hummingbird
import Logging
import Registry

/// Finds out who sends a request and whether that is enough.
///
/// The one place where credentials are looked at.
package struct AccessControl: Sendable {
    private let registry: Registry
    private let issuer: OpenIDIssuer?
    private let uses: TokenUses

    /// Lets in who holds a token of the registry, or an assertion of an OpenID issuer where there is one.
    init(registry: Registry, issuer: OpenIDIssuer?) {
        self.registry = registry
        self.issuer = issuer
        self.uses = TokenUses(registry: registry)
    }

    /// Asks for a scope.
    ///
    /// - Returns: the sender.
    /// - Throws: `Problem` (unauthorized without a valid credential, forbidden where it lacks the scope); `RegistryError`
    ///   where the credential cannot be looked up.
    func require(_ scope: Scope, of request: Request) async throws -> Principal {
        let principal = try await sender(of: request).principal
        guard principal.scopes.contains(scope) else {
            let challenge = "\(Self.challenge), error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""
            throw Problem(
                .forbidden,
                "The credential lacks the scope \(scope.rawValue).",
                headers: [.wwwAuthenticate: challenge]
            )
        }
        return principal
    }

    /// Asks for any valid credential.
    ///
    /// - Throws: `Problem` (unauthorized); `RegistryError` where the credential cannot be looked up.
    func sender(of request: Request) async throws -> Sender {
        guard let header = request.headers[.authorization] else {
            throw Self.unauthorized("This route needs a token.", challenge: Self.challenge)
        }
        // Whoever let the request in has looked already.
        if let known = Self.identification, known.header == header { return known.sender }
        return try await identify(header)
    }

    /// Makes a sender known to all that ask for it while a closure runs, so that a credential is looked up once a request.
    ///
    /// - Parameters:
    ///   - sender: whom ``identify(_:)`` has found.
    ///   - header: the Authorization field that it has been found by.
    ///   - body: what runs meanwhile.
    /// - Returns: what the closure returns.
    /// - Throws: what the closure throws.
    func knowing<Value>(_ sender: Sender, by header: String, _ body: () async throws -> Value) async throws -> Value {
        try await Self.$identification.withValue(Identification(header: header, sender: sender)) { try await body() }
    }

    private struct Identification {
        var header: String
        var sender: Sender
    }

    @TaskLocal private static var identification: Identification?

    /// Finds whom a credential belongs to.
    ///
    /// - Parameter header: the Authorization field.
    /// - Returns: the sender.
    /// - Throws: `Problem` (unauthorized) where it lets nobody in; `RegistryError` where it cannot be looked up.
    func identify(_ header: String) async throws -> Sender {
        let words = header.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { throw Self.invalid }
        let credential = String(words[1])
        if let secret = TokenSecret(credential) {
            guard let holder = try await registry.holder(of: secret) else { throw Self.invalid }
            if holder.isUseOutdated { uses.note(holder.token.id) }
            return Sender(principal: holder.principal, credential: .token(holder.token))
        }
        guard let issuer, let assertion = try await issuer.check(credential),
            let principal = try await registry.principal(for: assertion.identity, newRole: issuer.newRole)
        else { throw Self.invalid }
        return Sender(
            principal: principal,
            credential: .assertion(issuer: assertion.identity.issuer, expiresAt: assertion.expiresAt)
        )
    }

    /// One answer for whatever is wrong with a credential: who guesses learns nothing.
    private static var invalid: Problem {
        unauthorized("The credential is not valid.", challenge: "\(challenge), error=\"invalid_token\"")
    }

    private static let challenge = "Bearer realm=\"claimboard\""

    private static func unauthorized(_ detail: String, challenge: String) -> Problem {
        Problem(.unauthorized, detail, headers: [.wwwAuthenticate: challenge])
    }
}

/// Who sends a request, and what vouches for it.
struct Sender: Sendable {
    /// A credential that was found valid.
    enum Credential: Sendable {
        /// A token of this service.
        case token(AccessToken)
        /// An assertion of an OpenID issuer; `expiresAt` in seconds since 1970.
        case assertion(issuer: String, expiresAt: Int64)
    }

    var principal: Principal
    var credential: Credential
}
