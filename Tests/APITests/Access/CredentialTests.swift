import Foundation
import Hummingbird
import Postgres
import Registry
import Testing

@testable import API

/// Who is let in with a token of the service.
@Suite struct CredentialTests {
    /// A header field that lets nobody in, made from a secret that would.
    struct Wrong: Sendable, CustomTestStringConvertible {
        var name: String
        var header: @Sendable (String) -> String
        var testDescription: String { name }
    }

    private static let wrong: [Wrong] = [
        Wrong(name: "empty") { _ in "" }, Wrong(name: "no credential") { _ in "Bearer" },
        Wrong(name: "blank") { _ in "Bearer " }, Wrong(name: "another scheme") { "Basic \($0)" },
        Wrong(name: "no scheme") { $0 }, Wrong(name: "two spaces") { "Bearer  \($0)" },
        Wrong(name: "something behind") { "Bearer \($0) x" },
        Wrong(name: "a character less") { "Bearer \($0.dropLast())" },
        Wrong(name: "a character more") { "Bearer \($0)0" },
        Wrong(name: "another last character") { "Bearer \($0.dropLast())" + ($0.hasSuffix("a") ? "b" : "a") },
        Wrong(name: "upper case") { "Bearer \($0.uppercased())" },
        Wrong(name: "a stranger's") { _ in "Bearer \(TokenSecret.random().text)" },
        Wrong(name: "no token") { _ in "Bearer cb_" }, Wrong(name: "not ASCII") { _ in "Bearer cb_é" },
        Wrong(name: "SQL") { _ in "Bearer ' OR 1=1 --" },
        Wrong(name: "a JSON Web Token") { _ in "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0." },
    ]

    @Test(arguments: wrong)
    func `A credential that is not valid is refused, whatever is wrong with it, in the same words`(
        wrong: Wrong
    ) async throws {
        try await SharedServer.use { client in
            let fields = ["Authorization": wrong.header(Tester.ann.secret.text)]
            let answer = try await client.send("GET", "/v1/account", headers: fields)
            #expect(answer.status == 401)
            #expect(answer.problem == "unauthorized")
            #expect(answer.json["detail"] as? String == "The credential is not valid.")
            #expect(answer.headers["www-authenticate"] == #"Bearer realm="claimboard", error="invalid_token""#)
            #expect(answer.headers["cache-control"] == "no-store")
        }
    }

    @Test func `A credential that is not valid is refused on every route, also where none is needed`() async throws {
        let database = try await TestDatabase.shared()
        let router = buildRouter(APIConfiguration(), services: APIServices(registry: database.registry))
        let entries = RouteList(router).entries
        #expect(entries.count > 40)
        try await SharedServer.use { client in
            let wrong = ["Authorization": "Bearer \(TokenSecret.random().text)"]
            for entry in entries {
                for method in entry.methods {
                    let path = entry.path.description.replacing(/\{[a-z_]+\}/, with: "1")
                    let answer = try await client.send(method, path, headers: wrong)
                    // Machines that watch the service ask these; whether they answer must not hang on the database.
                    if method == "OPTIONS" || ["/livez", "/readyz", "/metrics"].contains(path) {
                        #expect(answer.status < 300, "\(method) \(path)")
                        continue
                    }
                    #expect(answer.status == 401, "\(method) \(path)")
                    #expect(answer.headers["www-authenticate"] == #"Bearer realm="claimboard", error="invalid_token""#)
                    #expect(answer.headers["cache-control"] == "no-store")
                    #expect(method == "HEAD" ? answer.body.isEmpty : answer.problem == "unauthorized")
                }
            }
            #expect(try await client.send("GET", "/v1/papers", headers: Tester.ann.authorization).status == 200)
        }
    }

    @Test func `Without a credential the challenge names no error`() async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", "/v1/account")
            #expect(answer.status == 401)
            #expect(answer.headers["www-authenticate"] == #"Bearer realm="claimboard""#)
        }
    }

    @Test(arguments: Tester.allCases)
    func `Each account sees itself, and what its token allows`(tester: Tester) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", "/v1/account", headers: tester.authorization)
            #expect(answer.status == 200)
            #expect(answer.headers["cache-control"] == "no-store")
            #expect(answer.json["name"] as? String == tester.rawValue)
            #expect(answer.json["role"] as? String == tester.role.rawValue)
            #expect(
                answer.json["scopes"] as? [String] == Scope.allCases.filter(tester.role.scopes.contains).map(\.rawValue)
            )
            let credential = answer.json["credential"] as? [String: Any] ?? [:]
            #expect(credential["kind"] as? String == "token")
            #expect(credential["expires_at"] is NSNull)
            #expect(!answer.text.contains(tester.secret.text))
            let lower = ["Authorization": "bearer " + tester.secret.text]
            #expect(try await client.send("GET", "/v1/account", headers: lower).status == 200)
        }
    }

    @Test func `A token that is revoked on one instance is refused at once by another`() async throws {
        let database = try await TestDatabase.make("api_revocation")
        try await TestServer.run(database.registry) { (first: HTTPClient) async throws -> Void in
            try await TestServer.run(database.registry) { (second: HTTPClient) async throws -> Void in
                let made = try await first.makeToken(for: .ann, scopes: ["papers:write"])
                let fields = ["Authorization": "Bearer \(made.secret)"]
                #expect(try await second.send("GET", "/v1/account", headers: fields).status == 200)
                let target = "/v1/accounts/\(made.accountID)/tokens/\(made.id)"
                #expect(try await first.send("DELETE", target, headers: Tester.adam.authorization).status == 204)
                #expect(try await second.send("GET", "/v1/account", headers: fields).status == 401)
                #expect(try await second.send("GET", "/v1/account", headers: Tester.ann.authorization).status == 200)
            }
        }
    }

    @Test func `A token past its time is refused, and one used is noted`() async throws {
        let database = try await TestDatabase.make("api_token_times")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let made = try await client.makeToken(for: .bob, scopes: ["papers:write"])
            let fields = ["Authorization": "Bearer \(made.secret)"]
            #expect(try await client.send("GET", "/v1/account", headers: fields).status == 200)
            var lastUse: String?
            for _ in 0..<6000 where lastUse == nil {
                let page = try await database.registry.tokens(of: made.accountID, PageRequest(limit: 100))
                lastUse = page.items.first { $0.id == made.id }?.lastUsedAt
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(lastUse != nil)
            try await database.execute("UPDATE token SET expires_at = now() WHERE id = \(made.id)")
            #expect(try await client.send("GET", "/v1/account", headers: fields).status == 401)
        }
    }

    @Test func `No token of a disabled account is taken, until it is taken up again`() async throws {
        let database = try await TestDatabase.make("api_disabled")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let id = try await client.accountID(of: .ann)
            for (isDisabled, status) in [(true, 401), (false, 200)] {
                let tag = try await client.send("GET", "/v1/accounts/\(id)", headers: Tester.adam.authorization)
                let fields = Tester.adam.json.merging(["If-Match": tag.headers["etag"] ?? ""]) { $1 }
                let body = Array(#"{"disabled": \#(isDisabled)}"#.utf8)
                let change = try await client.send("PATCH", "/v1/accounts/\(id)", headers: fields, body: body)
                #expect(change.status == 200)
                #expect(change.json["disabled"] as? Bool == isDisabled)
                #expect(try await client.send("GET", "/v1/account", headers: Tester.ann.authorization).status == status)
            }
        }
    }

    @Test func `A role that shrinks takes the scopes of its tokens along`() async throws {
        let database = try await TestDatabase.make("api_shrinking_role")
        let registry = database.registry
        guard let rita = try await registry.account(named: Tester.rita.rawValue) else {
            throw TransportFailure(step: "")
        }
        _ = try await registry.changeAccount(rita.id, AccountChange(role: .contributor), by: .operator)
        try await TestServer.run(registry) { (client: HTTPClient) async throws -> Void in
            let answer = try await client.send("GET", "/v1/account", headers: Tester.rita.authorization)
            #expect(answer.json["scopes"] as? [String] == ["papers:write", "corrections:write"])
        }
    }
}
