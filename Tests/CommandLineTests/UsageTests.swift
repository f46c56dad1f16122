import Foundation
import Testing

@Suite struct UsageTests {
    @Test func `help and version are results`() throws {
        let help = try Program.run(["--help"])
        #expect(help.status == 0 && help.output.contains("SUBCOMMANDS") && help.errors.isEmpty)
        let version = try Program.run(["--version"])
        #expect(version.status == 0 && version.output.split(separator: ".").count == 3)
    }

    @Test(arguments: [
        ["--no-such-option"], ["nonsense"], ["ingest"], ["leaderboard"], ["leaderboard", "x", "--limit", "0"],
        ["leaderboard", "x", "--limit", "many"], ["leaderboard", "x", "--max-parameters", "-3"],
        ["leaderboard", "x", "--published-from", "2025-13"], ["benchmarks", "--format", "yaml"],
        ["serve", "--port", "70000"], ["serve", "--public-url", "example.org"],
        ["serve", "--data", "a", "--read-database-url", "host=b"], ["serve", "--read-database-url", ""],
        ["serve", "--database-url", "host=a", "--read-database-url", "host=b,c target_session_attrs=primary"],
        ["doctor", "--database-url", "host=a", "--read-database-url", "host=b,c port=1,2,3"],
        ["ingest", "x", "--quiet", "--verbose"],
        ["sota", "x", "--data", "a", "--database-url", "b"], ["migrate", "--data", ""],
    ])
    func `wrong use is told on standard error with status 2`(arguments: [String]) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("Usage:") || outcome.errors.contains("--help"))
    }

    @Test(arguments: [
        (["serve", "--port", "-1"], "--port takes a number from 0 to 65535, not -1."),
        (["serve", "--stall-seconds", "-5"], "--stall-seconds takes a number from 1 to 86400, not -5."),
        (["serve", "--proxies", "-2"], "--proxies takes a number from 0 to 16, not -2."),
    ])
    func `a number below what an option takes is told as such`(arguments: [String], message: String) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(message))
    }

    @Test func `a database that is not there is told in one sentence`() throws {
        let outcome = try Program.run(["benchmarks", "--database-url", "host=/nowhere/at/all dbname=x"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("error: "))
        #expect(outcome.output.isEmpty)
    }

    @Test func `a folder that is not a registry's is refused and left alone`() throws {
        let folder = try Folder()
        let file = try folder.file("notes.txt", "mine")
        let outcome = try Program.run(["benchmarks", "--data", folder.path])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(folder.path))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    }
}
