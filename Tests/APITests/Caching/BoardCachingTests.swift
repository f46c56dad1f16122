import Testing

@testable import API

/// Real servers over real databases; what must not happen is made likely, and looked at by the figures of /metrics.
@Suite struct BoardCachingTests {
    private static let board = "/v1/benchmarks/gsm8k/leaderboard"

    @Test func `the second request for a board asks the database nothing, and answers the same`() async throws {
        try await withServer("cache_hits") { client, database in
            let first = try await client.send("GET", Self.board)
            let queries = try await database.queries()
            let second = try await client.send("GET", Self.board)
            let third = try await client.send("GET", Self.board, headers: ["If-None-Match": first.tag])
            #expect(try await database.queries() == queries)
            #expect(second.body == first.body && second.headers.stable == first.headers.stable)
            #expect(third.status == 304 && third.body.isEmpty && third.tag == first.tag)
            let figures = try await client.figures()
            #expect(figures["hits_total"] == 1 && figures["unchanged_total"] == 1 && figures["misses_total"] == 1)
        }
    }

    @Test(arguments: ["", "/sota", "/history", "/leaderboard", "/leaderboard.csv", "/leaderboard.md"])
    func `304 costs no query also where the answer is not at hand`(_ path: String) async throws {
        let target = "/v1/benchmarks/gsm8k" + path
        try await withServer("cache_304_" + path.filter(\.isLetter)) { client, database in
            let first = try await client.send("GET", target)
            #expect(first.status == 200)
            _ = try await client.send("GET", Self.board)
            // A server that has answered something else about the benchmark knows its counter.
            try await TestServer.run(database.registry) { other in
                try await other.waitUntilListening()
                _ = try await other.send("GET", Self.board)
                let queries = try await database.queries()
                for method in ["GET", "HEAD"] {
                    let again = try await other.send(method, target, headers: ["If-None-Match": first.tag])
                    #expect(again.status == 304 && again.tag == first.tag)
                }
                #expect(try await database.queries() == queries)
            }
        }
    }

    @Test func `each representation and encoding has an answer and a tag of its own`() async throws {
        try await withServer("cache_forms") { client, _ in
            var seen: [String: HTTPAnswer] = [:]
            for _ in 0..<2 {
                for (name, headers) in [
                    ("json", [:]), ("csv", ["Accept": "text/csv"]), ("markdown", ["Accept": "text/markdown"]),
                    ("gzip", ["Accept-Encoding": "gzip"]),
                ] {
                    let answer = try await client.send("GET", Self.board, headers: headers)
                    #expect(answer.status == 200)
                    if let before = seen[name] { #expect(before.body == answer.body && before.tag == answer.tag) }
                    seen[name] = answer
                }
            }
            #expect(Set(seen.values.map(\.tag)).count == 4)
            #expect(Set(seen.values.map(\.body)).count == 4)
            #expect(seen["gzip"]?.headers["content-encoding"] == "gzip")
            let refused = try await client.send("GET", Self.board, headers: ["Accept": "image/png"])
            #expect(refused.status == 406)
            let unknown = try await client.send("GET", Self.board + "?x=1", headers: ["If-None-Match": "*"])
            #expect(unknown.status == 400)
        }
    }

    @Test func `a write shows at once on the same server, and within a second on another`() async throws {
        try await withServer("cache_writes") { one, database in
            try await TestServer.run(database.registry) { other in
                try await other.waitUntilListening()
                for number in 1...10 {
                    let before = try await one.send("GET", Self.board)
                    _ = try await other.send("GET", Self.board)
                    let name = "Writer \(number)B"
                    try await one.add(Self.paper(name, number))
                    let after = try await one.send("GET", Self.board, headers: ["If-None-Match": before.tag])
                    #expect(after.status == 200 && after.text.contains(name))
                    try await other.waitForText(name, at: Self.board)
                }
            }
        }
    }

    @Test func `a batch shows as soon as its line says that it is in`() async throws {
        try await withServer("cache_batches") { client, _ in
            _ = try await client.send("GET", Self.board)
            let lines = (20...25).map { Self.paper("Batch \($0)B", $0) }.joined(separator: "\n")
            let answer = try await client.post(
                "/v1/papers:batch",
                lines,
                headers: [
                    "Authorization": "Bearer \(TestServer.token)", "Content-Type": "application/x-ndjson",
                ]
            )
            #expect(answer.status == 200)
            let board = try await client.send("GET", Self.board)
            for number in 20...25 { #expect(board.text.contains("Batch \(number)B")) }
        }
    }

    @Test func `without notifications others are looked for, and found within a second`() async throws {
        try await withServer("cache_deaf") { client, database in
            _ = try await client.send("GET", Self.board)
            try await database.ingest("Ready 3B", "2511.00076")
            // The connection for notifications breaks, and none can be made in its place.
            try await database.admin("ALTER DATABASE \(database.name) CONNECTION LIMIT 0")
            try await database.admin(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = '\(database.name)' AND query LIKE 'LISTEN%'
                """
            )
            try await client.waitUntilListening(0)
            for number in 1...3 {
                try await database.ingest("Silent \(number)B", "2511.0008\(number)")
                try await client.waitForText("Silent \(number)B", at: Self.board)
            }
            try await database.admin("ALTER DATABASE \(database.name) CONNECTION LIMIT -1")
            try await client.waitUntilListening()
            try await database.ingest("Loud 3B", "2511.00078")
            try await client.waitForText("Loud 3B", at: Self.board)
        }
    }

    @Test func `a cold board that many ask for is made once`() async throws {
        try await withServer("cache_flights") { client, _ in
            let bodies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<40 {
                    group.addTask { try await client.send("GET", Self.board).body }
                }
                return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
            }
            #expect(bodies.count == 1)
            let figures = try await client.figures()
            #expect(figures["misses_total"] == 1)
        }
    }

    @Test func `what asks for something that is not there, or brings credentials, is not kept`() async throws {
        try await withServer("cache_bypass") { client, _ in
            for _ in 0..<2 {
                #expect(try await client.send("GET", "/v1/benchmarks/nowhere/leaderboard").status == 404)
                #expect(try await client.send("GET", "/v1/benchmarks/GSM8K/leaderboard").status == 308)
                let headers = ["Authorization": "Bearer \(TestServer.token)"]
                #expect(try await client.send("GET", Self.board, headers: headers).status == 200)
            }
            let figures = try await client.figures()
            #expect(figures["hits_total"] == 0 && figures["answers"] == 0)
        }
    }

    @Test func `the cache stays within its bound`() async throws {
        let database = try await TestDatabase.make("cache_bound", papers: Samples.papers)
        try await TestServer.run(database.registry, cacheBytes: 60_000) { client in
            try await client.waitUntilListening()
            for number in 1...200 {
                let answer = try await client.send("GET", Self.board + "?limit=\(number)")
                #expect(answer.status == 200)
            }
            let figures = try await client.figures()
            #expect(figures["bytes", default: .max] <= 60_000)
            #expect(figures["evictions_total", default: 0] > 100)
        }
    }

    @Test(arguments: ["/leaderboard", "/leaderboard.csv", "/sota", "/history"])
    func `a server that keeps no answers shows at once what others write`(_ path: String) async throws {
        let target = "/v1/benchmarks/gsm8k" + path
        let database = try await CacheDatabase.make("cache_none_" + path.filter(\.isLetter))
        try await TestServer.run(database.registry, cacheBytes: 0) { client in
            var tags: Set<String> = []
            for number in 1...5 {
                let name = "Other \(number)B"
                try await database.ingest(name, "2511.0009\(number)", score: "9\(3 + number).5")
                let answer = try await client.send("GET", target)
                #expect(answer.status == 200 && answer.text.contains(name))
                tags.insert(answer.tag)
                let again = try await client.send("GET", target, headers: ["If-None-Match": answer.tag])
                #expect(again.status == 304)
            }
            #expect(tags.count == 5)
            #expect(try await client.figures()["hits_total"] == 0)
        }
    }

    private func withServer(
        _ name: String,
        _ body: @Sendable @escaping (HTTPClient, CacheDatabase) async throws -> Void
    ) async throws {
        let database = try await CacheDatabase.make(name)
        try await TestServer.run(database.registry) { client in
            try await client.waitUntilListening()
            try await body(client, database)
        }
    }

    private static func paper(_ name: String, _ number: Int) -> String {
        """
        {"title": "\(name)", "abstract": "\(name) achieves an accuracy of 9\(number % 10).\(number)% on GSM8K.", \
        "identifiers": ["arxiv:2511.\(10_000 + number)"]}
        """
    }
}
