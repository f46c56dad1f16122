import Foundation
import Postgres
import Registry
import Testing

@testable import API

@Suite struct AccountRoutesTests {
    @Test func `An account is made, found, listed and changed, each change one entry of the log`() async throws {
        let database = try await TestDatabase.make("api_accounts")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let start = try await client.logPosition()
            let body = #"{"name": "new.one", "role": "contributor"}"#
            let made = try await client.post("/v1/accounts", body, headers: Tester.adam.json)
            #expect(made.status == 201)
            #expect(made.headers["cache-control"] == "no-store")
            let address = made.headers["location"] ?? ""
            let read = try await client.send("GET", address, headers: Tester.adam.authorization)
            #expect(read.body == made.body)
            #expect(read.headers["etag"] == made.headers["etag"])
            #expect(try await client.post("/v1/accounts", body, headers: Tester.adam.json).status == 409)

            let tag = read.headers["etag"] ?? ""
            let fields = Tester.adam.authorization.merging([
                "If-Match": tag, "Content-Type": "application/merge-patch+json",
            ]) { $1 }
            let change = Array(#"{"role": "reviewer", "disabled": null}"#.utf8)
            let changed = try await client.send("PATCH", address, headers: fields, body: change)
            #expect(changed.status == 200)
            #expect(changed.json["role"] as? String == "reviewer")
            #expect(changed.json["revision"] as? Int == 2)
            #expect(changed.headers["etag"] != tag)
            let late = try await client.send("PATCH", address, headers: fields, body: change)
            #expect(late.status == 412)
            #expect(late.headers["etag"] == changed.headers["etag"])
            // The same once more is no change, and leaves no entry.
            let again = fields.merging(["If-Match": changed.headers["etag"] ?? ""]) { $1 }
            #expect(try await client.send("PATCH", address, headers: again, body: change).body == changed.body)

            let entries = try await database.registry.log(after: Int64(start), limit: 10)
            #expect(entries.map(\.kind) == ["account.created", "account.changed"])
            #expect(entries.allSatisfy { $0.actor == "adam" })
            #expect(try await database.registry.verifyLog().fault == nil)

            let list = try await client.send("GET", "/v1/accounts?limit=2", headers: Tester.adam.authorization)
            #expect(list.headers["cache-control"] == "no-store")
            let next = list.json["next"] as? String ?? ""
            #expect(next.hasPrefix("/v1/accounts?limit=2&cursor="))
            let rest = try await client.send("GET", next + "0", headers: Tester.adam.authorization)
            #expect(rest.status == 404 || rest.status == 200)
            let second = try await client.send("GET", next, headers: Tester.adam.authorization)
            let names = [list, second].flatMap { $0.json["items"] as? [[String: Any]] ?? [] }.compactMap {
                $0["name"] as? String
            }
            #expect(names == ["local", "ann", "bob", "rita"])
        }
    }

    @Test func `A token is shown once, and the registry has but its hash`() async throws {
        let database = try await TestDatabase.make("api_tokens")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let start = try await client.logPosition()
            let made = try await client.makeToken(for: .ann, scopes: ["papers:write"])
            #expect(TokenSecret(made.secret) != nil)
            let list = try await client.send(
                "GET",
                "/v1/accounts/\(made.accountID)/tokens",
                headers: Tester.adam.authorization
            )
            #expect(!list.text.contains(made.secret))
            let items = list.json["items"] as? [[String: Any]] ?? []
            #expect(items.last?["name"] as? String == "made by a test")
            #expect(items.last?["expires_at"] is String)
            let target = "/v1/accounts/\(made.accountID)/tokens/\(made.id)"
            for _ in 1...2 {
                #expect(try await client.send("DELETE", target, headers: Tester.adam.authorization).status == 204)
            }
            let entries = try await database.registry.log(after: Int64(start), limit: 10)
            #expect(entries.map(\.kind) == ["token.created", "token.revoked"])
            let dump = try await database.value(
                """
                SELECT string_agg(t::text, ' ') || (SELECT string_agg(l::text, ' ') FROM log l) FROM token t
                """,
                as: String.self
            )
            #expect(dump?.contains(made.secret) == false)
            let hash =
                TokenSecret(made.secret)?.hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() ?? "-"
            #expect(dump?.contains(hash) == true)
            #expect(entries.allSatisfy { !$0.entry.contains(hash) })
        }
    }

    @Test func `Nobody changes their own account, nor the operator's`() async throws {
        let database = try await TestDatabase.make("api_own_account")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let start = try await client.logPosition()
            for id in [1, try await client.accountID(of: .adam)] {
                let fields = Tester.adam.json.merging(["If-Match": "*"]) { $1 }
                let body = Array(#"{"role": "contributor"}"#.utf8)
                let answer = try await client.send("PATCH", "/v1/accounts/\(id)", headers: fields, body: body)
                #expect(answer.status == 409)
            }
            #expect(try await client.logPosition() == start)
        }
    }

    @Test func `A token for more than the role allows is refused, and the scope named`() async throws {
        try await SharedServer.use { client in
            let start = try await client.logPosition()
            let id = try await client.accountID(of: .ann)
            let body = #"{"name": "x", "scopes": ["papers:write", "admin"]}"#
            let answer = try await client.post("/v1/accounts/\(id)/tokens", body, headers: Tester.adam.json)
            #expect(answer.status == 422)
            #expect(answer.places == ["/scopes"])
            #expect(answer.text.contains("admin"))
            #expect(try await client.logPosition() == start)
        }
    }
}
