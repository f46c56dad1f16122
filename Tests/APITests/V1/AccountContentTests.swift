import Foundation
import Registry
import Testing

@testable import API

/// What is wrong with content is found and named, and nothing is written.
@Suite struct AccountContentTests {
    struct Wrong: CustomTestStringConvertible {
        var body: String
        var status = 422
        var places: [String] = []
        var testDescription: String { body.count > 80 ? "\(body.prefix(80))… (\(body.count))" : body }
    }

    /// Content that is wrong wherever JSON is taken.
    static let wrongAnywhere = [
        Wrong(body: "", status: 400), Wrong(body: "{", status: 400), Wrong(body: "nul", status: 400),
        Wrong(body: #"{"name": "a", "name": "b"}"#, status: 400),
        Wrong(body: String(repeating: "[", count: 100_000), status: 400),
        Wrong(body: #"{"name": "\ud800"}"#, status: 400), Wrong(body: "{} {}", status: 400),
        Wrong(body: "null", places: [""]), Wrong(body: "[]", places: [""]), Wrong(body: "7", places: [""]),
        Wrong(body: #"{"constructor": {"a": [1e999]}}"#),
    ]

    static let wrongAccounts = [
        Wrong(body: "{}", places: ["/name", "/role"]),
        Wrong(body: #"{"name": null, "role": null}"#, places: ["/name", "/role"]),
        Wrong(body: #"{"name": 7, "role": ["admin"]}"#, places: ["/name", "/role"]),
        Wrong(body: #"{"name": "Ann", "role": "admin"}"#, places: ["/name"]),
        Wrong(body: #"{"name": "-ann", "role": "admin"}"#, places: ["/name"]),
        Wrong(body: #"{"name": "ann\u0000", "role": "admin"}"#, places: ["/name"]),
        Wrong(body: #"{"name": "'; DROP TABLE account; --", "role": "admin"}"#, places: ["/name"]),
        Wrong(body: #"{"name": "<script>alert(1)</script>", "role": "admin"}"#, places: ["/name"]),
        Wrong(body: #"{"name": "=cmd", "role": "admin"}"#, places: ["/name"]),
        Wrong(body: #"{"name": "ａｎｎ", "role": "admin"}"#, places: ["/name"]),
        Wrong(body: #"{"name": "\#(String(repeating: "a", count: 65))", "role": "admin"}"#, places: ["/name"]),
        Wrong(body: #"{"name": "ok", "role": "root"}"#, places: ["/role"]),
        Wrong(body: #"{"name": "ok", "role": "Admin"}"#, places: ["/role"]),
        Wrong(body: #"{"name": "ok", "role": "admin", "id": 1, "a/b~c": 2}"#, places: ["/id", "/a~1b~0c"]),
    ]

    static let wrongTokens = [
        Wrong(body: "{}", places: ["/name", "/scopes"]),
        Wrong(body: #"{"name": " ", "scopes": []}"#, places: ["/name", "/scopes"]),
        Wrong(body: #"{"name": "\u0000", "scopes": "admin"}"#, places: ["/name", "/scopes"]),
        Wrong(
            body: #"{"name": "x", "scopes": [7, "admin", "admin", "all"]}"#,
            places: ["/scopes/0", "/scopes/2", "/scopes/3"]
        ),
        Wrong(body: #"{"name": "x", "scopes": ["papers:write"], "expires_in_days": 0}"#, places: ["/expires_in_days"]),
        Wrong(
            body: #"{"name": "x", "scopes": ["papers:write"], "expires_in_days": 15e-1}"#,
            places: ["/expires_in_days"]
        ),
        Wrong(
            body: #"{"name": "x", "scopes": ["papers:write"], "expires_in_days": 99999999999999999999}"#,
            places: ["/expires_in_days"]
        ),
        Wrong(body: #"{"name": "x", "scopes": ["papers:write"], "token": "cb_mine"}"#, places: ["/token"]),
        Wrong(body: #"{"name": "\#(String(repeating: "é", count: 101))", "scopes": ["admin"]}"#, places: ["/name"]),
    ]

    static let wrongChanges = [
        Wrong(body: #"{"role": "king"}"#, places: ["/role"]),
        Wrong(body: #"{"disabled": "true"}"#, places: ["/disabled"]),
        Wrong(body: #"{"disabled": 1, "name": "other"}"#, places: ["/disabled", "/name"]),
        Wrong(body: #"{"revision": 9}"#, places: ["/revision"]),
    ]

    @Test(arguments: wrongAnywhere + wrongAccounts)
    func `A wrong account is refused`(wrong: Wrong) async throws {
        try await check("POST", wrong) { _ in "/v1/accounts" }
    }

    @Test(arguments: wrongAnywhere + wrongTokens)
    func `A wrong token is refused`(wrong: Wrong) async throws {
        try await check("POST", wrong) { "/v1/accounts/\($0)/tokens" }
    }

    @Test(arguments: wrongAnywhere + wrongChanges)
    func `A wrong change is refused`(wrong: Wrong) async throws {
        try await check("PATCH", wrong) { "/v1/accounts/\($0)" }
    }

    @Test(arguments: ["0", "-1", "1.5", "abc", "99999999999999999999", "1%00", "%C0%80", "1'--", "9223372036854775807"])
    func `An id that names nothing is refused everywhere`(id: String) async throws {
        try await SharedServer.use { client in
            let start = try await client.logPosition()
            let token = Array(#"{"name": "x", "scopes": ["papers:write"]}"#.utf8)
            let fields = Tester.adam.json.merging(["If-Match": "*"]) { $1 }
            let requests: [(String, String, [UInt8]?)] = [
                ("GET", "/v1/accounts/\(id)", nil), ("GET", "/v1/accounts/\(id)/tokens", nil),
                ("POST", "/v1/accounts/\(id)/tokens", token), ("PATCH", "/v1/accounts/\(id)", Array("{}".utf8)),
                ("DELETE", "/v1/accounts/\(id)/tokens/1", nil), ("DELETE", "/v1/accounts/2/tokens/\(id)", nil),
            ]
            for (method, target, body) in requests {
                let answer = try await client.send(method, target, headers: fields, body: body)
                #expect(answer.status == 404 || answer.status == 400, "\(method) \(target)")
            }
            #expect(try await client.logPosition() == start)
        }
    }

    @Test func `A token of one account is not to be had by another's address`() async throws {
        let database = try await TestDatabase.make("api_foreign_token")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let made = try await client.makeToken(for: .ann, scopes: ["papers:write"])
            let bob = try await client.accountID(of: .bob)
            let target = "/v1/accounts/\(bob)/tokens/\(made.id)"
            #expect(try await client.send("DELETE", target, headers: Tester.adam.authorization).status == 404)
            let fields = ["Authorization": "Bearer \(made.secret)"]
            #expect(try await client.send("GET", "/v1/account", headers: fields).status == 200)
        }
    }

    @Test(arguments: ["text/plain", "application/xml", "application/json; charset=utf-16", ""])
    func `Content of another type is refused`(type: String) async throws {
        try await SharedServer.use { client in
            let start = try await client.logPosition()
            let fields = Tester.adam.authorization.merging(["Content-Type": type, "If-Match": "*"]) { $1 }
            let body = Array(#"{"name": "valid", "role": "contributor"}"#.utf8)
            for (method, target) in [
                ("POST", "/v1/accounts"), ("POST", "/v1/accounts/2/tokens"), ("PATCH", "/v1/accounts/2"),
            ] {
                #expect(try await client.send(method, target, headers: fields, body: body).status == 415)
            }
            #expect(try await client.logPosition() == start)
        }
    }

    private func check(_ method: String, _ wrong: Wrong, target: @Sendable @escaping (Int) -> String) async throws {
        try await SharedServer.use { client in
            let id = try await client.accountID(of: .ann)
            let start = try await client.logPosition()
            let fields = Tester.adam.json.merging(["If-Match": "*"]) { $1 }
            let answer = try await client.send(method, target(id), headers: fields, body: Array(wrong.body.utf8))
            #expect(answer.status == wrong.status)
            #expect(answer.problem == (wrong.status == 400 ? "malformed-content" : "invalid-content"))
            if !wrong.places.isEmpty { #expect(answer.places == wrong.places) }
            #expect(try await client.logPosition() == start)
        }
    }
}
