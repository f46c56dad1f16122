import Foundation
import Hummingbird
import Registry
import Testing

@testable import API

/// Every route by every role, without a credential, and with one of another account.
@Suite struct RightsTests {
    /// A route that asks who sends the request.
    struct Guarded: CustomTestStringConvertible {
        var method: String
        var target: String
        /// What the credential has to allow; `nil` for any valid one.
        var scope: Scope?
        var testDescription: String { "\(method) \(target)" }
    }

    static let guarded = [
        Guarded(method: "GET", target: "/v1/account"),
        Guarded(method: "GET", target: "/v1/accounts", scope: .admin),
        Guarded(method: "POST", target: "/v1/accounts", scope: .admin),
        Guarded(method: "GET", target: "/v1/accounts/{id}", scope: .admin),
        Guarded(method: "PATCH", target: "/v1/accounts/{id}", scope: .admin),
        Guarded(method: "GET", target: "/v1/accounts/{id}/tokens", scope: .admin),
        Guarded(method: "POST", target: "/v1/accounts/{id}/tokens", scope: .admin),
        Guarded(method: "DELETE", target: "/v1/accounts/{id}/tokens/{token_id}", scope: .admin),
        Guarded(method: "POST", target: "/v1/papers", scope: .papersWrite),
        Guarded(method: "POST", target: "/v1/papers:batch", scope: .papersWrite),
        Guarded(method: "POST", target: "/v1/corrections", scope: .correctionsWrite),
        Guarded(method: "POST", target: "/v1/corrections:batch", scope: .correctionsWrite),
        Guarded(method: "POST", target: "/v1/corrections/{id}/accept", scope: .correctionsReview),
        Guarded(method: "POST", target: "/v1/corrections/{id}/reject", scope: .correctionsReview),
        Guarded(method: "POST", target: "/v1/corrections/{id}/withdraw", scope: .correctionsWrite),
        Guarded(method: "POST", target: "/v1/corrections/{id}/rebase", scope: .correctionsWrite),
        Guarded(method: "POST", target: "/v1/corrections/{id}/revert", scope: .correctionsWrite),
        Guarded(method: "POST", target: "/v1/corrections/{id}/comments", scope: .correctionsWrite),
    ]

    @Test(arguments: guarded)
    func `A route lets in whose credential allows it, and nobody else`(route: Guarded) async throws {
        try await SharedServer.use { client in
            let start = try await client.logPosition()
            // An admin has an id that a contributor knows, and the other way round: neither opens a door.
            for owner in [Tester.ann, .bob, .adam] {
                let id = try await client.accountID(of: owner)
                let target = route.target.replacing("{id}", with: "\(id)").replacing("{token_id}", with: "999999")
                for tester in Tester.allCases {
                    let answer = try await client.send(route.method, target, headers: tester.authorization)
                    if route.scope.map(tester.role.scopes.contains) ?? true {
                        // Nothing is sent that could be written: what comes is about the content.
                        #expect(![401, 403].contains(answer.status), "\(tester)")
                    } else {
                        #expect(answer.status == 403, "\(tester)")
                        #expect(answer.problem == "forbidden")
                        let scope = route.scope?.rawValue ?? ""
                        #expect(answer.headers["www-authenticate"]?.contains("scope=\"\(scope)\"") == true)
                    }
                }
                let anonymous = try await client.send(route.method, target)
                #expect(anonymous.status == 401)
                #expect(anonymous.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
            }
            #expect(try await client.logPosition() == start)
        }
    }

    @Test func `Every other route is open to all`() async throws {
        let database = try await TestDatabase.shared()
        let router = buildRouter(APIConfiguration(), services: APIServices(registry: database.registry))
        let entries = RouteList(router).entries
        let known = Set(Self.guarded.map(\.testDescription))
        try await SharedServer.use { client in
            for entry in entries {
                for method in entry.methods where method != "HEAD" && method != "OPTIONS" {
                    guard !known.contains("\(method) \(entry.path)") else { continue }
                    let path = entry.path.description.replacing(/\{[a-z_]+\}/, with: "1")
                    let answer = try await client.send(method, path)
                    #expect(![401, 403].contains(answer.status), "\(method) \(entry.path)")
                }
            }
        }
    }

    @Test func `A token allows no more than its scopes, whatever the role`() async throws {
        let database = try await TestDatabase.make("api_scopes")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let made = try await client.makeToken(for: .adam, scopes: ["corrections:write"])
            let fields = ["Authorization": "Bearer \(made.secret)", "Content-Type": "application/json"]
            #expect(try await client.post("/v1/papers", "{}", headers: fields).status == 403)
            #expect(try await client.send("GET", "/v1/accounts", headers: fields).status == 403)
            let own = try await client.send("GET", "/v1/account", headers: fields)
            #expect(own.json["scopes"] as? [String] == ["corrections:write"])
            #expect(own.json["role"] as? String == "admin")
        }
    }
}
