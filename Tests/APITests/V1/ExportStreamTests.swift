import CZlib
import Claims
import Crypto
import Extraction
import Foundation
import Postgres
import Registry
import Testing

@testable import API

/// Exports that do not go their usual way: slowly, not at all, half, compressed.
@Suite(.serialized) struct ExportStreamTests {
    /// A registry whose export of papers is more than is on the way at once: some 4 MB in the system, and 250 rows here.
    private static let large = Task {
        let database = try await TestDatabase.make("api_large_exports")
        let abstract = String(repeating: "Nothing is measured here. ", count: 600)
        let papers = (1...1200).map { number in
            IngestPaper(
                paper: Paper(title: "Long paper \(number)", abstract: abstract + "\(number)."),
                records: ExtractedRecords(),
                extractor: Extractor.version
            )
        }
        _ = try await database.registry.ingest(papers)
        return database
    }

    private static let request = Array(
        "GET /v1/exports/papers.csv HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8
    )

    @Test func `The export of a reader that stops ends, and the reader can tell`() async throws {
        let database = try await Self.large.value
        var limits = APILimits()
        limits.stallTime = .seconds(1)
        try await TestServer.run(database.registry, limits: limits) { (client: HTTPClient) async throws -> Void in
            let connection = try client.open(sending: Self.request)
            #expect(connection.some(100).starts(with: Array("HTTP/1.1 200".utf8)))
            // The answer begins before its rows are asked for.
            try await Self.waitForExports(database) { $0 > 0 }
            try await Self.waitForExports(database) { $0 == 0 }
            #expect(!connection.rest().suffix(400).contains("\r\n0\r\n"))
        }
    }

    @Test func `An export ends when its reader goes`() async throws {
        let database = try await Self.large.value
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            // More than there are places: each has to be free again.
            for _ in 1...6 {
                var answer: [UInt8] = []
                for _ in 0..<3000 where !answer.starts(with: Array("HTTP/1.1 200".utf8)) {
                    let connection = try client.open(sending: Self.request)
                    answer = connection.some(4096)
                    connection.close()
                }
                #expect(answer.starts(with: Array("HTTP/1.1 200".utf8)))
            }
            try await Self.waitForExports(database) { $0 == 0 }
        }
    }

    @Test func `An export that no connection is to be had for is refused, not broken off`() async throws {
        _ = try await Self.large.value
        let database = try await TestDatabase.open("api_large_exports") {
            $0.exclusiveConnections = 1
            $0.leaseTimeout = .milliseconds(200)
        }
        let held = try await database.holdLog()
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            for form in ["csv", "jsonl"] {
                let answer = try await client.send("GET", "/v1/exports/papers.\(form)")
                #expect(answer.status == 503 && answer.problem == "unavailable")
                #expect(answer.headers["retry-after"] == "5")
            }
            try await held.release()
            for _ in 1...6 { #expect(try await client.send("GET", "/v1/exports/benchmarks.csv").status == 200) }
        }
    }

    @Test(arguments: ["csv", "jsonl"])
    func `HEAD of an export says nothing of its length, and the connection goes on`(form: String) async throws {
        try await SharedServer.use { client in
            let head = "HEAD /v1/exports/papers.\(form) HTTP/1.1\r\nHost: localhost\r\n\r\n"
            let next = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            let bytes = try await client.received(sending: [Array((head + next).utf8)])
            let parts = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n")
            #expect(parts.count == 3)
            let fields = parts[0].lowercased()
            #expect(fields.hasPrefix("http/1.1 200") && fields.contains("transfer-encoding: chunked"))
            #expect(!fields.contains("content-length"))
            #expect(parts[1].hasPrefix("HTTP/1.1 200") && parts[1].lowercased().contains("content-length"))
        }
    }

    /// Waits for a number of exports that hold a connection to the database.
    private static func waitForExports(_ database: TestDatabase, until isReached: (Int) -> Bool) async throws {
        let open: SQL = """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
            """
        for _ in 0..<9000 {
            if isReached(try await database.value(open, as: Int.self) ?? 0) { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("the exports do not begin or end")
    }

    @Test(arguments: ["csv", "jsonl"])
    func `An export comes compressed where that is asked for, with a tag and a hash of its own`(
        form: String
    ) async throws {
        try await SharedServer.use { client in
            let target = "/v1/exports/papers.\(form)"
            let plain = try await client.send("GET", target)
            let gzip = ["Accept-Encoding": "gzip"]
            let packed = try await client.send("GET", target, headers: gzip)
            #expect(packed.headers["content-encoding"] == "gzip" && plain.headers["content-encoding"] == nil)
            #expect(packed.headers["transfer-encoding"] == "chunked")
            #expect(packed.headers["vary"] == "Accept-Encoding" && plain.headers["vary"] == "Accept-Encoding")
            #expect(try gunzip(packed.body) == plain.body)
            let tag = try #require(packed.headers["etag"])
            #expect(tag != plain.headers["etag"] && tag.hasSuffix("-gzip\""))
            let head = try await client.send("HEAD", target, headers: gzip)
            #expect(head.headers["etag"] == tag && head.headers["content-encoding"] == "gzip" && head.body.isEmpty)
            let again = try await client.send("GET", target, headers: gzip.merging(["If-None-Match": tag]) { $1 })
            #expect(again.status == 304 && again.headers["etag"] == tag)
            #expect(again.headers["vary"] == "Accept-Encoding")
            guard form == "csv" else { return }
            let request =
                "GET \(target) HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
            let bytes = try await client.received(sending: [Array(request.utf8)])
            let digest = Data(SHA256.hash(data: packed.body)).base64EncodedString()
            #expect(bytes.suffix(400).contains("sha-256=:\(digest):"))
        }
    }

    @Test func `A manifest is made once for each snapshot, and for one at a time`() async throws {
        let database = try await TestDatabase.make("api_manifests", papers: Samples.papers)
        let registry = database.registry
        let places = ExportPlaces(1)
        let known = KnownExports(registry: registry, places: places)
        let export = try #require(Export.named("papers"))
        let snapshot = try await registry.currentSnapshot()
        let first = try await known.summaries(of: export, raw: false, at: snapshot)
        // No place is free: what is known needs none, what is not has to wait.
        let place = try places.take()
        #expect(try await known.summaries(of: export, raw: false, at: snapshot) == first)
        await #expect(throws: Problem.self) { try await known.summaries(of: export, raw: true, at: snapshot) }
        place.leave()
        let many = try await withThrowingTaskGroup(of: ExportSummaries.self) { group in
            for _ in 1...20 { group.addTask { try await known.summaries(of: export, raw: true, at: snapshot) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(many.count == 20 && Set(many).count == 1)
    }
}

/// Unpacks gzip.
private func gunzip(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        throw TransportFailure(step: "no memory")
    }
    defer { inflateEnd(&stream) }
    var (input, output) = (bytes, [UInt8](repeating: 0, count: 1 << 22))
    // SAFETY: both regions outlive the one call.
    let status = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            return inflate(&stream, Z_FINISH)
        }
    }
    guard status == Z_STREAM_END else { throw TransportFailure(step: "the packed bytes are cut off") }
    return Array(output[..<Int(stream.total_out)])
}

extension Sequence<UInt8> {
    /// Whether a text stands in the bytes.
    fileprivate func contains(_ text: String) -> Bool { Array(self).firstRange(of: Array(text.utf8)) != nil }
}
