import Foundation
import Registry
import Testing

@testable import API

/// Corrections over the wire: proposed, decided on, taken back; each change with one log entry.
@Suite struct CorrectionRoutesTests {
    @Test func `A correction goes its way, and every representation shows it at once`() async throws {
        let database = try await TestDatabase.make("api_corrections", papers: Samples.papers)
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let start = try await client.logPosition()
            let proposed = try await client.propose(#"{"value": "92.1"}"#)
            #expect(proposed.status == 201 && proposed.json["state"] as? String == "open")
            #expect(proposed.headers["location"] == "/v1/corrections/1")
            let shown = try await client.send("GET", "/v1/corrections/1")
            let field = (shown.json["fields"] as? [[String: Any]])?.first
            #expect(field?["base"] as? String == "91.2" && field?["proposed"] as? String == "92.1")
            #expect(field?["conflicts"] as? Bool == false)
            let tag = try #require(shown.headers["etag"])
            #expect(try await client.send("GET", "/v1/corrections/1", headers: ["If-None-Match": tag]).status == 304)

            #expect(try await client.decide("accept", tag: nil).status == 428)
            #expect(try await client.decide("accept", tag: "\"correction-1-r7\"").status == 412)
            #expect(try await client.decide("accept", tag: tag, by: .ann).status == 403)
            #expect(try await client.logPosition() == start + 1)
            let accepted = try await client.decide("accept", tag: tag)
            #expect(accepted.status == 200 && accepted.json["state"] as? String == "accepted")
            #expect(try await client.logPosition() == start + 2)
            #expect(try await client.decide("accept", tag: tag).status == 412)
            #expect(
                try await client.decide("reject", tag: "\"correction-1-r2\"", body: #"{"reason": "no"}"#).status == 409
            )

            let claim = try await client.send("GET", "/v1/claims/1")
            #expect(claim.json["value"] as? String == "92.1")
            let setBy = (claim.json["set_by"] as? [String: [String: Any]])?["value"]
            #expect(setBy?["account"] as? String == "ann" && setBy?["correction"] as? Int == 1)
            #expect(setBy?["at"] as? String != nil)
            let board = try await client.send("GET", "/v1/benchmarks/gsm8k/leaderboard.csv")
            #expect(board.text.contains("92.1"))

            let reverted = try await client.post(
                "/v1/corrections/1/revert",
                #"{"reason": "it was right"}"#,
                headers: Tester.rita.json
            )
            #expect(reverted.status == 201 && reverted.json["reverts"] as? Int == 1)
            #expect(reverted.json["state"] as? String == "accepted")
            #expect(try await client.logPosition() == start + 3)
            #expect(try await client.send("GET", "/v1/claims/1").json["value"] as? String == "91.2")
            let revisions = try await client.send("GET", "/v1/claims/1/revisions").json["items"] as? [[String: Any]]
            #expect(revisions?.count == 3 && revisions?[1]["author"] as? String == "rita")
            #expect(try await database.registry.verifyLog().fault == nil)
        }
    }

    @Test func `What was merged away leads on, and comments, queue and batch answer`() async throws {
        let database = try await TestDatabase.make("api_corrections_merge", papers: Samples.papers)
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let lines = """
                {"target": {"type": "benchmark", "slug": "mmlu"}, "operation": "merge", "patch": {"merged_into": "gsm8k"}, "reason": "the same"}

                {"target": {"type": "claim", "id": 1}, "operation": "update", "patch": {"value": 7}, "reason": "x"}
                not json
                """
            let batch = try await client.post(
                "/v1/corrections:batch",
                lines,
                headers: Tester.ann.authorization.merging(["Content-Type": "application/x-ndjson"]) { $1 }
            )
            let outcomes = batch.text.split(separator: "\n").map { line in
                (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] ?? [:]
            }
            #expect(outcomes.map { $0["outcome"] as? String } == ["proposed", "refused", "refused"])
            #expect(outcomes.map { $0["line"] as? Int } == [1, 3, 4])
            _ = try await client.decide("accept", tag: "*")
            let old = try await client.send("GET", "/v1/benchmarks/mmlu")
            #expect(old.status == 308 && old.headers["location"] == "/v1/benchmarks/gsm8k")

            let comment = try await client.post(
                "/v1/corrections/1/comments",
                #"{"text": "=1+1 <script>"}"#,
                headers: Tester.bob.json
            )
            #expect(comment.status == 201)
            let comments = try await client.send("GET", "/v1/corrections/1/comments").json["items"] as? [[String: Any]]
            #expect(comments?.first?["text"] as? String == "=1+1 <script>")
            let queue = try await client.send("GET", "/v1/corrections?state=open&benchmark=gsm8k&since=2020")
            #expect((queue.json["items"] as? [Any])?.isEmpty == true)
            #expect((queue.json["counts"] as? [String: Int])?["accepted"] == 1)
        }
    }

    @Test func `A conflict is told field by field, and rebased`() async throws {
        let database = try await TestDatabase.make("api_corrections_conflict", papers: Samples.papers)
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            _ = try await client.propose(#"{"value": "92.1"}"#)
            _ = try await client.propose(#"{"value": "92.2"}"#)
            _ = try await client.decide("accept", tag: "*", id: 2)
            let conflict = try await client.decide("accept", tag: "*")
            #expect(conflict.status == 409 && conflict.places == ["/patch/value"])
            let shown = try await client.send("GET", "/v1/corrections/1")
            #expect(shown.json["state"] as? String == "conflicted")
            let field = (shown.json["fields"] as? [[String: Any]])?.first
            #expect(field?["current"] as? String == "92.2" && field?["conflicts"] as? Bool == true)
            let rebased = try await client.decide("rebase", tag: "*", body: #"{"patch": {"value": "92.3"}}"#, by: .ann)
            #expect(rebased.json["state"] as? String == "open")
            #expect(try await client.decide("accept", tag: "*").status == 200)
            #expect(try await client.send("GET", "/v1/claims/1").json["value"] as? String == "92.3")
        }
    }

    @Test func `A key makes one correction, and gives the first answer again`() async throws {
        let database = try await TestDatabase.make("api_corrections_key", papers: Samples.papers)
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let headers = ["Idempotency-Key": "\"once\""]
            let first = try await client.propose(#"{"value": "92.1"}"#, headers: headers)
            let second = try await client.propose(#"{"value": "92.1"}"#, headers: headers)
            #expect(first.status == 201 && second.status == 201 && first.body == second.body)
            let refused = try await client.propose(#"{"value": 1}"#, headers: ["Idempotency-Key": "\"twice\""])
            #expect(refused.status == 422 && refused.places == ["/patch/value"])
            let queue = try await client.send("GET", "/v1/corrections")
            #expect((queue.json["items"] as? [Any])?.count == 1)
        }
    }

    /// Content that is wrong, and where.
    static let wrong: [(body: String, status: Int, places: [String])] = [
        ("", 400, []), ("{", 400, []), (#"{"reason": "a", "reason": "b"}"#, 400, []),
        (String(repeating: "[", count: 10_000), 400, []), ("null", 422, [""]), ("[]", 422, [""]),
        ("{}", 422, ["/operation", "/reason", "/target"]),
        (#"{"target": 7, "operation": 1, "reason": [], "patch": {}}"#, 422, ["/operation", "/reason", "/target"]),
        (#"{"target": {"type": "paper", "id": 1e3}, "operation": "update", "reason": "x"}"#, 422, ["/target/id"]),
        (
            #"{"target": {"type": "paper", "id": 99999999999999999999}, "operation": "update", "reason": "x"}"#, 422,
            ["/target/id"]
        ),
        (#"{"target": {"type": "account", "id": 1}, "operation": "update", "reason": "x"}"#, 422, ["/target/type"]),
        (#"{"target": {"type": "claim", "slug": "a"}, "operation": "update", "reason": "x"}"#, 422, ["/target/slug"]),
        (#"{"target": {"type": "claim", "id": 1, "x": 1}, "operation": "update", "reason": "x"}"#, 422, ["/target/x"]),
        (#"{"target": {"type": "claim", "id": 1}, "operation": "split", "reason": "x"}"#, 422, ["/operation"]),
        (#"{"target": {"type": "claim", "id": 1}, "operation": "update", "reason": " "}"#, 422, ["/reason"]),
        (
            #"{"target": {"type": "claim", "id": 1}, "operation": "update", "reason": "x", "patch": []}"#, 422,
            ["/patch"]
        ),
        (
            #"{"target": {"type": "claim", "id": 1}, "operation": "update", "reason": "x", "patch": {"value": "1"}, "source_url": "javascript:1"}"#,
            422, ["/source_url"]
        ),
        (
            #"{"target": {"type": "claim", "id": 1}, "operation": "update", "reason": "x", "patch": {"value": "1"}, "state": "accepted"}"#,
            422, ["/state"]
        ),
        (
            #"{"target": {"type": "claim", "id": 1}, "operation": "update", "reason": "x", "patch": {"set_by": {}, "value": "\u0000"}}"#,
            422, ["/patch/value", "/patch/set_by"]
        ),
        (
            #"{"target": {"type": "claim", "id": 1}, "operation": "update", "reason": "x", "patch": {"baseline": "\#(String(repeating: "a", count: 5000))"}}"#,
            422, ["/patch/baseline"]
        ),
    ]

    @Test(arguments: wrong.indices)
    func `What is wrong with a proposal is named, and nothing is written`(index: Int) async throws {
        let (body, status, places) = Self.wrong[index]
        let database = try await TestDatabase.shared()
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let start = try await client.logPosition()
            let answer = try await client.post("/v1/corrections", body, headers: Tester.ann.json)
            #expect(answer.status == status)
            #expect(answer.places == places)
            #expect(try await client.logPosition() == start)
        }
    }

    @Test(arguments: ["accept", "reject", "withdraw", "rebase", "revert", "comments"])
    func `Decisions want an object of known members about a correction that there is`(action: String) async throws {
        let database = try await TestDatabase.shared()
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let start = try await client.logPosition()
            let headers = Tester.rita.json.merging(["If-Match": "*"]) { $1 }
            let right = action == "comments" ? #"{"text": "x"}"# : action == "rebase" ? "{}" : #"{"reason": "x"}"#
            for (body, status) in [
                ("[]", 422), ("", 400), (#"{"nothing": 1}"#, 422), (#"{"reason": 1, "text": 1, "patch": 1}"#, 422),
                (#"{"reason": "\ud800"}"#, 400), (right, 404),
            ] {
                let answer = try await client.post("/v1/corrections/999/\(action)", body, headers: headers)
                #expect(answer.status == status, "\(body)")
            }
            #expect(try await client.post("/v1/corrections/x/\(action)", right, headers: headers).status == 404)
            #expect(try await client.post("/v1/corrections/1/\(action)?a=b", right, headers: headers).status == 400)
            #expect(try await client.logPosition() == start)
        }
    }
}

extension HTTPClient {
    /// Proposes, as ann, to change the first claim.
    fileprivate func propose(_ patch: String, headers: [String: String] = [:]) async throws -> HTTPAnswer {
        try await post(
            "/v1/corrections",
            #"{"target": {"type": "claim", "id": 1}, "operation": "update", "patch": \#(patch), "reason": "misread"}"#,
            headers: Tester.ann.json.merging(headers) { $1 }
        )
    }

    /// Decides on a correction.
    fileprivate func decide(
        _ action: String,
        tag: String?,
        id: Int = 1,
        body: String = "{}",
        by tester: Tester = .rita
    ) async throws -> HTTPAnswer {
        var headers = tester.json
        if let tag { headers["If-Match"] = tag }
        return try await post("/v1/corrections/\(id)/\(action)", body, headers: headers)
    }
}
