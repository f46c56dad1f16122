import Claims
import Foundation
import Registry
import Testing

@testable import API

/// What was taken back, over the wire: in no list that does not ask for it, and with its status wherever it is shown.
@Suite struct StandingRoutesTests {
    @Test(arguments: [("benchmark", "gsm8k"), ("metric", "accuracy"), ("model", "adder-13b")])
    func `A retracted name is asked for by its status, and says it`(type: String, slug: String) async throws {
        let database = try await TestDatabase.make("api_standing_\(type)", papers: Samples.papers)
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let list = "/v1/\(type)s"
            let then = try await client.logPosition()
            try await client.retract(#"{"type": "\#(type)", "slug": "\#(slug)"}"#)
            for query in ["", "?q=\(slug)", "?status=active"] {
                #expect(try await !client.slugs(list + query).contains(slug))
            }
            #expect(try await client.slugs(list + "?status=retracted") == [slug])
            #expect(try await client.slugs(list + "?status=all&q=\(slug)").contains(slug))
            #expect(try await client.send("GET", list + "?status=merged").status == 400)
            let one = try await client.send("GET", "\(list)/\(slug)")
            #expect(one.status == 200 && one.json["status"] as? String == "retracted")
            guard type == "benchmark" else { return }
            for board in ["leaderboard", "sota", "history"] {
                let now = try await client.send("GET", "\(list)/\(slug)/\(board)")
                #expect(now.json["benchmark_status"] as? String == "retracted")
                let before = try await client.send("GET", "\(list)/\(slug)/\(board)?as_of=\(then)")
                #expect(before.json["benchmark_status"] as? String == "active")
            }
            #expect(try await client.send("GET", "/benchmarks/\(slug)").text.contains(">retracted</span>"))
        }
    }

    @Test func `A metric is found by its slug, and by its names through a redirect`() async throws {
        try await SharedServer.use { client in
            #expect(try await client.send("GET", "/v1/metrics/accuracy").json["slug"] as? String == "accuracy")
            let moved = try await client.send("GET", "/v1/metrics/Accuracy")
            #expect(moved.status == 308 && moved.headers["location"] == "/v1/metrics/accuracy")
            #expect(try await client.send("GET", "/v1/metrics/no-such-metric").status == 404)
        }
    }

    @Test func `A retracted paper is out of lists and boards, and comes back by a revert`() async throws {
        let database = try await TestDatabase.make("api_standing_paper", papers: Samples.papers)
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let board = "/v1/benchmarks/gsm8k/leaderboard.csv"
            #expect(try await client.send("GET", board).text.contains("93.5"))
            try await client.retract(#"{"type": "paper", "id": 2}"#)
            #expect(try await !client.send("GET", board).text.contains("93.5"))
            #expect(try await client.ids("/v1/papers") == [4, 3, 1])
            #expect(try await client.ids("/v1/papers?status=retracted") == [2])
            #expect(try await client.ids("/v1/claims?status=retracted").count == 1)
            #expect(try await client.send("GET", "/v1/papers/2").json["status"] as? String == "retracted")
            #expect(try await client.send("GET", "/papers/2").text.contains(">retracted</span>"))
            let export = try await client.send("GET", "/v1/exports/papers.csv").text
            #expect(export.contains(",retracted,"))

            let sample = Samples.papers[1].paper
            let again = try JSONSerialization.data(withJSONObject: [
                "title": sample.title, "abstract": sample.abstract, "identifiers": ["arxiv:2509.00002"],
            ])
            let sent = try await client.send("POST", "/v1/papers", headers: Tester.rita.json, body: Array(again))
            #expect(sent.status == 200 && sent.json["outcome"] as? String == "unchanged")
            #expect(try await client.ids("/v1/papers") == [4, 3, 1])

            let reverted = try await client.post(
                "/v1/corrections/1/revert",
                #"{"reason": "It is right."}"#,
                headers: Tester.rita.json
            )
            #expect(reverted.status == 201)
            #expect(try await client.send("GET", board).text.contains("93.5"))
            #expect(try await client.ids("/v1/papers") == [4, 3, 2, 1])
        }
    }

    @Test func `A corrected abstract is read anew, and every representation shows it`() async throws {
        let database = try await TestDatabase.make("api_standing_abstract", papers: Samples.papers)
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            let text = "Guesser 1B achieves an accuracy of 94.1% on GSM8K, as the second version says."
            let proposed = try await client.post(
                "/v1/corrections",
                #"{"target": {"type": "paper", "id": 3}, "operation": "update", "patch": {"abstract": "\#(text)"}, "reason": "v2"}"#,
                headers: Tester.ann.json
            )
            #expect(proposed.status == 201, "\(proposed.text)")
            let accepted = try await client.post(
                "/v1/corrections/1/accept",
                "{}",
                headers: Tester.rita.json.merging(["If-Match": "*"]) { $1 }
            )
            #expect(accepted.status == 200, "\(accepted.text)")
            let paper = try await client.send("GET", "/v1/papers/3").json
            #expect(paper["abstract"] as? String == text)
            let claims = (paper["claims"] as? [[String: Any]] ?? []).filter { $0["status"] as? String == "active" }
            #expect(claims.map { $0["value"] as? String } == ["94.1"])
            #expect(try await client.send("GET", "/v1/benchmarks/gsm8k/leaderboard.csv").text.contains("94.1"))
            #expect(try await database.registry.verifyLog().fault == nil)
        }
    }
}

extension HTTPClient {
    fileprivate func retract(_ target: String) async throws {
        let proposed = try await post(
            "/v1/corrections",
            #"{"target": \#(target), "operation": "retract", "reason": "not what it seems"}"#,
            headers: Tester.ann.json
        )
        #expect(proposed.status == 201, "\(proposed.text)")
        let accepted = try await post(
            "/v1/corrections/1/accept",
            "{}",
            headers: Tester.rita.json.merging(["If-Match": "*"]) { $1 }
        )
        #expect(accepted.status == 200, "\(accepted.text)")
    }

    private func items(_ target: String) async throws -> [[String: Any]] {
        try await send("GET", target).json["items"] as? [[String: Any]] ?? []
    }

    fileprivate func slugs(_ target: String) async throws -> [String] {
        try await items(target).compactMap { $0["slug"] as? String }
    }

    fileprivate func ids(_ target: String) async throws -> [Int] {
        try await items(target).compactMap { $0["id"] as? Int }
    }
}
