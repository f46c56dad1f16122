import Foundation
import JWTKit
import Logging
import Registry
import Testing

@testable import API

/// Who is let in with an assertion of an OpenID issuer.
@Suite struct OpenIDTests {
    private static let now = Int64(Date().timeIntervalSince1970)

    /// Claims that let in, with others in their place or beside them; a claim given as `-` is left out.
    private static func claims(_ issuer: TestIssuer, _ others: [String: String] = [:]) -> String {
        var claims = [
            "iss": "\"\(issuer.address)\"", "aud": "\"claims\"", "sub": "\"person-1\"", "iat": "\(now)",
            "exp": "\(now + 600)",
        ]
        claims.merge(others) { $1 }
        let members = claims.filter { $0.value != "-" }.map { "\"\($0.key)\": \($0.value)" }
        return "{" + members.joined(separator: ", ") + "}"
    }

    private static func configuration(_ issuer: TestIssuer) throws -> OpenIDConfiguration {
        var configuration = try OpenIDConfiguration(issuer: issuer.address, audience: "claims")
        configuration.roleClaim = "realm.roles"
        configuration.roles = ["editors": .reviewer, "staff": .admin]
        configuration.fetchPause = .zero
        // The tests share the machine with many others.
        configuration.fetchSeconds = 300
        return configuration
    }

    struct Wrong: CustomTestStringConvertible {
        var name: String
        var claims: [String: String]
        var testDescription: String { name }
    }

    @Test(arguments: [
        Wrong(name: "expired", claims: ["exp": "\(now - 31)"]), Wrong(name: "without an end", claims: ["exp": "-"]),
        Wrong(name: "an end that is no number", claims: ["exp": "\"\(now + 600)\""]),
        Wrong(name: "an end beyond all numbers", claims: ["exp": "1e999"]),
        Wrong(name: "not yet valid", claims: ["nbf": "\(now + 600)"]),
        Wrong(name: "nbf of null", claims: ["nbf": "null"]),
        Wrong(name: "from the future", claims: ["iat": "\(now + 600)"]),
        Wrong(name: "another issuer", claims: ["iss": "\"https://other.example\""]),
        Wrong(name: "the issuer with a slash", claims: ["iss": "\"http://127.0.0.1/\""]),
        Wrong(name: "without an issuer", claims: ["iss": "-"]),
        Wrong(name: "another audience", claims: ["aud": "\"others\""]),
        Wrong(name: "a longer audience", claims: ["aud": "\"claims2\""]),
        Wrong(name: "no audience", claims: ["aud": "[]"]),
        Wrong(name: "without an audience", claims: ["aud": "-"]),
        Wrong(name: "without a subject", claims: ["sub": "-"]),
        Wrong(name: "an empty subject", claims: ["sub": "\"\""]),
        Wrong(name: "a subject with NUL", claims: ["sub": #""a\u0000""#]),
        Wrong(name: "a subject that is no text", claims: ["sub": "7"]),
        Wrong(name: "a claim twice", claims: ["exp\": 1, \"exp": "\(now + 600)"]),
    ])
    func `Claims that do not fit let nobody in`(wrong: Wrong) async throws {
        try await TestIssuer.run { (issuer: TestIssuer) async throws -> Void in
            let key = TestIssuer.Key.elliptic(ES256PrivateKey())
            try issuer.publish([("one", key)])
            let checker = OpenIDIssuer(try Self.configuration(issuer), logger: .init(label: "test"))
            let good = try await TestIssuer.sign(Self.claims(issuer), id: "one", with: key)
            #expect(try await checker.check(good)?.identity.subject == "person-1")
            let bad = try await TestIssuer.sign(Self.claims(issuer, wrong.claims), id: "one", with: key)
            #expect(try await checker.check(bad) == nil)
        }
    }

    @Test func `Signatures by other keys, by other algorithms, or by none let nobody in`() async throws {
        try await TestIssuer.run { (issuer: TestIssuer) async throws -> Void in
            let (key, rsa, stranger) = (
                TestIssuer.Key.elliptic(ES256PrivateKey()), try TestIssuer.Key.rsa(),
                TestIssuer.Key.elliptic(ES256PrivateKey())
            )
            let secret = #"{"kty": "oct", "kid": "secret", "k": "c2VjcmV0", "alg": "HS256"}"#
            let sealing = #"{"kty": "EC", "crv": "P-256", "kid": "enc", "use": "enc", "x": "AA", "y": "AA"}"#
            try issuer.publish([("one", key), ("two", rsa)], and: [secret, sealing, #"{"kty": "new"}"#, "{}"])
            var configuration = try Self.configuration(issuer)
            configuration.algorithms = ["ES256", "RS256"]
            let checker = OpenIDIssuer(configuration, logger: .init(label: "test"))
            let claims = Self.claims(issuer)
            for (id, key) in [("one", key), ("two", rsa)] {
                #expect(try await checker.check(try await TestIssuer.sign(claims, id: id, with: key)) != nil)
            }
            var texts = [
                try await TestIssuer.sign(claims, id: "one", with: stranger),
                try await TestIssuer.sign(claims, id: "two", with: key),
                try await TestIssuer.sign(claims, id: "unknown", with: key),
                try await TestIssuer.sign(claims, id: nil, with: stranger),
                try await TestIssuer.sign(claims, id: "two", with: rsa, algorithm: "RS512"),
                try await TestIssuer.sign(claims, id: "two", with: rsa, algorithm: "PS256"),
                try await TestIssuer.sign(claims, id: "one", with: key, algorithm: "RS256"),
                try await TestIssuer.sign(claims, id: "one", with: key, algorithm: "HS256"),
                try await TestIssuer.sign(claims, id: "secret", with: key, algorithm: "HS256"),
                try await TestIssuer.sign(claims, id: "one", with: key, algorithm: "none"),
                TestIssuer.base64(#"{"alg": "none", "kid": "one"}"#) + "." + TestIssuer.base64(claims) + ".",
            ]
            let good = try await TestIssuer.sign(claims, id: "one", with: key)
            let parts = good.split(separator: ".")
            let other = TestIssuer.base64(Self.claims(issuer, ["sub": "\"person-2\""]))
            texts += [
                "\(parts[0]).\(other).\(parts[2])", "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).",
                "\(good).\(parts[2])", good + "=", String(good.dropLast(8)), "..", "",
                good.replacing(parts[2], with: "\(parts[2])\n"), String(repeating: "a.", count: 20_000),
            ]
            for text in texts { #expect(try await checker.check(text) == nil, "\(text.prefix(200))") }
            // Where the issuer has one key for an algorithm, an assertion need not name it.
            #expect(try await checker.check(try await TestIssuer.sign(claims, id: nil, with: key)) != nil)
        }
    }

    @Test func `New keys are fetched when an assertion names one, but not more often than allowed`() async throws {
        try await TestIssuer.run { (issuer: TestIssuer) async throws -> Void in
            let (old, new) = (TestIssuer.Key.elliptic(ES256PrivateKey()), TestIssuer.Key.elliptic(ES256PrivateKey()))
            try issuer.publish([("old", old)])
            var configuration = try Self.configuration(issuer)
            configuration.fetchPause = .milliseconds(200)
            let checker = OpenIDIssuer(configuration, logger: .init(label: "test"))
            let (first, second) = (
                try await TestIssuer.sign(Self.claims(issuer), id: "old", with: old),
                try await TestIssuer.sign(Self.claims(issuer), id: "new", with: new)
            )
            for _ in 1...3 { #expect(try await checker.check(first) != nil) }
            #expect(issuer.fetches == 1)
            try issuer.publish([("new", new)])
            var isTaken = false
            for _ in 1...1000 where !isTaken {
                isTaken = try await checker.check(second) != nil
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(isTaken)
            // The old key is gone with the new set.
            #expect(try await checker.check(first) == nil)
            let fetches = issuer.fetches
            for number in 1...50 {
                let unknown = try await TestIssuer.sign(Self.claims(issuer), id: "unknown-\(number)", with: new)
                _ = try await checker.check(unknown)
            }
            // Fifty signatures take less than fifty pauses: some fetches were saved.
            #expect(issuer.fetches < fetches + 50)
        }
    }

    @Test func `Known keys are used when the issuer is down, and no keys at all mean trying later`() async throws {
        try await TestIssuer.run { (issuer: TestIssuer) async throws -> Void in
            let key = TestIssuer.Key.elliptic(ES256PrivateKey())
            try issuer.publish([("one", key)])
            issuer.setDown(true)
            var configuration = try Self.configuration(issuer)
            configuration.keyAge = .zero
            let checker = OpenIDIssuer(configuration, logger: .init(label: "test"))
            let text = try await TestIssuer.sign(Self.claims(issuer), id: "one", with: key)
            let error = await #expect(throws: RegistryError.self) { try await checker.check(text) }
            #expect(error?.code == .unavailable)
            issuer.setDown(false)
            #expect(try await checker.check(text) != nil)
            issuer.setDown(true)
            #expect(try await checker.check(text) != nil)
            // Keys are not taken from where a redirect leads, nor out of an answer that does not end.
            issuer.setDown(false)
            for path in ["moved", "endless"] {
                configuration.keysURL = "\(issuer.address)/\(path)"
                let other = OpenIDIssuer(configuration, logger: .init(label: "test"))
                await #expect(throws: RegistryError.self) { try await other.check(text) }
            }
            #expect(issuer.endlessBytes < 64 << 20)
        }
    }

    @Test func `An account is made at first sight, and follows the role that the issuer tells`() async throws {
        let database = try await TestDatabase.make("api_openid")
        try await TestIssuer.run { (issuer: TestIssuer) async throws -> Void in
            let key = TestIssuer.Key.elliptic(ES256PrivateKey())
            try issuer.publish([("one", key)])
            try await TestServer.run(database.registry, openID: try Self.configuration(issuer)) {
                (client: HTTPClient) async throws -> Void in
                let start = try await client.logPosition()
                func own(_ others: [String: String]) async throws -> HTTPAnswer {
                    let text = try await TestIssuer.sign(Self.claims(issuer, others), id: "one", with: key)
                    return try await client.send("GET", "/v1/account", headers: ["Authorization": "Bearer \(text)"])
                }
                let answers = try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
                    let text = try await TestIssuer.sign(Self.claims(issuer), id: "one", with: key)
                    for _ in 1...8 {
                        group.addTask {
                            try await client.send("GET", "/v1/account", headers: ["Authorization": "Bearer \(text)"])
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers.allSatisfy { $0.status == 200 })
                #expect(Set(answers.compactMap { $0.json["id"] as? Int }).count == 1)
                #expect(answers[0].json["role"] as? String == "contributor")
                let name = answers[0].json["name"] as? String ?? ""
                #expect(name.hasPrefix("user-"))
                #expect(try await client.logPosition() == start + 1)

                let promoted = try await own(["realm": #"{"roles": ["x", "editors"]}"#, "iat": "\(Self.now + 5)"])
                #expect(promoted.json["role"] as? String == "reviewer")
                #expect(promoted.json["name"] as? String == name)
                // An assertion from before that says less does not undo it.
                #expect(try await own([:]).json["role"] as? String == "reviewer")
                let second = ["sub": "\"p2@example.org\"", "realm.roles": #""staff""#, "preferred_username": "\"p2\""]
                let staff = try await own(second)
                #expect(staff.json["name"] as? String == "p2")
                #expect(staff.json["role"] as? String == "admin")
                #expect(staff.json["scopes"] as? [String] == Scope.allCases.map(\.rawValue))

                let entries = try await database.registry.log(after: Int64(start), limit: 10)
                #expect(entries.map(\.kind) == ["account.created", "account.changed", "account.created"])
                #expect(entries.map(\.actor).prefix(2) == [name, name])

                guard let account = try await database.registry.account(named: name) else { return }
                #expect(account.issuer == issuer.address)
                _ = try await database.registry.changeAccount(
                    account.id,
                    AccountChange(isDisabled: true),
                    by: .operator
                )
                #expect(try await own([:]).status == 401)
                // Tokens of the service go on beside.
                #expect(try await client.send("GET", "/v1/account", headers: Tester.ann.authorization).status == 200)
            }
        }
    }

    @Test func `Without a default role, who has none is kept out`() async throws {
        try await TestIssuer.run { (issuer: TestIssuer) async throws -> Void in
            let key = TestIssuer.Key.elliptic(ES256PrivateKey())
            try issuer.publish([("one", key)])
            var configuration = try Self.configuration(issuer)
            configuration.defaultRole = nil
            let checker = OpenIDIssuer(configuration, logger: .init(label: "test"))
            for (others, role) in [
                ([:], nil), (["realm": #"{"roles": ["x"]}"#], nil), (["realm": "7"], nil),
                (["realm": #"{"roles": ["staff", "editors"]}"#], Role.admin),
            ] as [([String: String], Role?)] {
                let text = try await TestIssuer.sign(Self.claims(issuer, others), id: "one", with: key)
                #expect(try await checker.check(text)?.identity.role == role)
            }
        }
    }

    @Test(arguments: [
        "http://issuer.example", "ftp://127.0.0.1", "issuer.example", "https://", "", "file:///etc/passwd",
    ])
    func `An issuer whose answers anyone on the way could give is refused`(address: String) {
        #expect(throws: ConfigurationFault.self) { try OpenIDConfiguration(issuer: address, audience: "a") }
        #expect(throws: ConfigurationFault.self) {
            try OpenIDConfiguration(issuer: "https://issuer.example", audience: "a", keysURL: address)
        }
    }
}
