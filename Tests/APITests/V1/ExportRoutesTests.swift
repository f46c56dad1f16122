import API
import Foundation
import Registry
import Testing

@Suite struct ExportRoutesTests {
    @Test(arguments: Export.all.map(\.name))
    func `An export has the documented columns, and its manifest tells what it holds`(kind: String) async throws {
        try await SharedServer.use { client in
            let csv = try await client.send("GET", "/v1/exports/\(kind).csv")
            #expect(csv.status == 200)
            #expect(csv.headers["content-type"] == "text/csv; charset=utf-8; header=present")
            #expect(csv.headers["transfer-encoding"] == "chunked")
            let header = csv.text.components(separatedBy: "\r\n")[0].components(separatedBy: ",")
            #expect(header == DocumentedColumns.under("### \(kind)"))
            let snapshot = csv.headers["snapshot"] ?? ""
            #expect(csv.headers["content-disposition"] == "attachment; filename=\"\(kind)-\(snapshot).csv\"")

            let lines = try await client.send("GET", "/v1/exports/\(kind).jsonl")
            let objects = try lines.text.split(separator: "\n").map {
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
            }
            #expect(objects.dropLast().allSatisfy { Set($0.keys) == Set(header) } && !objects.isEmpty)
            // Nobody has corrected the samples.
            #expect(objects.count > 1 || kind == "corrections")
            let end = objects.last?["end"] as? [String: Any]
            #expect(end?["rows"] as? Int == objects.count - 1)

            let manifest = try await client.send("GET", "/v1/exports/\(kind).manifest.json?as_of=\(snapshot)").json
            #expect(manifest["columns"] as? [String] == header)
            let files = manifest["files"] as? [[String: Any]] ?? []
            #expect(files.map { $0["bytes"] as? Int } == [csv.body.count, lines.body.count])
            #expect(files.map { $0["rows"] as? Int } == [objects.count - 1, objects.count - 1])
            #expect(files.last?["sha256"] as? String == end?["sha256"] as? String)
        }
    }

    @Test func `Formulas are harmless unless raw, and a copy that is there need not come again`() async throws {
        try await SharedServer.use { client in
            let csv = try await client.send("GET", "/v1/exports/papers.csv")
            #expect(csv.text.contains(",'=HYPERLINK: a model"))
            let raw = try await client.send("GET", "/v1/exports/papers.csv?raw=true")
            #expect(raw.text.contains(",=HYPERLINK: a model"))
            #expect(raw.headers["etag"] != csv.headers["etag"])
            let tag = try #require(csv.headers["etag"])
            let again = try await client.send("GET", "/v1/exports/papers.csv", headers: ["If-None-Match": tag])
            #expect(again.status == 304 && again.body.isEmpty)
            let head = try await client.send("HEAD", "/v1/exports/papers.csv")
            #expect(head.status == 200 && head.headers["etag"] == tag && head.body.isEmpty)
            #expect(try await client.send("GET", "/v1/exports/papers.jsonl?raw=true").places == ["raw"])
        }
    }

    @Test func `The end of a CSV tells rows and hash in trailers`() async throws {
        try await SharedServer.use { client in
            let request = "GET /v1/exports/papers.csv HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            let text = String(decoding: try await client.received(sending: [Array(request.utf8)]), as: UTF8.self)
            #expect(text.contains("\r\nTrailer: Export-Rows, Content-Digest\r\n"))
            let trailers = text.components(separatedBy: "\r\n0\r\n").last ?? ""
            #expect(trailers.lowercased().contains("export-rows: 4\r\n"))
            #expect(trailers.lowercased().contains("content-digest: sha-256=:"))
        }
    }
}
