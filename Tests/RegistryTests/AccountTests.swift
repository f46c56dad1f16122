import Postgres
import Testing

@testable import Registry

@Suite struct AccountTests {
    @Test(arguments: ["", "A", "-a", ".a", "a b", "ä", "a\u{0}", String(repeating: "a", count: 65)])
    func `a name that would be misread is refused`(name: String) async throws {
        try await RegistryDatabase.with { (database: RegistryDatabase) async throws -> Void in
            let code = try await RegistryError.code {
                try await database.registry.createAccount(name, role: .admin, by: .operator)
            }
            #expect(code == .invalid)
            let head = try await database.registry.logHead()
            #expect(head.position == 0)
        }
    }

    @Test func `each change of an account or a token is one entry of the log, and nothing is none`() async throws {
        try await RegistryDatabase.with { (database: RegistryDatabase) async throws -> Void in
            let registry = database.registry
            let ann = try await registry.createAccount("ann", role: .contributor, by: .operator)
            let request = TokenRequest(name: "laptop", scopes: [.papersWrite], days: 30)
            let token = try await registry.createToken(request, for: ann.id, by: .operator, secret: .random())
            _ = try await registry.changeAccount(ann.id, AccountChange(role: .reviewer), by: .operator)
            _ = try await registry.changeAccount(ann.id, AccountChange(role: .reviewer), by: .operator)
            _ = try await registry.changeAccount(ann.id, AccountChange(), by: .operator)
            _ = try await registry.changeAccount(ann.id, AccountChange(isDisabled: true), by: .operator)
            try await registry.revokeToken(token.id, by: .operator)
            try await registry.revokeToken(token.id, by: .operator)
            let entries = try await registry.log(after: 0, limit: 100)
            #expect(
                entries.map(\.kind) == [
                    "account.created", "token.created", "account.changed", "account.changed", "token.revoked",
                ]
            )
            #expect(entries.allSatisfy { $0.actor == "local" && !$0.entry.contains("laptop") })
            #expect(entries[3].entry.contains(#""disabled": true"#))
            let verification = try await registry.verifyLog()
            #expect(verification.fault == nil)
        }
    }

    @Test func `who holds a token is known as long as token and account are in force`() async throws {
        try await RegistryDatabase.with { (database: RegistryDatabase) async throws -> Void in
            let registry = database.registry
            let secret = TokenSecret.random()
            let ann = try await registry.createAccount("ann", role: .contributor, by: .operator)
            let request = TokenRequest(name: "x", scopes: [.papersWrite, .correctionsWrite], days: 1)
            let token = try await registry.createToken(request, for: ann.id, by: .operator, secret: secret)
            let holder = try await registry.holder(of: secret)
            #expect(holder?.principal.name == "ann")
            #expect(holder?.principal.scopes == [.papersWrite, .correctionsWrite])
            #expect(holder?.isUseOutdated == true)
            try await registry.noteUse(ofToken: token.id)
            let used = try await registry.holder(of: secret)
            #expect(used?.isUseOutdated == false)
            for (broken, mended) in [
                ("UPDATE token SET revoked_at = now()", "UPDATE token SET revoked_at = NULL"),
                (
                    "UPDATE token SET expires_at = now()",
                    "UPDATE token SET expires_at = now() + interval '1 second' * 3600"
                ),
                ("UPDATE account SET disabled_at = now()", "UPDATE account SET disabled_at = NULL"),
            ] {
                try await database.client.execute(SQL(unescaped: broken))
                let none = try await registry.holder(of: secret)
                #expect(none == nil, "\(broken)")
                try await database.client.execute(SQL(unescaped: mended))
                let again = try await registry.holder(of: secret)
                #expect(again != nil, "\(mended)")
            }
        }
    }

    @Test func `use cases on one registry within a transaction stand or fall together`() async throws {
        try await RegistryDatabase.with { (database: RegistryDatabase) async throws -> Void in
            let registry = database.registry
            let ann = try await registry.createAccount("ann", role: .contributor, by: .operator)
            let start = try await registry.logHead().position
            struct Stop: Error {}
            func request(_ key: String) -> KeyedRequest {
                KeyedRequest(accountID: ann.id, key: key, fingerprint: [UInt8](repeating: 7, count: 32))
            }
            let answer = KeptAnswer(status: 201, headers: ["Location": "/a"], body: [0, 255, 92])
            await #expect(throws: Stop.self) {
                try await registry.once(request("a")) { bound in
                    _ = try await bound.createAccount("bob", role: .admin, by: .operator)
                    let seen = try await bound.account(named: "bob")
                    #expect(seen != nil)
                    throw Stop()
                } refusal: { _ in
                    nil
                }
            }
            let refused = try await registry.once(request("a")) { bound in
                _ = try await bound.createAccount("bob", role: .admin, by: .operator)
                throw Stop()
            } refusal: { _ in
                answer
            }
            #expect(refused == .first(answer))
            let bob = try await registry.account(named: "bob")
            #expect(bob == nil)
            let head = try await registry.logHead()
            #expect(head.position == start)
            let paper = Sample.paper("One", claims: [try Sample.claim("7")])
            let first = try await registry.once(request("b")) { bound in
                // The second account cannot be made, which does not undo the first.
                _ = try await bound.createAccount("bob", role: .admin, by: .operator)
                let code = try await RegistryError.code {
                    try await bound.createAccount("bob", role: .admin, by: .operator)
                }
                #expect(code == .conflict)
                _ = try await bound.ingest([paper, paper])
                return answer
            } refusal: { _ in
                nil
            }
            #expect(first == .first(answer))
            let again = try await registry.once(request("b")) { _ in
                throw Stop()
            } refusal: { _ in
                nil
            }
            #expect(again == .repeated(answer))
            var other = request("b")
            other.fingerprint[0] = 8
            let reused = try await registry.once(other) { _ in
                throw Stop()
            } refusal: { _ in
                nil
            }
            #expect(reused == .reused)
            let entries = try await registry.log(after: start, limit: 10)
            #expect(entries.map(\.kind) == ["account.created", "paper.created"])
            let verification = try await registry.verifyLog()
            #expect(verification.fault == nil)
        }
    }

    @Test(
        arguments: [
            ("ann.example", "ann.example"), ("Ann-Example_2", "ann-example_2"), ("ann@example.org", nil),
            ("Ann Example", nil),
            ("日本", nil), ("-ann", nil), ("", nil), ("user-7", nil), (String(repeating: "a", count: 65), nil),
            (nil, nil), ("admin", nil), ("Ad.Min", nil), ("adm1n", nil), ("admins", nil), ("reviewer", nil),
            ("r00t", nil),
            ("system", nil), ("claim_board", nil), ("anonymous", nil), ("local", nil), ("adminton", "adminton"),
        ] as [(String?, String?)]
    )
    func `an account is called as its issuer says where that is a name, and never by its subject`(
        preferred: String?,
        name: String?
    ) {
        let identity = AssertedIdentity(
            issuer: "https://a.example",
            subject: "subject@example.org",
            role: nil,
            issuedAt: 0,
            preferredName: preferred
        )
        #expect(identity.accountName == name)
    }

    @Test func `accounts of equal names are kept apart, and publish no e-mail address`() async throws {
        try await RegistryDatabase.with { (database: RegistryDatabase) async throws -> Void in
            var names: [String] = []
            for (subject, preferred) in [
                ("1", "ann"), ("2", "ann"), ("e@example.org", "e@example.org"), ("1", "other"), ("3", "local"),
            ] {
                let identity = AssertedIdentity(
                    issuer: "https://a.example",
                    subject: subject,
                    role: nil,
                    issuedAt: 0,
                    preferredName: preferred
                )
                let principal = try await database.registry.principal(for: identity, newRole: .contributor)
                names.append(try #require(principal).name)
            }
            #expect(names[0] == "ann" && names[3] == "ann")
            for name in [names[1], names[2], names[4]] { #expect(name.wholeMatch(of: /user-[0-9]+/) != nil) }
            #expect(Set(names).count == 4)
            for (subject, alike) in [("5", "a.nn"), ("6", "an-n")] {
                let identity = AssertedIdentity(
                    issuer: "https://a.example",
                    subject: subject,
                    role: nil,
                    issuedAt: 0,
                    preferredName: alike
                )
                let principal = try await database.registry.principal(for: identity, newRole: .contributor)
                #expect(principal?.name.hasPrefix("user-") == true, "nobody is to be taken for another")
            }
            // An operator has taken the name that comes next.
            _ = try await database.registry.createAccount("user-100", role: .admin, by: .operator)
            try await database.client.execute("ALTER TABLE account ALTER COLUMN id RESTART WITH 100")
            let late = AssertedIdentity(issuer: "https://a.example", subject: "4", role: nil, issuedAt: 0)
            let principal = try await database.registry.principal(for: late, newRole: .contributor)
            #expect(principal?.name == "user-101")
        }
    }
}
