import API
import Foundation
import FoundationNetworking
import Hummingbird
import Testing
import Website

@Suite struct ConventionTests {
    private static let reads = [
        "/v1/benchmarks", "/v1/benchmarks/gsm8k", "/v1/benchmarks/gsm8k/sota", "/v1/benchmarks/gsm8k/leaderboard",
        "/v1/benchmarks/gsm8k/leaderboard.csv", "/v1/benchmarks/gsm8k/leaderboard.md", "/v1/benchmarks/gsm8k/history",
        "/v1/papers", "/v1/models", "/v1/metrics", "/v1/claims", "/v1/log/head", "/openapi.yaml", "/docs", "/problems",
        "/problems/not-found",
    ]

    @Test(arguments: reads)
    func `Reads have a strong ETag, and 304 for who has the bytes`(target: String) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", target)
            #expect(answer.status == 200)
            let tag = answer.headers["etag"] ?? ""
            #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count > 16)
            for header in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let again = try await client.send("GET", target, headers: ["If-None-Match": header])
                #expect(again.status == 304)
                #expect(again.body.isEmpty)
                #expect(again.headers["etag"] == tag)
            }
            let other = try await client.send("GET", target, headers: ["If-None-Match": "\"other\""])
            #expect(other.status == 200)
        }
    }

    @Test(arguments: reads + ["/livez", "/readyz", "/metrics"])
    func `HEAD answers as GET does, without the body`(target: String) async throws {
        try await SharedServer.use { client in
            let get = try await client.send("GET", target)
            let head = try await client.send("HEAD", target)
            #expect(head.status == get.status)
            #expect(head.body.isEmpty)
            #expect(head.headers["content-type"] == get.headers["content-type"])
            #expect(head.headers["etag"] == get.headers["etag"])
            if target != "/metrics" { #expect(head.headers["content-length"] == get.headers["content-length"]) }
        }
    }

    @Test(
        arguments: [
            (nil, true), ("*/*", true), ("application/*", true), ("application/json", true),
            ("application/problem+json", true),
            ("text/html, application/xhtml+xml, */*;q=0.8", true), ("text/csv, application/json;q=0.1", true),
            ("nonsense", true),
            ("text/csv", false), ("text/html", false), ("application/xml, text/*", false),
            ("application/json;q=0", false),
        ] as [(String?, Bool)]
    )
    func `Where there is nothing but JSON, who takes none is told so`(accept: String?, isTaken: Bool) async throws {
        try await SharedServer.use { client in
            let headers = accept.map { ["Accept": $0] } ?? [:]
            for target in ["/v1/papers", "/v1/benchmarks/gsm8k", "/v1/benchmarks/gsm8k/history", "/v1/log/head"] {
                let answer = try await client.send("GET", target, headers: headers)
                #expect(answer.status == (isTaken ? 200 : 406))
                #expect(answer.problem == (isTaken ? nil : "not-acceptable"))
            }
            // Nothing is read, or done, for an answer that nobody takes.
            let json = headers.merging(["Content-Type": "application/json"]) { $1 }
            let read = try await client.post("/v1/extract", #"{"abstract": "We reach 81.2%."}"#, headers: json)
            #expect(read.status == (isTaken ? 200 : 406))
            // An address that names its form is answered in it.
            for target in ["/v1/benchmarks/gsm8k/leaderboard.csv", "/v1/exports/metrics.jsonl", "/v1/feed.atom"] {
                #expect(try await client.send("GET", target, headers: headers).status == 200)
            }
        }
    }

    @Test(arguments: reads)
    func `Compressed bytes are the same bytes, with a tag of their own`(target: String) async throws {
        try await SharedServer.use { client in
            let plain = try await client.send("GET", target)
            #expect(plain.headers["vary"]?.contains("Accept-Encoding") == true)
            // URLSession asks for gzip and unpacks it by itself.
            guard let url = URL(string: "http://127.0.0.1:\(client.port)\(target)") else {
                throw TransportFailure(step: "url")
            }
            let (data, response) = try await URLSession.shared.data(from: url)
            #expect(Array(data) == plain.body)
            let compressed = try await client.send("GET", target, headers: ["Accept-Encoding": "br, gzip;q=0.5"])
            guard compressed.headers["content-encoding"] == "gzip" else {
                #expect(plain.body.count < 1400)
                return
            }
            #expect(compressed.body.prefix(2) == [0x1F, 0x8B])
            #expect(compressed.body.count < plain.body.count)
            let tag = (response as? HTTPURLResponse)?.value(forHTTPHeaderField: "ETag") ?? ""
            #expect(tag.hasSuffix("-gzip\""))
            #expect(tag != plain.headers["etag"])
            let again = try await client.send(
                "GET",
                target,
                headers: ["Accept-Encoding": "gzip", "If-None-Match": tag]
            )
            #expect(again.status == 304)
            #expect(again.headers["etag"] == tag)
            let refused = try await client.send("GET", target, headers: ["Accept-Encoding": "gzip;q=0"])
            #expect(refused.headers["content-encoding"] == nil)
        }
    }

    struct Method: CustomTestStringConvertible {
        var method: String
        var target: String
        var allow: String
        var testDescription: String { "\(method) \(target)" }
    }

    @Test(arguments: [
        Method(method: "POST", target: "/v1/benchmarks", allow: "GET, HEAD, OPTIONS"),
        Method(method: "DELETE", target: "/v1/papers/1", allow: "GET, HEAD, OPTIONS"),
        Method(method: "PUT", target: "/v1/papers", allow: "GET, HEAD, OPTIONS, POST"),
        Method(method: "GET", target: "/v1/papers:batch", allow: "OPTIONS, POST"),
        Method(method: "GET", target: "/v1/extract", allow: "OPTIONS, POST"),
        Method(method: "HEAD", target: "/v1/extract", allow: "OPTIONS, POST"),
        Method(method: "PATCH", target: "/livez", allow: "GET, HEAD, OPTIONS"),
        Method(method: "POST", target: "/", allow: "GET, HEAD, OPTIONS"),
        Method(method: "TRACE", target: "/nothing", allow: ""),
    ])
    func `A method that a path does not take is refused with those it does`(method: Method) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send(method.method, method.target)
            #expect(answer.status == (method.allow.isEmpty ? 404 : 405))
            #expect(answer.headers["allow"] ?? "" == method.allow)
        }
    }

    @Test func `OPTIONS tells the methods, and browsers elsewhere that they may read`() async throws {
        try await SharedServer.use { client in
            let options = try await client.send("OPTIONS", "/v1/papers")
            #expect(options.status == 204)
            #expect(options.headers["allow"] == "GET, HEAD, OPTIONS, POST")
            #expect(options.headers["access-control-allow-origin"] == "*")
            #expect(options.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS")
            #expect(try await client.send("OPTIONS", "/nothing").status == 404)
            let read = try await client.send("GET", "/v1/papers", headers: ["Origin": "https://example.org"])
            #expect(read.headers["access-control-allow-origin"] == "*")
            let error = try await client.send("GET", "/nothing", headers: ["Origin": "https://example.org"])
            #expect(error.headers["access-control-allow-origin"] == "*")
        }
    }

    /// What stands in the place of the parameters of a route, so that there is something at its address.
    private static func address(_ pattern: String) -> String {
        let slug = pattern.contains("/models") ? "counter-7b" : pattern.contains("/metrics") ? "accuracy" : "gsm8k"
        let values = ["{slug}": slug, "{kind}": "papers", "{type}": "paper", "{name}": "not-found"]
        let path = values.reduce(pattern) { $0.replacing($1.key, with: $1.value) }.replacing(/\{[a-z_]+\}/, with: "1")
        return path.hasSuffix("/diff") || path.hasSuffix("/diff.csv") ? path + "?from=1" : path
    }

    @Test
    func `Every route takes HEAD and OPTIONS, says what else it takes, and varies alike with and without content`()
        async throws
    {
        let database = try await TestDatabase.shared()
        let router = buildRouter(
            APIConfiguration(),
            services: APIServices(registry: database.registry),
            addPages: { Website(registry: database.registry).addRoutes(to: $0) }
        )
        let entries = RouteList(router).entries
        try await SharedServer.use { client in
            for entry in entries {
                let (target, allow) = (Self.address(entry.path.description), entry.methods.joined(separator: ", "))
                let options = try await client.send("OPTIONS", target)
                #expect(options.status == 204 && options.headers["allow"] == allow, "\(target)")
                let refused = try await client.send("TRACE", target)
                #expect(refused.problem == "method-not-allowed" && refused.headers["allow"] == allow, "\(target)")
                guard entry.methods.contains("GET") else { continue }
                let get = try await client.send("GET", target)
                let head = try await client.send("HEAD", target)
                #expect(head.status == get.status && head.body.isEmpty, "\(target)")
                // Reads that are about somebody need a credential, and nobody has corrected the samples.
                guard !target.hasPrefix("/v1/account"), !target.hasPrefix("/v1/corrections/") else { continue }
                #expect(get.status == 200, "\(target)")
                for name in ["etag", "vary", "content-type", "cache-control", "link"] {
                    #expect(head.headers[name] == get.headers[name], "\(name) of \(target)")
                }
                guard get.headers["cache-control"] != "no-store" else { continue }
                let tag = try #require(get.headers["etag"], "\(target)")
                let same = try await client.send("GET", target, headers: ["If-None-Match": tag])
                #expect(same.status == 304 && same.body.isEmpty && same.headers["etag"] == tag, "\(target)")
                let (with, without) = (get.headers["vary"] ?? "", same.headers["vary"] ?? "")
                let names = with.components(separatedBy: ", ")
                #expect(!with.isEmpty && Set(without.components(separatedBy: ", ")).isSuperset(of: names), "\(target)")
            }
        }
    }

    @Test(arguments: ["/v1/benchmarks", "/nothing", "/v1/benchmarks?x=1", "/livez"])
    func `Every answer has a request id of its own, and protects the browser`(target: String) async throws {
        try await SharedServer.use { client in
            let answers = [try await client.send("GET", target), try await client.send("GET", target)]
            let ids = answers.compactMap { $0.headers["x-request-id"] }
            #expect(Set(ids).count == 2)
            for answer in answers {
                #expect(answer.headers["x-content-type-options"] == "nosniff")
                #expect(answer.headers["content-security-policy"]?.contains("default-src 'none'") == true)
                if answer.status >= 400 {
                    #expect(answer.json["request_id"] as? String == answer.headers["x-request-id"])
                }
            }
        }
    }

    @Test func `Every kind of problem has its page`() async throws {
        try await SharedServer.use { client in
            for kind in ProblemKind.allCases {
                let page = try await client.send("GET", kind.uri)
                #expect(page.status == 200)
                #expect(page.text.contains(kind.rawValue))
            }
        }
    }

    @Test func `Requests are counted by the pattern of their route`() async throws {
        try await SharedServer.use { client in
            _ = try await client.send("GET", "/v1/benchmarks/gsm8k")
            _ = try await client.send("GET", "/made-up-\(Int.random(in: 0...999))")
            let metrics = try await client.send("GET", "/metrics").text
            #expect(metrics.contains(#"_count{route="/v1/benchmarks/{slug}",method="GET",status="200"} 1"#))
            #expect(metrics.contains(#"_count{route="unknown",method="GET",status="404"} 1"#))
            #expect(!metrics.contains("made-up"))
        }
    }
}
