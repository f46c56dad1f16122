import API
import Claims
import Foundation
import Registry
import Testing

@Suite struct HistoryRoutesTests {
    private static let board = "/v1/benchmarks/gsm8k/leaderboard"

    /// Serves a registry whose four papers came one after the other.
    private static func withHistory(
        _ name: String,
        _ body: @Sendable @escaping (HTTPClient, Registry) async throws -> Void
    ) async throws {
        let registry = try await TestDatabase.make(name).registry
        for paper in Samples.papers { _ = try await registry.ingest([paper]) }
        try await TestServer.run(registry) { client in try await body(client, registry) }
    }

    @Test func `An answer of the past is the answer that was given then, and stays for good`() async throws {
        let registry = try await TestDatabase.make("as_of_answers").registry
        try await TestServer.run(registry) { client in
            let paths = [
                Self.board, Self.board + ".csv", Self.board + ".md", "/v1/benchmarks/gsm8k/sota",
                "/v1/benchmarks/gsm8k/history", "/v1/papers", "/v1/claims", "/v1/papers/1", "/v1/claims/1",
                "/v1/exports/claims.csv", "/v1/exports/papers.jsonl", "/v1/exports/models.csv",
            ]
            var seen: [(path: String, answer: HTTPAnswer)] = []
            for paper in Samples.papers {
                _ = try await registry.ingest([paper])
                for path in paths { seen.append((path, try await client.send("GET", path))) }
            }
            for (path, then) in seen {
                let snapshot = then.headers["snapshot"] ?? ""
                #expect(then.status == 200 && !snapshot.isEmpty)
                for moment in [snapshot, String(snapshot.prefix { $0 != "-" })] {
                    let now = try await client.send("GET", path + "?as_of=\(moment)")
                    #expect(now.body == then.body, "\(path) as of \(moment)")
                    #expect(now.headers["snapshot"] == snapshot)
                    #expect(now.headers["cache-control"] == "public, max-age=31536000, immutable")
                }
            }
            let today = try await client.send("GET", Self.board + "?as_of=2999-01")
            #expect(today.headers["cache-control"] == "public, no-cache")
            #expect(today.headers["snapshot"]?.hasPrefix("4-") == true)
        }
    }

    @Test(arguments: ["yesterday", "2026-13", "-1", "2026-01-01T00:00:00", "1-XYZ", ""])
    func `What is no moment is refused by name`(moment: String) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", Self.board + "?as_of=\(moment)")
            #expect(answer.status == 400 && answer.places == ["as_of"])
        }
    }

    @Test(arguments: ["999999", "1-000000000000"])
    func `A moment that the log does not have is not found`(moment: String) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", Self.board + "?as_of=\(moment)")
            #expect(answer.status == 404 && answer.problem == "not-found")
        }
    }

    @Test func `The difference of two boards comes as JSON and as CSV with the documented columns`() async throws {
        try await Self.withHistory("board_differences") { client, _ in
            let answer = try await client.send("GET", Self.board + "/diff?from=1&to=2&metric=accuracy")
            #expect(answer.status == 200)
            let items = answer.json["items"] as? [[String: Any]] ?? []
            #expect(items.map { $0["change"] as? String } == ["entered", "moved"])
            let csv = try await client.send("GET", Self.board + "/diff.csv?from=1&to=2&metric=accuracy")
            let lines = csv.text.components(separatedBy: "\r\n")
            #expect(lines.count == 4)
            #expect(
                lines[0].components(separatedBy: ",") == DocumentedColumns.under("## The CSV of a board's differences")
            )
            let accepted = try await client.send(
                "GET",
                Self.board + "/diff?from=1&to=2&metric=accuracy",
                headers: ["Accept": "text/csv"]
            )
            #expect(accepted.body == csv.body)
            #expect(try await client.send("GET", Self.board + "/diff").places == ["from"])
            #expect(try await client.send("GET", Self.board + "/diff?from=1&as_of=2").places == ["as_of"])
        }
    }

    @Test(arguments: [
        "/v1/claims/1", "/v1/papers/1", "/v1/benchmarks/gsm8k", "/v1/models/counter-7b", "/v1/metrics/accuracy",
        "/v1/records/link/1", "/v1/records/sota_claim/1", "/v1/records/model_size/1", "/v1/records/paper_benchmark/1",
    ])
    func `Every record has its revisions`(path: String) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", path + "/revisions")
            #expect(answer.status == 200)
            let first = (answer.json["items"] as? [[String: Any]])?.first
            #expect(first?["number"] as? Int == 1 && first?["author"] as? String != nil)
            #expect(first?["diff"] is NSNull && first?["state"] is [String: Any])
        }
    }

    @Test(arguments: [
        "/v1/claims/999/revisions", "/v1/records/account/1/revisions", "/v1/records/claim/x/revisions",
        "/v1/metrics/no-such-metric/revisions", "/v1/exports/accounts.csv",
        "/v1/benchmarks/no-such-benchmark/feed.atom", "/v1/changes?benchmark=no-such-benchmark",
    ])
    func `What there is not is not found`(path: String) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", path)
            #expect(answer.status == 404 && answer.problem == "not-found")
        }
    }

    @Test func `Changes are resumed where they ended`() async throws {
        try await Self.withHistory("resumed_changes") { client, registry in
            var positions: [Int] = []
            var next: String? = "/v1/changes?limit=3"
            var resume = ""
            while let target = next {
                let answer = try await client.send("GET", target)
                #expect(answer.status == 200)
                positions += (answer.json["items"] as? [[String: Any]] ?? []).compactMap { $0["position"] as? Int }
                next = answer.json["next"] as? String
                resume = answer.json["resume"] as? String ?? ""
                guard positions.count < 10 else { break }
            }
            #expect(positions == [1, 2, 3, 4])
            let nothing = try await client.send("GET", resume)
            #expect((nothing.json["items"] as? [Any])?.isEmpty == true)
            _ = try await registry.ingest([
                IngestPaper(
                    paper: Samples.papers[0].paper,
                    records: .init(),
                    extractor: .init(name: "rules", version: "9.0.0")
                )
            ])
            let later = try await client.send("GET", resume).json["items"] as? [[String: Any]] ?? []
            #expect(later.map { $0["position"] as? Int } == [5])
            #expect(later.first?["kind"] as? String == "paper.updated")
            #expect(try await client.send("GET", "/v1/changes?type=account").places == ["type"])
        }
    }

    @Test func `The log comes with its hashes, byte for byte`() async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", "/v1/log?limit=2")
            let items = answer.json["items"] as? [[String: Any]] ?? []
            #expect(items.map { $0["position"] as? Int } == [1, 2])
            #expect(items[1]["previous_hash"] as? String == items[0]["hash"] as? String)
            #expect(answer.json["next"] as? String == "/v1/log?limit=2&after=2")
            #expect((items[0]["entry"] as? String)?.contains("\"kind\": \"paper.created\"") == true)
        }
    }
}
