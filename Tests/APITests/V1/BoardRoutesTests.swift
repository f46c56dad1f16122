import API
import Foundation
import Testing

@Suite struct BoardRoutesTests {
    private static let board = "/v1/benchmarks/gsm8k/leaderboard"

    @Test func `A leaderboard ranks scores, best first, each with its evidence`() async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", Self.board + "?metric=accuracy&unit=percent")
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/json")
            let entries = answer.json["entries"] as? [[String: Any]] ?? []
            #expect(entries.map { $0["value"] as? String } == ["93.5", "91.2", "88.8", "64.0"])
            #expect(entries.map { $0["rank"] as? Int } == [1, 2, 3, 4])
            #expect((entries.first?["evidence"] as? String)?.contains("93.5%") == true)
            #expect((entries.first?["model"] as? [String: Any])?["name"] as? String == "Adder 13B")
            #expect((answer.json["board"] as? [String: Any])?["direction"] as? String == "higher")
        }
    }

    @Test func `An improvement is never ranked`() async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", "/v1/benchmarks/mmlu/leaderboard")
            #expect(answer.status == 200)
            #expect((answer.json["entries"] as? [Any])?.isEmpty == true)
        }
    }

    struct Filter: CustomTestStringConvertible {
        var query: String
        var values: [String]
        var testDescription: String { query }
    }

    @Test(arguments: [
        Filter(query: "max_parameters=8000000000", values: ["91.2", "88.8", "64.0"]),
        Filter(query: "min_parameters=3000000000&max_parameters=8000000000", values: ["91.2", "88.8"]),
        Filter(query: "has_code=true", values: ["91.2"]),
        Filter(query: "has_code=false", values: ["93.5", "88.8", "64.0"]),
        Filter(query: "published_to=2025-08", values: ["64.0"]),
        Filter(query: "published_from=2025-09-02&published_to=2025-09", values: ["93.5"]),
        Filter(query: "max_parameters=8000000000&has_code=true&published_to=2025-12-31", values: ["91.2"]),
        Filter(query: "min_parameters=9000000000&max_parameters=8000000000", values: []),
    ])
    func `Filters narrow a board`(filter: Filter) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", Self.board + "?metric=accuracy&" + filter.query)
            #expect(answer.status == 200)
            let entries = answer.json["entries"] as? [[String: Any]] ?? []
            #expect(entries.compactMap { $0["value"] as? String } == filter.values)
        }
    }

    @Test func `The parts of a board follow each other by the next link`() async throws {
        try await SharedServer.use { client in
            var values: [String] = []
            var next: String? = Self.board + "?metric=accuracy&limit=1"
            while let target = next {
                let answer = try await client.send("GET", target)
                #expect(answer.status == 200)
                let entries = answer.json["entries"] as? [[String: Any]] ?? []
                #expect(entries.count == 1)
                values += entries.compactMap { $0["value"] as? String }
                next = answer.json["next"] as? String
                #expect(answer.headers["link"] == next.map { "<\($0)>; rel=\"next\"" })
                guard values.count < 10 else { break }
            }
            #expect(values == ["93.5", "91.2", "88.8", "64.0"])
        }
    }

    @Test func `The suffix and the Accept header choose the form`() async throws {
        try await SharedServer.use { client in
            let csv = try await client.send("GET", Self.board + ".csv?metric=accuracy")
            let accepted = try await client.send(
                "GET",
                Self.board + "?metric=accuracy&limit=1000",
                headers: ["Accept": "text/csv"]
            )
            #expect(csv.headers["content-type"]?.hasPrefix("text/csv") == true)
            #expect(accepted.body == csv.body)
            let markdown = try await client.send("GET", Self.board + ".md?metric=accuracy")
            #expect(markdown.headers["content-type"]?.hasPrefix("text/markdown") == true)
            #expect(markdown.text.hasPrefix("| # | Model |"))
            let neither = try await client.send("GET", Self.board, headers: ["Accept": "image/png"])
            #expect(neither.status == 406)
            #expect(neither.problem == "not-acceptable")
        }
    }

    @Test func `The CSV has the documented columns and makes formulas harmless unless raw`() async throws {
        try await SharedServer.use { client in
            let csv = try await client.send("GET", Self.board + ".csv?metric=accuracy")
            let lines = csv.text.components(separatedBy: "\r\n")
            #expect(lines.count == 6)
            #expect(lines[0].components(separatedBy: ",") == DocumentedColumns.under("## The CSV of a leaderboard"))
            #expect(csv.text.contains(",'=HYPERLINK: a model"))
            let raw = try await client.send("GET", Self.board + ".csv?metric=accuracy&raw=true")
            #expect(raw.text.contains(",=HYPERLINK: a model"))
            #expect(try await client.send("GET", Self.board + ".md?raw=true").places == ["raw"])
        }
    }

    @Test func `The state of the art has the best of each board and what papers say`() async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", "/v1/benchmarks/gsm8k/sota")
            #expect(answer.status == 200)
            let best = answer.json["best"] as? [[String: Any]] ?? []
            #expect((best.first?["entry"] as? [String: Any])?["value"] as? String == "93.5")
            let statements = answer.json["statements"] as? [[String: Any]] ?? []
            #expect(statements.contains { ($0["evidence"] as? String)?.contains("new state of the art") == true })
        }
    }

    @Test func `The history holds only what was better than all before`() async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", "/v1/benchmarks/gsm8k/history?metric=accuracy")
            let records = answer.json["records"] as? [[String: Any]] ?? []
            #expect(records.compactMap { $0["value"] as? String } == ["64.0", "91.2", "93.5"])
        }
    }

    @Test(arguments: ["", "/sota", "/leaderboard", "/leaderboard.csv", "/leaderboard.md", "/history"])
    func `Another name of a benchmark leads to its slug`(rest: String) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", "/v1/benchmarks/GSM-8k\(rest)")
            #expect(answer.status == 308)
            #expect(answer.headers["location"] == "/v1/benchmarks/gsm8k\(rest)")
            let unknown = try await client.send("GET", "/v1/benchmarks/no-such-benchmark\(rest)")
            #expect(unknown.status == 404)
            #expect(unknown.problem == "not-found")
        }
    }
}
