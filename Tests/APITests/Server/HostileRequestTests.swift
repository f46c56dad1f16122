import API
import Registry
import TestSupport
import Testing

@Suite struct HostileRequestTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var status: Int
        var problem: String
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ status: Int, _ problem: String) {
            self.name = name
            self.bytes = Array(text.utf8)
            self.status = status
            self.problem = problem
        }
    }

    private static let host = "HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    private static let json = host + "Content-Type: application/json\r\n"
    private static let long = String(repeating: "x", count: 1_000_000)

    @Test(arguments: [
        Case("no request line", "GARBAGE\r\n\r\n", 400, "malformed-request"),
        Case("TLS", "\u{16}\u{03}\u{01}\u{02}\0\u{01}\0\u{01}\u{FC}\u{03}\u{03}", 400, "malformed-request"),
        Case("unknown version", "GET /livez HTTP/9.1\r\n\r\n", 400, "malformed-request"),
        Case("method that is no token", "G@T /livez \(host)\r\n", 400, "malformed-request"),
        Case("NUL in the target", "GET /livez\0 \(host)\r\n", 400, "malformed-request"),
        Case("bare UTF-8 in the target", "GET /v1/é \(host)\r\n", 400, "malformed-request"),
        Case("space in a header's name", "GET /livez \(host)A B: c\r\n\r\n", 400, "malformed-request"),
        Case("NUL in a header", "GET /livez \(host)A: b\0c\r\n\r\n", 400, "malformed-request"),
        Case(
            "two lengths",
            "POST /v1/extract \(json)Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            400,
            "malformed-request"
        ),
        Case(
            "length and chunks",
            "POST /v1/extract \(json)Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
            "malformed-request"
        ),
        Case(
            "length that is no number",
            "POST /v1/extract \(json)Content-Length: ten\r\n\r\n",
            400,
            "malformed-request"
        ),
        Case(
            "chunk size that is none",
            "POST /v1/extract \(json)Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            400,
            "malformed-request"
        ),
        Case("header of a megabyte", "GET /livez \(host)A: \(long)\r\n\r\n", 431, "headers-too-large"),
        Case("target of a megabyte", "GET /\(long) \(host)\r\n", 431, "headers-too-large"),
        Case(
            "a thousand headers",
            "GET /livez \(host)\(String(repeating: "A: b\r\n", count: 1000))\r\n",
            431,
            "headers-too-large"
        ),
        Case("cut percent-encoding in the path", "GET /v1/benchmarks/%4 \(host)\r\n", 400, "malformed-request"),
        Case("wrong percent-encoding in the path", "GET /%zz \(host)\r\n", 400, "malformed-request"),
        Case("NUL encoded in the path", "GET /v1/benchmarks/a%00b \(host)\r\n", 400, "malformed-request"),
        Case("Latin-1 encoded in the path", "GET /v1/benchmarks/caf%E9 \(host)\r\n", 400, "malformed-request"),
        Case("NUL encoded in the query", "GET /v1/benchmarks?q=%00 \(host)\r\n", 400, "malformed-request"),
        Case("Latin-1 encoded in the query", "GET /v1/benchmarks?q=%E9 \(host)\r\n", 400, "malformed-request"),
        Case("cut percent-encoding in the query", "GET /v1/benchmarks?q=% \(host)\r\n", 400, "malformed-request"),
        Case("huge limit", "GET /v1/benchmarks?limit=99999999999999999999999 \(host)\r\n", 400, "invalid-parameters"),
        Case("huge id", "GET /v1/claims/99999999999999999999999 \(host)\r\n", 404, "not-found"),
        Case("id that is no number", "GET /v1/papers/abc \(host)\r\n", 404, "not-found"),
        Case("cursor made up", "GET /v1/papers?cursor=%F0%9F%98%80 \(host)\r\n", 404, "not-found"),
        Case("unknown parameter", "GET /livez?verbose=1 \(host)\r\n", 400, "invalid-parameters"),
        Case(
            "announced body too large",
            "POST /v1/extract \(json)Content-Length: 99999999999\r\n\r\n{",
            413,
            "content-too-large"
        ),
        Case(
            "sent body too large",
            "POST /v1/extract \(json)Transfer-Encoding: chunked\r\n\r\n200000\r\n\(long)\(long)\(long)",
            413,
            "content-too-large"
        ),
        Case(
            "compressed body",
            "POST /v1/extract \(json)Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
            415,
            "unsupported-media-type"
        ),
        Case("body of no type", "POST /v1/extract \(host)Content-Length: 2\r\n\r\n{}", 415, "unsupported-media-type"),
        Case("traversal", "GET /../../etc/passwd \(host)\r\n", 404, "no-such-route"),
        Case("empty part of a path", "GET /v1//benchmarks \(host)\r\n", 404, "no-such-route"),
        Case("empty id", "GET /v1/papers/ \(host)\r\n", 404, "no-such-route"),
        Case("no such route", "GET /v1/nothing \(host)\r\n", 404, "no-such-route"),
        Case("absolute target elsewhere", "GET http://example.org/nothing \(host)\r\n", 404, "no-such-route"),
        Case("asterisk", "GET * \(host)\r\n", 404, "no-such-route"),
    ])
    func `A bad request gets a problem of its own and no harm is done`(case hostile: Case) async throws {
        try await SharedServer.use { client in
            let answer = try await client.exchange([hostile.bytes])
            #expect(answer.status == hostile.status)
            #expect(answer.problem == hostile.problem)
            #expect(answer.json["status"] as? Int == hostile.status)
            #expect(try await client.send("GET", "/livez").status == 200)
        }
    }

    @Test func `Answers come in order when a broken request follows a good one`() async throws {
        try await SharedServer.use { client in
            let good = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
            let bytes = try await client.received(sending: [Array((good + good + "BROKEN\r\n\r\n").utf8)])
            let text = String(decoding: bytes, as: UTF8.self)
            let statuses = text.split(separator: "\r\n").filter { $0.contains("HTTP/1.1 ") }.map { $0.suffix(15) }
            #expect(statuses.count == 3)
            #expect(text.hasPrefix("HTTP/1.1 200 OK"))
            #expect(text.contains("HTTP/1.1 400 Bad Request"))
        }
    }

    @Test func `Who asks before sending the content is told to go on`() async throws {
        try await SharedServer.use { client in
            let head =
                "POST /v1/extract \(Self.host)Content-Type: text/plain\r\nExpect: 100-Continue\r\nContent-Length: 4\r\n\r\n"
            let bytes = try await client.received(
                sending: [Array(head.utf8), Array("Text".utf8)],
                pause: .milliseconds(200)
            )
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"))
        }
    }

    @Test func `A body that does not arrive in time is given up`() async throws {
        let database = try await TestDatabase.shared()
        var limits = APILimits()
        limits.bodyTime = .milliseconds(200)
        try await TestServer.run(database.registry, limits: limits) { client in
            let head = "POST /v1/extract \(Self.json)Content-Length: 100\r\n\r\n{"
            let answer = try await client.exchange([Array(head.utf8)])
            #expect(answer.status == 408)
            #expect(answer.problem == "request-timeout")
        }
    }

    @Test func `A client that never ends its head is shown the door`() async throws {
        let database = try await TestDatabase.shared()
        var limits = APILimits()
        // Long enough for the request behind it to come in time on a busy machine.
        limits.idleTime = .seconds(3)
        try await TestServer.run(database.registry, limits: limits) { client in
            let head = "GET /livez HTTP/1.1\r\nHost: localhost\r\nX: "
            let bytes = try await client.received(sending: [Array(head.utf8)])
            #expect(bytes.isEmpty)
            #expect(try await client.send("GET", "/livez").status == 200)
        }
    }

    @Test func `A request that arrives byte by byte is answered`() async throws {
        try await SharedServer.use { client in
            let request = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            let answer = try await client.exchange(request.utf8.map { [$0] }, pause: .milliseconds(1))
            #expect(answer.status == 200)
        }
    }
}
