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

    /// Makes the accounts and their tokens, past the registry: the log of a test's database is the test's own.
    static func make(in client: PostgresClient) async throws {
        for tester in allCases {
            try await client.execute(
                """
                WITH made AS (
                    INSERT INTO account (name, role) VALUES (\(tester.rawValue), \(tester.role.rawValue)) RETURNING id
                )
                INSERT INTO token (account_id, name, hash, scopes, created_by)
                SELECT made.id, 'of the tests', \(tester.secret.hash)::bytea,
                    \(tester.role.scopes.map(\.rawValue))::text[], 'local'
                FROM made
                """
            )
        }
    }
}
