import Foundation
import Postgres
import Registry
import Testing

@testable import API

@Suite struct IdempotencyTests {
    @Test(arguments: [
        (#""abc""#, "abc"), (#""7f3c9a52-6f0b-4c39-9d5c-2d5d5f1f8a11""#, "7f3c9a52-6f0b-4c39-9d5c-2d5d5f1f8a11"),
        (#""a \"b\" \\ c""#, #"a "b" \ c"#), (#"" ""#, " "),
    ])
    func `A key is a string of structured fields`(header: String, key: String) throws {
        #expect(try Idempotency.key(header) == key)
    }

    @Test(arguments: [
        "", "abc", "\"", "\"\"", "\"abc", "abc\"", #""a"b""#, #""a\""#, #""a\n""#, #""a", "b""#, #""é""#, "\"a\tb\"",
        "1",
        ":YWJj:", "?1", "\"" + String(repeating: "k", count: 256) + "\"",
    ])
    func `Anything else is malformed`(header: String) {
        let problem = #expect(throws: Problem.self) { try Idempotency.key(header) }
        #expect(problem?.kind == .malformedRequest)
        #expect(problem?.parts.map(\.place) == [.header("Idempotency-Key")])
    }

    private static let paper = #"{"title": "Once", "abstract": "Once 7B reaches 61.5% accuracy on GSM8K."}"#

    private static func fields(_ tester: Tester, _ key: String) -> [String: String] {
        tester.json.merging(["Idempotency-Key": "\"\(key)\""]) { $1 }
    }

    @Test func `A request that is sent again gets the first answer, byte for byte, and has no second effect`()
        async throws
    {
        let database = try await TestDatabase.make("api_idempotency")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let first = try await client.post("/v1/papers", Self.paper, headers: Self.fields(.ann, "k1"))
            #expect(first.status == 201)
            let position = try await client.logPosition()
            let again = try await client.post("/v1/papers", Self.paper, headers: Self.fields(.ann, "k1"))
            #expect(again.status == 201)
            #expect(again.body == first.body)
            for name in ["location", "content-type", "cache-control"] {
                #expect(again.headers[name] == first.headers[name])
            }
            // Without the key the registry says what it is by now.
            let plain = try await client.post("/v1/papers", Self.paper, headers: Tester.ann.json)
            #expect(plain.status == 200)
            // Another account's key is another one.
            let other = try await client.post("/v1/papers", Self.paper, headers: Self.fields(.bob, "k1"))
            #expect(other.status == 200)
            #expect(try await client.logPosition() == position)
        }
    }

    @Test func `A key that comes with another request is refused`() async throws {
        let database = try await TestDatabase.make("api_idempotency_reuse")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            _ = try await client.post("/v1/papers", Self.paper, headers: Self.fields(.adam, "k"))
            let position = try await client.logPosition()
            for (target, body) in [
                ("/v1/papers", Self.paper + " "), ("/v1/papers?x=1", Self.paper), ("/v1/accounts", Self.paper),
                ("/v1/papers:batch", Self.paper),
            ] {
                let answer = try await client.post(target, body, headers: Self.fields(.adam, "k"))
                #expect(answer.status == 422)
                #expect(answer.problem == "idempotency-key-reused")
            }
            #expect(try await client.logPosition() == position)
        }
    }

    @Test func `A refusal is answered again, too, and leaves nothing behind`() async throws {
        let database = try await TestDatabase.make("api_idempotency_refusal")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let start = try await client.logPosition()
            let first = try await client.post("/v1/papers", "{}", headers: Self.fields(.ann, "bad"))
            #expect(first.status == 422)
            let again = try await client.post("/v1/papers", "{}", headers: Self.fields(.ann, "bad"))
            #expect(again.status == 422 && again.body == first.body)
            #expect(again.headers["content-type"] == "application/problem+json")
            let mended = try await client.post("/v1/papers", Self.paper, headers: Self.fields(.ann, "bad"))
            #expect(mended.problem == "idempotency-key-reused")
            #expect(try await client.logPosition() == start)
        }
    }

    @Test func `A malformed key is refused before anything is done`() async throws {
        try await SharedServer.use { client in
            let start = try await client.logPosition()
            for target in ["/v1/papers", "/v1/papers:batch", "/v1/accounts", "/v1/accounts/2/tokens"] {
                let fields = Tester.adam.json.merging(["Idempotency-Key": "not quoted"]) { $1 }
                let answer = try await client.post(target, Self.paper, headers: fields)
                #expect(answer.status == 400)
                #expect(answer.places == ["Idempotency-Key"])
            }
            #expect(try await client.logPosition() == start)
        }
    }

    @Test func `Of a thousand at once on two instances, one has an effect`() async throws {
        let database = try await TestDatabase.make("api_idempotency_thousand")
        try await TestServer.run(database.registry) { (first: HTTPClient) async throws -> Void in
            try await TestServer.run(database.registry) { (second: HTTPClient) async throws -> Void in
                let start = try await first.logPosition()
                let body = #"{"name": "only.one", "role": "contributor"}"#
                let answers = try await withThrowingTaskGroup(of: HTTPAnswer.self) { group in
                    for number in 0..<1000 {
                        group.addTask {
                            try await (number.isMultiple(of: 2) ? first : second)
                                .post("/v1/accounts", body, headers: Self.fields(.adam, "thousand"))
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                let statuses = Set(answers.map(\.status))
                #expect(statuses.isSubset(of: [201, 409]), "\(statuses)")
                let made = answers.filter { $0.status == 201 }
                #expect(!made.isEmpty)
                #expect(Set(made.map(\.body)).count == 1)
                let busy = answers.filter { $0.status == 409 }
                #expect(busy.allSatisfy { $0.problem == "idempotency-key-in-use" && $0.headers["retry-after"] == "1" })
                #expect(try await first.logPosition() == start + 1)
            }
        }
    }

    @Test func `While the first is under way, the next is told so at once, on every instance`() async throws {
        let database = try await TestDatabase.make("api_idempotency_busy")
        try await TestServer.run(database.registry) { (first: HTTPClient) async throws -> Void in
            try await TestServer.run(database.registry) { (second: HTTPClient) async throws -> Void in
                let send = { @Sendable (client: HTTPClient) in
                    try await client.post("/v1/papers", Self.paper, headers: Self.fields(.ann, "slow"))
                }
                // The first cannot end as long as nobody may write to the log.
                let held = try await database.holdLog()
                let slow = Task { try await send(first) }
                try await database.waitForLock()
                let next = try await send(second)
                #expect(next.status == 409)
                #expect(next.problem == "idempotency-key-in-use")
                try await held.release()
                #expect(try await slow.value.status == 201)
                #expect(try await send(second).status == 201)
            }
        }
    }

    @Test func `The secret of a token is not kept with its answer`() async throws {
        let database = try await TestDatabase.make("api_idempotency_secret")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let id = try await client.accountID(of: .ann)
            let body = #"{"name": "x", "scopes": ["papers:write"]}"#
            let target = "/v1/accounts/\(id)/tokens"
            let first = try await client.post(target, body, headers: Self.fields(.adam, "t"))
            let again = try await client.post(target, body, headers: Self.fields(.adam, "t"))
            #expect(first.status == 201 && again.status == 201)
            #expect((first.json["token"] as? String).flatMap { TokenSecret($0) } != nil)
            #expect(again.json["token"] is NSNull)
            #expect(again.json["id"] as? Int == first.json["id"] as? Int)
        }
    }

    @Test func `A batch with a key is kept once`() async throws {
        let database = try await TestDatabase.make("api_idempotency_batch")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let lines = (1...300).map {
                #"{"title": "T\#($0)", "abstract": "Model \#($0)B reaches \#($0).5% on GSM8K."}"#
            }
            let fields = Self.fields(.ann, "batch").merging(["Content-Type": "application/x-ndjson"]) { $1 }
            let first = try await client.post("/v1/papers:batch", lines.joined(separator: "\n"), headers: fields)
            #expect(first.status == 200)
            #expect(first.text.components(separatedBy: #""outcome":"created""#).count == 301)
            let position = try await client.logPosition()
            let again = try await client.post("/v1/papers:batch", lines.joined(separator: "\n"), headers: fields)
            #expect(again.body == first.body)
            #expect(try await client.logPosition() == position)
        }
    }

    @Test func `An answer is forgotten after a day`() async throws {
        let database = try await TestDatabase.make("api_idempotency_day")
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            for key in ["old", "new"] {
                #expect(try await client.post("/v1/papers", "{}", headers: Self.fields(.ann, key)).status == 422)
            }
            try await database.execute(
                "UPDATE idempotency_key SET created_at = now() - interval '25 hours' WHERE key = 'old'"
            )
            // Too old to be given out, also before anyone has deleted it.
            #expect(try await client.post("/v1/papers", Self.paper, headers: Self.fields(.ann, "old")).status == 201)
            try await database.execute(
                "UPDATE idempotency_key SET created_at = now() - interval '25 hours' WHERE key = 'old'"
            )
            #expect(try await database.registry.forgetOldAnswers() == 1)
            #expect(try await database.value("SELECT count(*) FROM idempotency_key", as: Int.self) == 1)
        }
    }
}
