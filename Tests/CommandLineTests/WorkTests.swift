import Foundation
import Glibc
import PrivateCluster
import TestSupport
import Testing

/// The queue, with workers that are killed.
@Suite struct WorkTests {
    private static func count(_ sql: String, in name: String) async throws -> Int? {
        Int(try await TestCluster.shared().psql(sql, database: name))
    }

    /// Looks until something is so; fails where it does not come about, so that a dead worker does not hang the tests.
    private static func wait(until isSo: () async throws -> Bool) async throws {
        for _ in 0..<6000 {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("it did not come about")
    }

    @Test func `workers that are killed lose nothing and do nothing twice`() async throws {
        let name = "work_\(UUID().uuidString.prefix(8).lowercased())"
        let url = try await TestCluster.createDatabase(name)
        #expect(try Program.run(["migrate", "--database-url", url, "--quiet"]).status == 0)
        let folder = try Folder()
        let lines = (0..<1500).map { index in
            #"{"title": "Elk \#(index)", "abstract": "Elk\#(index) reaches \#(50 + index % 49).\#(index % 10)% accuracy on GSM8K."}"#
        }
        let file = try folder.file("papers.jsonl", lines.joined(separator: "\n"))
        let queued = try Program.run(["ingest", file, "--queue", "--format", "json", "--database-url", url])
        #expect(queued.status == 0, "\(queued.errors)")
        #expect(try queued.jsonLines().first?["queued"] as? Int == 1500)

        let work = ["work", "--lease", "2", "--database-url", url, "--quiet"]
        for _ in 0..<2 {
            let workers = try (0..<2).map { _ in try Program.start(work) }
            let before = try await Self.count("SELECT count(*) FROM paper", in: name)
            try await Self.wait {
                let papers = try await Self.count("SELECT count(*) FROM paper", in: name)
                let waiting = try await Self.count("SELECT count(*) FROM paper_task", in: name)
                return papers != before || waiting == 0
            }
            for worker in workers {
                worker.send(SIGKILL)
                _ = try worker.wait()
            }
        }
        let last = try (0..<2).map { _ in try Program.start(work + ["--until-empty"]) }
        for worker in last {
            let outcome = try worker.wait()
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(try await Self.count("SELECT count(*) FROM paper", in: name) == 1500)
        #expect(try await Self.count("SELECT count(*) FROM log", in: name) == 1500)
        #expect(try await Self.count("SELECT count(*) FROM revision WHERE record_type = 'paper'", in: name) == 1500)
        #expect(try await Self.count("SELECT count(*) FROM paper_task", in: name) == 0)
        #expect(try Program.run(["log", "verify", "--database-url", url]).status == 0)
        try await TestCluster.dropDatabase(name)
    }

    @Test func `a worker that is stopped gives back what it has taken`() async throws {
        let name = "work_\(UUID().uuidString.prefix(8).lowercased())"
        let url = try await TestCluster.createDatabase(name)
        #expect(try Program.run(["migrate", "--database-url", url, "--quiet"]).status == 0)
        // No paper can be kept until this ends, so that the worker is stopped with one in its hands.
        let hold = "SELECT position FROM log_head FOR UPDATE; SELECT pg_sleep(300)"
        async let lock = try? TestCluster.shared().psql(hold, database: name)
        try await Self.wait {
            let holders = "SELECT count(*) FROM pg_stat_activity WHERE query = '\(hold)' AND datname = '\(name)'"
            return try await Self.count(holders, in: name) == 1
        }
        let worker = try Program.start(["work", "--database-url", url, "--quiet"])
        let folder = try Folder()
        let file = try folder.file(
            "papers.jsonl",
            #"{"title": "Elk", "abstract": "Elk reaches 50.1% accuracy on GSM8K."}"#
        )
        #expect(try Program.run(["ingest", file, "--queue", "--database-url", url]).status == 0)
        try await Self.wait {
            try await Self.count("SELECT count(*) FROM paper_task WHERE lease IS NOT NULL", in: name) == 1
        }
        worker.send(SIGTERM)
        #expect(try worker.wait().status == 130)
        let givenBack = "SELECT count(*) FROM paper_task WHERE lease IS NULL AND attempts = 0 AND due_at <= now()"
        #expect(try await Self.count(givenBack, in: name) == 1)
        #expect(try await Self.count("SELECT count(*) FROM paper", in: name) == 0)
        let end =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = '\(hold)' AND datname = '\(name)'"
        _ = try await TestCluster.shared().psql(end, database: name)
        _ = await lock
        try await TestCluster.dropDatabase(name)
    }
}
