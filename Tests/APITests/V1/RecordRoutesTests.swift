import API
import Testing

@Suite struct RecordRoutesTests {
    struct List: CustomTestStringConvertible {
        var target: String
        var count: Int
        var testDescription: String { target }
    }

    @Test(arguments: [
        List(target: "/v1/benchmarks", count: 2),
        List(target: "/v1/benchmarks?q=gsm8", count: 1),
        List(target: "/v1/benchmarks?q=nothing+like+this", count: 0),
        List(target: "/v1/papers", count: 4),
        List(target: "/v1/papers?q=tears", count: 1),
        List(target: "/v1/papers?identifier=arxiv:2509.00001", count: 1),
        List(target: "/v1/papers?identifier=https://arxiv.org/abs/2509.00001v3", count: 1),
        List(target: "/v1/papers?benchmark=mmlu", count: 1),
        List(target: "/v1/papers?published_from=2025-09-02", count: 2),
        List(target: "/v1/claims", count: 5),
        List(target: "/v1/claims?kind=change", count: 1),
        List(target: "/v1/claims?benchmark=GSM8K&kind=score", count: 4),
        List(target: "/v1/claims?status=retracted", count: 0),
        List(target: "/v1/claims?bound=up_to", count: 0),
        List(target: "/v1/models?q=counter", count: 1),
        List(target: "/v1/metrics?q=accuracy&limit=1", count: 1),
    ])
    func `Lists hold what fits their conditions`(list: List) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", list.target)
            #expect(answer.status == 200)
            #expect((answer.json["items"] as? [Any])?.count == list.count)
            #expect(answer.json.keys.filter { $0 != "snapshot" }.sorted() == ["items", "next"])
        }
    }

    @Test(arguments: [
        "/v1/papers/999999", "/v1/claims/999999", "/v1/claims/999999/revisions", "/v1/models/nobody",
        "/v1/claims?benchmark=nothing-like-this", "/problems/no-such-problem",
    ])
    func `What is not there is not found`(target: String) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", target)
            #expect(answer.status == 404)
            #expect(answer.problem == "not-found")
        }
    }

    @Test func `A claim shows its evidence where it stands in the abstract`() async throws {
        try await SharedServer.use { client in
            let list = try await client.send("GET", "/v1/claims?model=counter-7b")
            let item = (list.json["items"] as? [[String: Any]])?.first ?? [:]
            let id = item["id"] as? Int ?? 0
            let claim = try await client.send("GET", "/v1/claims/\(id)")
            #expect(claim.status == 200)
            #expect(claim.json["value"] as? String == "91.2")
            #expect(claim.json["unit"] as? String == "percent")
            #expect(claim.json["kind"] as? String == "score")
            let paperID = (claim.json["paper"] as? [String: Any])?["id"] as? Int ?? 0
            let paper = try await client.send("GET", "/v1/papers/\(paperID)")
            let abstract = Array((paper.json["abstract"] as? String ?? "").utf8)
            let start = claim.json["evidence_start"] as? Int ?? 0
            let end = claim.json["evidence_end"] as? Int ?? 0
            #expect(end > start && end <= abstract.count)
            #expect(String(decoding: abstract[start..<end], as: UTF8.self) == claim.json["evidence"] as? String)
            let revisions = try await client.send("GET", "/v1/claims/\(id)/revisions")
            let first = (revisions.json["items"] as? [[String: Any]])?.first ?? [:]
            #expect(first["number"] as? Int == 1)
            #expect(first["state"] is [String: Any])
        }
    }

    @Test func `The log's head is a position and a hash`() async throws {
        try await SharedServer.use { client in
            let head = try await client.send("GET", "/v1/log/head")
            #expect(head.json["position"] as? Int ?? 0 > 0)
            #expect((head.json["hash"] as? String)?.count == 64)
        }
    }
}
