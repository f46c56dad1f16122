import API
import Foundation
import Testing

@Suite struct SubmissionRoutesTests {
    private static let authorization = ["Authorization": "Bearer " + TestServer.token]
    private static let json = authorization.merging(["Content-Type": "application/json"]) { $1 }
    private static let lines = authorization.merging(["Content-Type": "application/x-ndjson"]) { $1 }

    @Test func `A paper is created once, and says so`() async throws {
        let database = try await TestDatabase.make("api_submission_one")
        try await TestServer.run(database.registry) { client in
            let body = #"""
                {"title": "Fresh", "abstract": "Fresh is at https://github.com/example/fresh.",
                 "identifiers": ["arxiv:2511.00001", "doi:10.1000/xyz123"], "published": "2025-11-03", "url": "https://example.org/fresh"}
                """#
            let created = try await client.post("/v1/papers", body, headers: Self.json)
            #expect(created.status == 201)
            #expect(created.json["outcome"] as? String == "created")
            #expect((created.json["counts"] as? [String: Any])?["links"] as? Int == 1)
            let location = created.headers["location"] ?? ""
            let paper = try await client.send("GET", location)
            #expect(paper.json["title"] as? String == "Fresh")
            // Papers may share the page at an address: it is no identifier.
            #expect(paper.json["identifiers"] as? [String] == ["arxiv:2511.00001", "doi:10.1000/xyz123"])
            let again = try await client.post("/v1/papers", body, headers: Self.json)
            #expect(again.status == 200)
            #expect(again.json["outcome"] as? String == "unchanged")
            #expect(again.json["paper_id"] as? Int == created.json["paper_id"] as? Int)
        }
    }

    @Test func `Texts are kept without control characters, and evidence stands where it says`() async throws {
        let database = try await TestDatabase.make("api_submission_controls")
        try await TestServer.run(database.registry) { client in
            let body = #"""
                {"title": "A\ntitle", "abstract": "By\u001b\r\nthe way,\tDrake 7B reaches an accuracy of 91.2% on GSM8K."}
                """#
            #expect(try await client.post("/v1/papers", body, headers: Self.json).status == 201)
            let paper = try await client.send("GET", "/v1/papers/1").json
            #expect(paper["title"] as? String == "A title")
            let abstract = try #require(paper["abstract"] as? String)
            #expect(abstract == "By \nthe way,\tDrake 7B reaches an accuracy of 91.2% on GSM8K.")
            let claim = try #require((paper["claims"] as? [[String: Any]])?.first)
            let (start, end) = (claim["evidence_start"] as? Int ?? 0, claim["evidence_end"] as? Int ?? 0)
            #expect(String(decoding: Array(abstract.utf8)[start..<end], as: UTF8.self) == claim["evidence"] as? String)
        }
    }

    struct Refused: CustomTestStringConvertible {
        var body: String
        var places: [String]
        var testDescription: String { body }
    }

    @Test(arguments: [
        Refused(body: "{}", places: ["/title", "/abstract"]),
        Refused(body: #"{"title": "T", "abstract": "A", "published": "2025-02-30"}"#, places: ["/published"]),
        Refused(body: #"{"title": "T", "abstract": "A", "published": "yesterday"}"#, places: ["/published"]),
        Refused(body: #"{"title": "T", "abstract": "A", "url": "javascript:alert(1)"}"#, places: ["/url"]),
        Refused(body: #"{"title": "T", "abstract": "A", "url": "https://e.org/\u0000"}"#, places: ["/url"]),
        Refused(body: #"{"title": "T", "abstract": "A", "identifiers": "x"}"#, places: ["/identifiers"]),
        Refused(
            body: #"{"title": "T", "abstract": "A", "identifiers": ["arxiv:2509.00001", "?", 3]}"#,
            places: ["/identifiers/1", "/identifiers/2"]
        ),
        Refused(body: #"{"title": "T", "abstract": "A", "admin": true}"#, places: ["/admin"]),
        Refused(body: #"{"title": "T\u0007", "abstract": "A"}"#, places: ["/title"]),
        Refused(body: #"{"title": "T", "abstract": "A", "url": "https://e.org/\u007f"}"#, places: ["/url"]),
    ])
    func `A paper with wrong fields is refused, and nothing is written`(refused: Refused) async throws {
        try await SharedServer.use { client in
            let before = try await client.send("GET", "/v1/log/head")
            let answer = try await client.post("/v1/papers", refused.body, headers: Self.json)
            #expect(answer.status == 422)
            #expect(answer.places == refused.places)
            #expect(try await client.send("GET", "/v1/log/head").body == before.body)
        }
    }

    @Test(arguments: ["/v1/papers", "/v1/papers:batch"])
    func `Without a token nothing is even read`(target: String) async throws {
        try await SharedServer.use { client in
            for headers in [["Content-Type": "text/html"], ["Authorization": "Bearer cb_wrong"]] {
                let answer = try await client.post(target, "{", headers: headers)
                #expect(answer.status == 401)
                #expect(answer.problem == "unauthorized")
                #expect(answer.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
            }
        }
    }

    @Test func `Only who may decide on corrections replaces the text of a paper that is known`() async throws {
        let database = try await TestDatabase.make("api_texts")
        try await TestServer.run(database.registry) { client in
            func send(_ abstract: String, as tester: Tester) async throws -> Int {
                let paper = #"{"title": "T", "abstract": "\#(abstract)", "identifiers": ["arxiv:2602.00001"]}"#
                return try await client.post("/v1/papers", paper, headers: tester.json).status
            }
            #expect(try await send("Owl reaches 81.2% accuracy on GSM8K.", as: .ann) == 201)
            #expect(try await send("Nothing.", as: .bob) == 409)
            #expect(try await send("Nothing.", as: .ann) == 409)
            let board = try await client.send("GET", "/v1/benchmarks/gsm8k/leaderboard")
            #expect(board.text.contains("81.2"))
            #expect(try await send("Owl reaches 81.3% accuracy on GSM8K.", as: .rita) == 200)
        }
    }

    @Test func `Each line of a batch has an outcome of its own`() async throws {
        let database = try await TestDatabase.make("api_submission_batch")
        try await TestServer.run(database.registry) { client in
            var lines = (1...450).map {
                #"{"title": "Paper \#($0)", "abstract": "Model \#($0)B reaches \#($0).5% on GSM8K."}"#
            }
            lines.insert("", at: 0)
            lines.insert("{broken", at: 100)
            lines.insert(#"{"title": "No abstract"}"#, at: 200)
            lines.append(lines[1])
            let body = lines.joined(separator: "\n")
            let answer = try await client.post("/v1/papers:batch", body, headers: Self.lines)
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/x-ndjson")
            let outcomes = answer.text.split(separator: "\n").compactMap {
                try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            }
            #expect(outcomes.count == 453)
            #expect(outcomes.compactMap { $0["line"] as? Int } == Array(2...454))
            let words = Dictionary(grouping: outcomes) { $0["outcome"] as? String ?? "" }.mapValues(\.count)
            #expect(words == ["created": 450, "refused": 2, "unchanged": 1])
            let broken = outcomes[99]["problem"] as? [String: Any] ?? [:]
            #expect(broken["type"] as? String == "/problems/malformed-content")
        }
    }
}
