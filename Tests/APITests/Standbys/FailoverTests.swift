import Registry
import TestSupport
import Testing

@testable import API

/// The primary dies, its standby takes its place, and the service goes on.
@Suite(.serialized, .timeLimit(.minutes(3))) struct FailoverTests {
    private static let board = "/v1/benchmarks/gsm8k/leaderboard"

    @Test func `the service follows a failover without a restart`() async throws {
        try await StandbyService.run { service in
            let http = service.http
            let kept = try await service.add("Kept 7B", 1)
            let position = try #require(kept.headers["claimboard-position"])
            // On the standby before the primary dies: what is not there then is lost, with any service.
            try await service.waitUntilShown("Kept 7B")
            try await service.servers.kill(.first)

            // Reads go on; writes are refused for the time, in words that a client understands.
            let read = try await http.send("GET", "/v1/papers", headers: ["Claimboard-Position": position])
            #expect(read.status == 200 && read.text.contains("Kept 7B"))
            let refused = try await service.add("Refused 7B", 2)
            #expect(refused.status == 503 && refused.problem == "unavailable")
            #expect(refused.headers["retry-after"] == "5")
            try await service.standbys.waitUntil { !$0.isPrimaryReachable }
            let ready = try await http.send("GET", "/readyz")
            #expect(ready.status == 200 && ready.json["status"] as? String == "read-only")
            #expect(ready.json["primary"] as? String == "unreachable")

            try await service.servers.promote(.second)
            var statuses: [Int] = []
            while statuses.last != 201 {
                let answer = try await service.add("Again 7B", 3)
                statuses.append(answer.status)
                #expect([201, 503].contains(answer.status))
                #expect(answer.status == 201 || answer.headers["retry-after"] != nil)
                let board = try await http.send("GET", Self.board)
                #expect([200, 503].contains(board.status))
            }
            try await http.waitUntilListening()
            try await service.standbys.waitUntil { $0.isPrimaryReachable }
            let after = try await http.send("GET", Self.board)
            #expect(after.text.contains("Again 7B") && after.text.contains("Kept 7B"))
            #expect(try await http.send("GET", "/readyz").json["status"] as? String == "ready")

            // The old one comes back as a standby, and reads go there.
            try await service.servers.makeFollow(.first, .second)
            try await service.standbys.waitUntil { $0.servers[0].isUsable && !$0.servers[1].isUsable }
            let reads = service.standbys.figures.servers[0].reads
            #expect(try await http.send("GET", "/v1/papers").text.contains("Again 7B"))
            #expect(service.standbys.figures.servers[0].reads > reads)
        }
    }

    @Test func `what a failover has lost is not shown from the cache`() async throws {
        try await StandbyService.run {
            $0.wait = .milliseconds(20)
        } _: { service in
            let http = service.http
            try await service.stopReceiving()
            #expect(try await service.add("Lost 7B", 1).status == 201)
            #expect(try await http.send("GET", Self.board).text.contains("Lost 7B"))
            try await service.servers.kill(.first)
            try await service.servers.promote(.second)
            // The first write of the new history takes the place of the lost one in the log.
            var status = 503
            while status != 201 {
                status = try await service.add("Instead 7B", 2).status
                #expect([201, 503].contains(status))
            }
            try await http.waitUntilListening()
            let board = try await http.send("GET", Self.board)
            #expect(board.text.contains("Instead 7B") && !board.text.contains("Lost 7B"))
        }
    }

    @Test func `metrics tell where reads go, and why`() async throws {
        try await StandbyService.run { service in
            _ = try await service.http.send("GET", "/v1/papers")
            let up = try await service.http.send("GET", "/metrics").text
            #expect(up.contains("claimboard_primary_up 1\n"))
            #expect(up.contains("claimboard_database_reads_total{server=\"primary\"} "))
            #expect(
                up.split(separator: "\n").contains { $0.hasPrefix("claimboard_standby_usable{") && $0.hasSuffix(" 1") }
            )
            #expect(up.contains("claimboard_standby_lag_seconds{"))
            let ready = try await service.http.send("GET", "/readyz").json["standbys"] as? [[String: Any]]
            #expect(ready?.map { $0["condition"] as? String } == ["primary", "standby"])
            try await service.servers.stop(.second)
            try await service.standbys.waitUntil { $0.servers[1].condition == "unreachable" }
            #expect(try await service.http.send("GET", "/v1/papers").status == 200)
            let down = try await service.http.send("GET", "/metrics").text
            #expect(down.contains("claimboard_read_fallbacks_total{reason=\"none\"} 1\n"))
            #expect(
                !down.split(separator: "\n").contains {
                    $0.hasPrefix("claimboard_standby_usable{") && $0.hasSuffix(" 1")
                }
            )
        }
    }
}
