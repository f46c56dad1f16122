import Foundation
import Postgres
import Registry
import TestSupport
import Testing

@testable import API

/// What clients see of standbys: what they have written, and nothing else that they would notice.
@Suite(.serialized, .timeLimit(.minutes(3))) struct PositionTests {
    private static let board = "/v1/benchmarks/gsm8k/leaderboard"

    @Test func `an answer to a write has a position, and a read that brings it sees the write`() async throws {
        try await StandbyService.run {
            $0.wait = .milliseconds(20)
        } _: { service in
            try await service.standby.replay(false)
            let written = try await service.add("Writer 7B", 1)
            #expect(written.status == 201)
            let position = try #require(written.headers["claimboard-position"])
            for target in ["/v1/papers", "/v1/claims"] {
                let others = try await service.http.send("GET", target)
                #expect(!others.text.contains("Writer 7B"), "the standby does not show it yet")
                let own = try await service.http.send("GET", target, headers: ["Claimboard-Position": position])
                #expect(own.status == 200 && own.text.contains("Writer 7B"))
                // The same credential on the same instance needs no position.
                let known = try await service.http.send("GET", target, headers: Tester.ann.authorization)
                #expect(known.text.contains("Writer 7B"))
                let stranger = try await service.http.send("GET", target, headers: Tester.bob.authorization)
                #expect(!stranger.text.contains("Writer 7B"))
            }
        }
    }

    @Test func `a batch tells its position at the end`() async throws {
        try await SharedServer.use { client in
            let bytes = try await client.received(sending: [
                Array(
                    """
                    POST /v1/papers:batch HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
                    Authorization: Bearer \(TestServer.token)\r\nContent-Type: application/x-ndjson\r\n\
                    Content-Length: 3\r\n\r\n{}\n
                    """.utf8
                )
            ])
            let text = String(decoding: bytes, as: UTF8.self)
            let parts = text.components(separatedBy: "\r\n0\r\n")
            #expect(text.lowercased().contains("trailer: claimboard-position"))
            let trailer = try #require(parts.last).lowercased()
            #expect(trailer.hasPrefix("claimboard-position: "))
            let value = trailer.split(separator: ":").last.map { $0.filter { !$0.isWhitespace } } ?? ""
            #expect(WritePosition(value) != nil)
        }
    }

    @Test(arguments: ["", "x", "16", "16/", "16/B374D848/1", "123456789/0", "16/B374D848, 16/B374D849"])
    func `what is no position is refused`(_ text: String) async throws {
        try await SharedServer.use { client in
            let answer = try await client.send("GET", "/v1/papers", headers: ["Claimboard-Position": text])
            #expect(answer.status == 400 && answer.problem == "malformed-request")
            #expect(answer.places == ["Claimboard-Position"])
        }
    }

    @Test(arguments: ["0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF"])
    func `any position is taken, also one that was never given out`(_ text: String) async throws {
        try await SharedServer.use { client in
            for target in ["/v1/papers", Self.board] {
                let answer = try await client.send("GET", target, headers: ["Claimboard-Position": text])
                #expect(answer.status == 200)
            }
        }
    }

    @Test func `a position that was never given out is no way to the primary`() async throws {
        try await StandbyService.run {
            $0.wait = .seconds(60)
        } _: { service in
            let before = service.standbys.figures.primaryReads
            for _ in 1...20 {
                let headers = ["Claimboard-Position": "FFFFFFFF/FFFFFFFF"]
                let answer = try await service.http.send("GET", "/v1/papers", headers: headers)
                #expect(answer.status == 200)
            }
            #expect(service.standbys.figures.primaryReads == before)
        }
    }

    @Test func `a position drops nothing from the cache, also where the primary does not answer`() async throws {
        _ = try await CacheDatabase.make("positions_silent")
        let database = try await TestDatabase.open("positions_silent") { $0.statementTimeout = .seconds(1) }
        let other = try await TestDatabase.open("positions_silent")
        try await TestServer.run(database.registry) { client in
            try await client.waitUntilListening()
            _ = try await client.send("GET", Self.board)
            let before = try await client.figures()
            let held = try await other.holdLog(by: "LOCK TABLE log_head IN ACCESS EXCLUSIVE MODE")
            let headers = ["Claimboard-Position": "FFFFFFFF/FFFFFFFF"]
            let answer = try await client.send("GET", Self.board, headers: headers)
            // From the database or not at all: what is cached may be from before.
            #expect([200, 503].contains(answer.status))
            try await held.release()
            #expect(try await client.send("GET", Self.board).status == 200)
            let after = try await client.figures()
            #expect(after["forgotten_total"] == before["forgotten_total"])
            #expect(after["hits_total", default: 0] == before["hits_total", default: 0] + 1)
        }
    }

    @Test func `what writes nothing tells no position`() async throws {
        try await SharedServer.use { client in
            let headers = Tester.ann.json
            let read = try await client.send("GET", "/v1/papers", headers: Tester.ann.authorization)
            let extracted = try await client.post("/v1/extract", #"{"abstract": "We reach 81.2%."}"#, headers: headers)
            let unknown = try await client.post("/v1/papers", "{}", headers: ["Content-Type": "application/json"])
            for answer in [read, extracted, unknown] { #expect(answer.headers["claimboard-position"] == nil) }
        }
    }

    @Test func `an answer from a standby that is behind is never kept as if it were new`() async throws {
        try await StandbyService.run {
            $0.wait = .milliseconds(20)
        } _: { service in
            let before = try await service.http.send("GET", Self.board)
            #expect(before.status == 200)
            try await service.standby.replay(false)
            for number in 1...3 {
                let written = try await service.add("Newest \(number)B", number)
                #expect(written.status == 201)
                for _ in 0..<3 {
                    // The service knows of the write, so that nobody is shown the state before, nor told that it holds.
                    let after = try await service.http.send("GET", Self.board, headers: ["If-None-Match": before.tag])
                    #expect(after.status == 200 && after.text.contains("Newest \(number)B"))
                    #expect(after.tag != before.tag)
                }
            }
            let last = try await service.http.send("GET", Self.board)
            try await service.standby.replay(true)
            let figures = try await service.http.figures()
            #expect(figures["hits_total", default: 0] > 0, "what the primary answered is kept")
            let again = try await service.http.send("GET", Self.board, headers: ["If-None-Match": last.tag])
            #expect(again.status == 304)
        }
    }

    @Test func `another instance that has not heard of a write shows it to who brings the position`() async throws {
        let database = try await CacheDatabase.make("positions_deaf")
        try await TestServer.run(database.registry) { client in
            try await client.waitUntilListening()
            _ = try await client.send("GET", Self.board)
            let hits = try await client.figures()["hits_total", default: 0]
            _ = try await client.send("GET", Self.board)
            #expect(try await client.figures()["hits_total", default: 0] == hits + 1)
            // By another process; the notification may come before or after the read, and must not matter.
            for number in 1...20 {
                try await database.ingest("Elsewhere \(number)B", "2511.\(30_000 + number)")
                let position = try await database.registry.writePosition().description
                let answer = try await client.send("GET", Self.board, headers: ["Claimboard-Position": position])
                #expect(answer.text.contains("Elsewhere \(number)B"))
            }
        }
    }
}
