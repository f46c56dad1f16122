import Postgres
import Registry

/// The accounts that every test database has, each with a token.
enum Tester: String, CaseIterable, Sendable {
    /// A contributor.
    case ann
    /// Another contributor.
    case bob
    /// A reviewer.
    case rita
    /// An admin.
    case adam

    var role: Role {
        switch self {
        case .ann, .bob: .contributor
        case .rita: .reviewer
        case .adam: .admin
        }
    }

    /// The secret of the token, which has all scopes of the role.
    var secret: TokenSecret { Self.secrets[self] ?? .random() }

    /// The header field that lets it in.
    var authorization: [String: String] { ["Authorization": "Bearer " + secret.text] }

    /// Header fields of a request with JSON.
    var json: [String: String] { authorization.merging(["Content-Type": "application/json"]) { $1 } }

    private static let secrets = Dictionary(uniqueKeysWithValues: allCases.map { ($0, TokenSecret.random()) })

    /// Makes the accounts and their tokens.
    static func make(in registry: Registry) async throws {
        for tester in allCases {
            let account = try await registry.createAccount(tester.rawValue, role: tester.role, by: .operator)
            _ = try await registry.createToken(
                TokenRequest(name: "of the tests", scopes: tester.role.scopes, days: nil),
                for: account.id,
                by: .operator,
                secret: tester.secret
            )
        }
    }
}
