import API
import Testing

@Suite struct ExtractRoutesTests {
    private static let json = ["Content-Type": "application/json"]

    @Test func `Text goes in and records come out, with nothing stored`() async throws {
        try await SharedServer.use { client in
            let before = try await client.send("GET", "/v1/log/head")
            let body = #"{"id": "x", "title": "T", "abstract": "Solver 7B is at https://github.com/example/solver."}"#
            let answer = try await client.post("/v1/extract", body, headers: Self.json)
            #expect(answer.status == 200)
            #expect(answer.json["id"] as? String == "x")
            let links = answer.json["links"] as? [[String: Any]] ?? []
            #expect(links.map { $0["url"] as? String } == ["https://github.com/example/solver"])
            #expect(links.first?["rules"] == nil)
            let explained = try await client.post("/v1/extract?explain=true", body, headers: Self.json)
            #expect((explained.json["links"] as? [[String: Any]])?.first?["rules"] is [Any])
            #expect(try await client.send("GET", "/v1/log/head").body == before.body)
        }
    }

    @Test func `Plain text is an abstract`() async throws {
        try await SharedServer.use { client in
            let text = "Solver is at https://github.com/example/solver."
            let headers = ["Content-Type": "text/plain; charset=UTF-8"]
            let answer = try await client.post("/v1/extract", text, headers: headers)
            #expect((answer.json["links"] as? [[String: Any]])?.count == 1)
            let bytes: [UInt8] = [0x66, 0xFF, 0x66]
            let broken = try await client.send("POST", "/v1/extract", headers: headers, body: bytes)
            #expect(broken.status == 400)
            #expect(broken.problem == "malformed-content")
        }
    }

    struct Refused: CustomTestStringConvertible {
        var body: String
        var status: Int
        var problem: String
        var places: [String]
        var testDescription: String { body }
    }

    @Test(arguments: [
        Refused(body: "", status: 400, problem: "malformed-content", places: []),
        Refused(body: "{", status: 400, problem: "malformed-content", places: []),
        Refused(body: #"{"abstract": "a", "abstract": "b"}"#, status: 400, problem: "malformed-content", places: []),
        Refused(body: "[]", status: 422, problem: "invalid-content", places: [""]),
        Refused(body: "{}", status: 422, problem: "invalid-content", places: ["/abstract"]),
        Refused(body: #"{"abstract": 7}"#, status: 422, problem: "invalid-content", places: ["/abstract"]),
        Refused(body: #"{"abstract": "  "}"#, status: 422, problem: "invalid-content", places: ["/abstract"]),
        Refused(body: #"{"abstract": "a\u0000"}"#, status: 422, problem: "invalid-content", places: ["/abstract"]),
        Refused(
            body: #"{"abstract": null, "title": [], "more": 1}"#,
            status: 422,
            problem: "invalid-content",
            places: ["/title", "/abstract", "/more"]
        ),
    ])
    func `Wrong content is refused with a pointer to each place`(refused: Refused) async throws {
        try await SharedServer.use { client in
            let answer = try await client.post("/v1/extract", refused.body, headers: Self.json)
            #expect(answer.status == refused.status)
            #expect(answer.problem == refused.problem)
            #expect(answer.places == refused.places)
        }
    }
}
