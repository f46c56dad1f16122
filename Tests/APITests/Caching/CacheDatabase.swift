import Foundation
import Registry
import TestSupport

/// A database of a test's own, with what the tests of the cache look at it by.
struct CacheDatabase: Sendable {
    let name: String
    /// For the servers; each has a cache of its own over it.
    let registry: Registry
    /// Another process's.
    private let writer: Registry

    /// Makes a database with the sample papers in it.
    static func make(_ name: String) async throws -> CacheDatabase {
        let database = try await TestDatabase.make(name, papers: Samples.papers)
        let other = try await TestDatabase.open(name)
        return CacheDatabase(name: name, registry: database.registry, writer: other.registry)
    }

    /// When the service's connections were last asked anything.
    func queries() async throws -> String {
        try await admin(
            "SELECT max(query_start) FROM pg_stat_activity WHERE datname = '\(name)' AND usename = 'claimboard'"
        )
    }

    /// Runs SQL as the superuser.
    @discardableResult
    func admin(_ sql: String) async throws -> String {
        try await TestCluster.shared().psql(sql, user: "postgres")
    }

    /// Adds a paper as another process does that has no cache.
    func ingest(_ model: String, _ arxiv: String, score: String = "97.7") async throws {
        let paper = Samples.paper(
            model,
            arxiv,
            "2025-11-01",
            "\(model) achieves an accuracy of \(score)% on GSM8K.",
            score: score,
            model: (model, 3_000_000_000)
        )
        _ = try await writer.ingest([paper])
    }
}

extension HTTPAnswer {
    /// The ETag; empty where there is none.
    var tag: String { headers["etag"] ?? "" }
}

extension [String: String] {
    /// Header fields without those that differ from answer to answer.
    var stable: [String: String] { filter { !["date", "x-request-id"].contains($0.key) } }
}

extension HTTPClient {
    /// The cache's figures in /metrics, by what follows `claimboard_cache_`.
    func figures() async throws -> [String: Int] {
        let lines = try await send("GET", "/metrics").text.split(separator: "\n")
        let figures = lines.compactMap { line -> (String, Int)? in
            let words = line.split(separator: " ")
            guard words[0].hasPrefix("claimboard_cache_"), let value = Int(words[1]) else { return nil }
            return (String(words[0].dropFirst("claimboard_cache_".count)), value)
        }
        return Dictionary(uniqueKeysWithValues: figures)
    }

    /// Waits until the cache hears of writes, or until it does not.
    func waitUntilListening(_ wanted: Int = 1) async throws {
        for _ in 0..<500 {
            if try await figures()["listening"] == wanted { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw TransportFailure(step: "the cache does not listen")
    }

    /// Waits until an answer has some text in it.
    ///
    /// The promise is a second; a busy machine gets ten, and a cache that is never told fails all the same.
    func waitForText(_ text: String, at target: String) async throws {
        for _ in 0..<500 {
            if try await send("GET", target).text.contains(text) { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw TransportFailure(step: "\(target) does not show \(text)")
    }

    /// Adds a paper over HTTP.
    func add(_ paper: String) async throws {
        let answer = try await post(
            "/v1/papers",
            paper,
            headers: ["Authorization": "Bearer \(TestServer.token)", "Content-Type": "application/json"]
        )
        guard answer.status == 201 else { throw TransportFailure(step: "not added: \(answer.text)") }
    }
}
