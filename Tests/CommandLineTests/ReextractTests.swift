import Foundation
import Glibc
import PrivateCluster
import TestSupport
import Testing

/// Reading anew, as an operator does it after an upgrade: papers of an older version in a PostgreSQL of the test's own.
@Suite struct ReextractTests {
    /// A database with papers that an older version has read; gone with the test.
    private static func with(papers count: Int, _ body: (_ name: String, _ url: String) async throws -> Void)
        async throws
    {
        let name = "reextract_\(UUID().uuidString.prefix(8).lowercased())"
        let url = try await TestCluster.createDatabase(name)
        do {
            #expect(try Program.run(["migrate", "--database-url", url]).status == 0)
            let folder = try Folder()
            let lines = (0..<count).map { index in
                #"{"title": "Fox \#(index)", "abstract": "Fox\#(index) reaches \#(50 + index % 49).\#(index % 10)% accuracy on GSM8K."}"#
            }
            let file = try folder.file("papers.jsonl", lines.joined(separator: "\n"))
            #expect(try Program.run(["ingest", file, "--database-url", url, "--quiet"]).status == 0)
            try await age(name)
            try await body(name, url)
            try await TestCluster.dropDatabase(name)
        } catch {
            try? await TestCluster.dropDatabase(name)
            throw error
        }
    }

    /// Makes all papers those of an older version.
    private static func age(_ name: String) async throws {
        _ = try await TestCluster.shared().psql(
            "UPDATE extractor SET version = '0.0.' || id WHERE name = 'rules'",
            database: name,
            user: "postgres"
        )
    }

    /// Makes each batch take a second longer, so that a run can be broken off however slow looking at it is.
    private static func linger(_ name: String) async throws {
        _ = try await TestCluster.shared().psql(
            """
            CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1); RETURN NULL; END';
            CREATE TRIGGER linger AFTER UPDATE ON paper FOR EACH STATEMENT EXECUTE FUNCTION linger()
            """,
            database: name,
            user: "postgres"
        )
    }

    /// Undoes ``linger(_:)``.
    private static func goOn(_ name: String) async throws {
        let statement = "DROP TRIGGER linger ON paper"
        _ = try await TestCluster.shared().psql(statement, database: name, user: "postgres")
    }

    private static func outdated(_ name: String) async throws -> Int {
        let text = try await TestCluster.shared().psql(
            "SELECT count(*) FROM paper p JOIN extractor e ON e.id = p.extractor_id WHERE e.version LIKE '0.0.%'",
            database: name,
            user: "postgres"
        )
        return Int(text.filter(\.isNumber)) ?? -1
    }

    @Test func `papers of an older version are read anew, once`() async throws {
        try await Self.with(papers: 30) { name, url in
            let plan = try Program.run(["reextract", "--dry-run", "--format", "json", "--database-url", url])
            #expect(try plan.jsonLines().first?["papers"] as? Int == 30, "\(plan.errors)")
            #expect(try await Self.outdated(name) == 30)

            let first = try Program.run(["reextract", "--format", "json", "--database-url", url])
            #expect(first.status == 0, "\(first.errors)")
            #expect(try first.jsonLines().first?["updated"] as? Int == 30)
            #expect(try first.jsonLines().first?["claims"] as? Int == 30)
            #expect(try await Self.outdated(name) == 0)
            let second = try Program.run(["reextract", "--database-url", url])
            #expect(second.status == 0 && second.output.contains("0 read anew"))
            let all = try Program.run(["reextract", "--all", "--format", "json", "--database-url", url])
            #expect(try all.jsonLines().first?["updated"] as? Int == 30)
            #expect(try Program.run(["log", "verify", "--database-url", url]).status == 0)
        }
    }

    @Test(arguments: [SIGINT, SIGKILL])
    func `a run that is broken off is whole up to a batch, and goes on from there`(signal: Int32) async throws {
        let count = 6_000
        try await Self.with(papers: count) { name, url in
            try await Self.linger(name)
            let running = try Program.start(["reextract", "--database-url", url])
            var left = count
            while left > count - 1_000, running.process.isRunning { left = try await Self.outdated(name) }
            running.send(signal)
            let broken = try running.wait()
            try await Self.goOn(name)
            #expect(broken.status == (signal == SIGKILL ? 137 : 130), "\(broken.errors)")
            left = try await Self.outdated(name)
            #expect(left > 0 && left < count)
            #expect((count - left).isMultiple(of: 512))

            let again = try Program.run(["reextract", "--format", "json", "--database-url", url])
            #expect(again.status == 0, "\(again.errors)")
            #expect(try again.jsonLines().first?["updated"] as? Int == left)
            #expect(try await Self.outdated(name) == 0)
            #expect(try Program.run(["log", "verify", "--database-url", url]).status == 0)
        }
    }

    @Test func `a run over all papers names the time to go on with`() async throws {
        try await Self.with(papers: 6_000) { name, url in
            try await Self.linger(name)
            let running = try Program.start(["reextract", "--all", "--database-url", url])
            while try await Self.outdated(name) == 6_000, running.process.isRunning {}
            running.send(SIGINT)
            let broken = try running.wait()
            try await Self.goOn(name)
            #expect(broken.status == 130)
            let time = try #require(broken.errors.firstMatch(of: /--all --before (\S+)/)).1
            let left = try await Self.outdated(name)
            let arguments = ["reextract", "--all", "--before", String(time), "--format", "json", "--database-url", url]
            #expect(try Program.run(arguments).jsonLines().first?["updated"] as? Int == left)
            #expect(try Program.run(arguments).jsonLines().first?["updated"] as? Int == 0)
        }
    }

    @Test(arguments: [["--before", "2026-01-01T00:00:00Z"], ["--all", "--before", "today"]])
    func `a time that is no time, or of no use, is wrong use`(arguments: [String]) throws {
        #expect(try Program.run(["reextract"] + arguments).status == 2)
    }
}
