import HTTPTypes
import Hummingbird
import Registry
import Testing

@testable import API

@Suite struct RateLimitTests {
    @Test func `A bucket gives its quota at once, and what comes back evenly`() {
        var counter = RateCounter(RateLimit(quota: 5, seconds: 60), capacity: 10)
        let client = RateClient.address("a")
        #expect((0..<5).map { _ in counter.take(client, at: 0).remaining } == [4, 3, 2, 1, 0])
        let refused = counter.take(client, at: 0)
        #expect(refused == RateVerdict(isAllowed: false, remaining: 0, resetSeconds: 60, retrySeconds: 12))
        #expect(
            counter.take(client, at: 11.5)
                == RateVerdict(isAllowed: false, remaining: 0, resetSeconds: 49, retrySeconds: 1)
        )
        #expect(counter.take(client, at: 12).isAllowed)
        #expect(!counter.take(client, at: 12).isAllowed)
        // Whoever waits as told is served, and a refusal costs nothing.
        #expect(
            counter.take(client, at: 72 + 12)
                == RateVerdict(isAllowed: true, remaining: 4, resetSeconds: 12, retrySeconds: 0)
        )
        #expect(counter.take(.address("b"), at: 12).remaining == 4)
    }

    @Test(arguments: [(1, 1), (7, 60), (1000, 60), (600_000, 60), (3, 86_400)])
    func `What is said to be left can be taken, and no more`(quota: Int, seconds: Int) {
        var counter = RateCounter(RateLimit(quota: quota, seconds: seconds), capacity: 10)
        var generator = SplitMix(state: 7)
        var now = 1_000_000.0
        for _ in 0..<200 {
            now += Double.random(in: 0...(Double(seconds) / 10), using: &generator)
            let verdict = counter.take(.account(1), at: now)
            var rest = counter
            let left = min(verdict.remaining, 2000)
            #expect((0..<left).allSatisfy { _ in rest.take(.account(1), at: now).isAllowed })
            if verdict.remaining <= 2000 { #expect(!rest.take(.account(1), at: now).isAllowed) }
            if !verdict.isAllowed {
                #expect(rest.take(.account(1), at: now + Double(verdict.retrySeconds)).isAllowed)
            }
        }
    }

    @Test func `However many clients come, the table stays within its bounds`() {
        var counter = RateCounter(RateLimit(quota: 2, seconds: 10), capacity: 100)
        for number in 0..<10_000 { _ = counter.take(.address("\(number)"), at: Double(number) / 100_000) }
        #expect(counter.clientCount <= 101)
        // Those without a place share one, and whoever has one keeps it.
        #expect(!counter.take(.address("late"), at: 0.2).isAllowed)
        #expect(counter.take(.address("0"), at: 0.2).remaining == 0)
        // When the buckets are full again, there is room.
        #expect(counter.take(.address("late"), at: 30).remaining == 1)
        #expect(counter.clientCount == 1)
    }

    @Test func `What is given back can be taken again, and no more than that`() {
        var counter = RateCounter(RateLimit(quota: 2, seconds: 60), capacity: 1)
        let client = RateClient.address("a")
        #expect(counter.take(client, at: 0).isAllowed && counter.take(client, at: 0).isAllowed)
        counter.giveBack(to: client, at: 0)
        #expect(counter.take(client, at: 0).isAllowed)
        #expect(!counter.take(client, at: 0).isAllowed)
        for _ in 1...9 { counter.giveBack(to: client, at: 0) }
        #expect(counter.take(client, at: 0).remaining == 1)
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"), ("2001:db8:1:2::ffff", "2001:db8:1:2"),
        ("2001:0DB8:0001:0002::1", "2001:db8:1:2"), ("::ffff:192.0.2.7", "192.0.2.7"), ("fe80::1%eth0", "fe80:0:0:0"),
        ("unknown", "unknown"), ("not:an:address", "not:an:address"),
    ])
    func `IPv6 is counted by its first half`(address: String, counted: String) {
        #expect(ClientAddress.counted(address) == counted)
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("192.0.2.1:4711", "192.0.2.1"), ("[2001:db8::1]:4711", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"), ("2001:db8::1", "2001:db8::1"), ("unknown", "unknown"), ("host:80", "host"),
        ("", ""), (":", ""), ("[", "["),
    ])
    func `The port that some proxies write is no part of an address`(hop: String, address: String) {
        #expect(ClientAddress.withoutPort(hop) == address)
    }

    private static func rates(_ quota: Int, proxies: Int = 0) -> RateConfiguration {
        var rates = RateConfiguration()
        rates.reads = RateLimit(quota: quota, seconds: 3600)
        rates.writes = RateLimit(quota: quota, seconds: 3600)
        rates.extractions = RateLimit(quota: quota, seconds: 3600)
        rates.proxies = proxies
        return rates
    }

    @Test func `Each answer tells what is left, and the last one when to come again`() async throws {
        let registry = try await TestDatabase.shared().registry
        try await TestServer.run(registry, rates: Self.rates(4)) { (client: HTTPClient) async throws -> Void in
            for left in [3, 2, 1, 0] {
                let answer = try await client.send("GET", left == 2 ? "/nothing" : "/v1/log/head")
                #expect(answer.status == (left == 2 ? 404 : 200))
                #expect(answer.headers["ratelimit-policy"] == #""reads";q=4;w=3600"#)
                #expect(answer.headers["ratelimit"]?.hasPrefix(#""reads";r=\#(left);t="#) == true)
            }
            let refused = try await client.send("GET", "/v1/log/head")
            #expect(refused.status == 429)
            #expect(refused.problem == "too-many-requests")
            #expect(refused.headers["ratelimit"]?.hasPrefix(#""reads";r=0;t="#) == true)
            #expect((Int(refused.headers["retry-after"] ?? "") ?? 0) > 0)
            #expect(refused.headers["cache-control"] == "no-store")
            // What operators and their machines ask is not counted, nor are other kinds of requests.
            for target in ["/livez", "/readyz", "/metrics"] {
                let answer = try await client.send("GET", target)
                #expect(answer.status == 200)
                #expect(answer.headers["ratelimit"] == nil)
            }
            #expect(try await client.send("OPTIONS", "/v1/papers").status == 204)
            let text = ["Content-Type": "text/plain"]
            let extraction = try await client.post("/v1/extract", "We reach 81.2% on GSM8K.", headers: text)
            #expect(extraction.headers["ratelimit"]?.hasPrefix(#""extractions";r=3;"#) == true)
            let write = try await client.post("/v1/papers", "{}", headers: text)
            #expect(write.status == 401)
            #expect(write.headers["ratelimit"]?.hasPrefix(#""writes";r=3;"#) == true)
        }
    }

    @Test func `Accounts are counted apart from each other and from the address they come from`() async throws {
        let registry = try await TestDatabase.shared().registry
        try await TestServer.run(registry, rates: Self.rates(2)) { (client: HTTPClient) async throws -> Void in
            func left(_ fields: [String: String]) async throws -> String? {
                let answer = try await client.send("GET", "/v1/account", headers: fields)
                return answer.status == 429
                    ? "429" : answer.headers["ratelimit"]?.firstMatch(of: /r=[0-9]+/).map { String($0.output) }
            }
            #expect(try await left(Tester.ann.authorization) == "r=1")
            #expect(try await left(Tester.bob.authorization) == "r=1")
            #expect(try await left(Tester.ann.authorization) == "r=0")
            #expect(try await left(Tester.ann.authorization) == "429")
            #expect(try await left(Tester.bob.authorization) == "r=0")
            // Credentials that are not valid do not make new clients.
            #expect(try await left(["Authorization": "Bearer \(TokenSecret.random().text)"]) == "r=1")
            #expect(try await left(["Authorization": "Bearer \(TokenSecret.random().text)"]) == "r=0")
            #expect(try await left([:]) == "429")
        }
    }

    @Test func `Credentials are not looked up once their address has presented too many wrong ones`() async throws {
        let registry = try await TestDatabase.shared().registry
        try await TestServer.run(registry, rates: Self.rates(3)) { (client: HTTPClient) async throws -> Void in
            func status(_ fields: [String: String]) async throws -> Int {
                try await client.send("GET", "/v1/log/head", headers: fields).status
            }
            // Right ones count for their accounts alone.
            for tester in Tester.allCases { #expect(try await status(tester.authorization) == 200) }
            for expected in [401, 401, 401, 429] {
                #expect(try await status(["Authorization": "Bearer \(TokenSecret.random().text)"]) == expected)
            }
            #expect(try await status(Tester.ann.authorization) == 429)
        }
    }

    @Test(arguments: [
        (0, ["1.1.1.1", "2.2.2.2", "3.3.3.3"], "429"), (1, ["1.1.1.1", "2.2.2.2", "3.3.3.3"], "r=1"),
        // What the client writes before is not believed: the last is what the proxy saw.
        (1, ["6.6.6.6, 1.1.1.1", "7.7.7.7, 1.1.1.1", "8.8.8.8, 1.1.1.1"], "429"),
        (1, ["1.1.1.1:5001", "1.1.1.1:5002", "1.1.1.1"], "429"),
        (1, ["[2001:db8::1]:5001", "[2001:db8::2]:5002", "2001:db8::3"], "429"),
        (2, ["6.6.6.6, 1.1.1.1, 9.9.9.9", "7.7.7.7, 2.2.2.2, 9.9.9.9", "3.3.3.3, 9.9.9.9"], "r=1"),
    ])
    func `X-Forwarded-For is believed as far as there are proxies`(
        proxies: Int,
        fields: [String],
        last: String
    ) async throws {
        let registry = try await TestDatabase.shared().registry
        try await TestServer.run(registry, rates: Self.rates(2, proxies: proxies)) {
            (client: HTTPClient) async throws -> Void in
            var found = ""
            for field in fields {
                let answer = try await client.send("GET", "/v1/log/head", headers: ["X-Forwarded-For": field])
                found =
                    answer.status == 429
                    ? "429" : answer.headers["ratelimit"]?.firstMatch(of: /r=[0-9]+/).map { String($0.output) } ?? ""
            }
            #expect(found == last)
        }
    }

    @Test func `Without limits no answer speaks of them`() async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", "/v1/log/head")
            #expect(answer.headers["ratelimit"] == nil && answer.headers["ratelimit-policy"] == nil)
        }
    }
}

/// Random numbers that are the same each time.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
