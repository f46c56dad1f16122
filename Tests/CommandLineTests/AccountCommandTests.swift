import Foundation
import FoundationNetworking
import Glibc
import Testing

@Suite struct AccountCommandTests {
    @Test func `the first account and its token are made, let in over HTTP, and are shut out again`() async throws {
        let data = DataFolder()
        func run(_ arguments: String...) throws -> Program.Outcome {
            try Program.run(arguments + ["--data", data.path])
        }
        let made = try run("account", "create", "root", "--role", "admin")
        #expect(made.status == 0 && made.output == "root  admin\n", "\(made.errors)")
        #expect(made.errors.contains("claimboard token create root"))
        #expect(try run("account", "create", "root", "--role", "admin").status == 1)

        let token = try run("token", "create", "root", "--name", "laptop", "--days", "7")
        #expect(token.status == 0, "\(token.errors)")
        // Standard output has the secret and nothing else; standard error has all but that.
        #expect(token.output.wholeMatch(of: /cb_[0-9A-Za-z]{38}\n/) != nil)
        let secret = token.output.trimmingCharacters(in: .newlines)
        #expect(!token.errors.contains(secret) && token.errors.contains("papers:write"))
        let narrow = try run("token", "create", "root", "--scope", "papers:write", "--no-expiry", "--quiet")
        #expect(narrow.status == 0 && narrow.errors.isEmpty)

        let service = try Program.start(["serve", "--port", "0", "--data", data.path])
        let said = service.waitForErrors(containing: "Serving on")
        let address = try #require(said.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+/)).output
        var request = URLRequest(url: try #require(URL(string: "\(address)/v1/accounts")))
        request.setValue("Bearer \(secret)", forHTTPHeaderField: "Authorization")
        func status() async throws -> Int? {
            (try await URLSession.shared.data(for: request).1 as? HTTPURLResponse)?.statusCode
        }
        #expect(try await status() == 200)

        let list = try run("token", "list", "root", "--format", "json")
        #expect(list.status == 0 && !list.output.contains(secret), "\(list.errors)")
        #expect(list.output.contains(#""expires_at":null"#) && list.output.contains(#""name":"laptop""#))
        #expect(try run("token", "revoke", "1").status == 0)
        #expect(try await status() == 401)
        #expect(try run("token", "revoke", "999").status == 1)

        #expect(try run("account", "set", "root", "--role", "reviewer").output == "root  reviewer\n")
        #expect(try run("account", "disable", "root").output == "root  reviewer  disabled\n")
        #expect(try run("token", "create", "root").status == 1)
        #expect(try run("account", "enable", "root").output == "root  reviewer\n")
        let accounts = try run("account", "list", "--format", "csv")
        #expect(accounts.output.contains("2,root,reviewer,active,"))
        let unknown = try run("token", "create", "nobody")
        #expect(unknown.status == 1 && unknown.errors.contains("claimboard account create nobody"))
        let much = try run("token", "create", "root", "--scope", "admin")
        #expect(much.status == 1 && much.output.isEmpty && much.errors.contains("admin"))
        service.send(SIGTERM)
        #expect(try service.wait().status == 0)

        let verified = try run("log", "verify")
        #expect(verified.output.hasPrefix("ok, 7 entries"), "\(verified.output)")
    }

    @Test(arguments: [
        ["account", "create", "x"], ["account", "create", "x", "--role", "king"],
        ["token", "create", "x", "--days", "0"],
        ["token", "create", "x", "--scope", "all"], ["token", "revoke", "abc"],
        ["serve", "--oidc-issuer", "http://issuer.example", "--oidc-audience", "a"],
        ["serve", "--oidc-issuer", "https://issuer.example"], ["serve", "--oidc-audience", "a"],
        ["serve", "--oidc-issuer", "https://i.example", "--oidc-audience", "a", "--oidc-roles", "x=admin"],
        [
            "serve", "--oidc-issuer", "https://i.example", "--oidc-audience", "a", "--oidc-role-claim", "g",
            "--oidc-roles", "x=y",
        ],
        ["serve", "--oidc-issuer", "https://i.example", "--oidc-audience", "a", "--oidc-default-role", "king"],
        ["serve", "--read-limit", "10"], ["serve", "--write-limit", "0/60"], ["serve", "--extract-limit", "many"],
        ["serve", "--proxies", "-1"], ["serve", "--proxies", "two"],
    ])
    func `what cannot be meant is wrong use, and says so`(arguments: [String]) throws {
        let result = try Program.run(arguments)
        #expect(result.status == 2, "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("Error: "))
    }
}
