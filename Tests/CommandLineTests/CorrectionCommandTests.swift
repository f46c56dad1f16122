import Foundation
import Testing

/// Corrections on the command line: the whole way of one, with accounts that are named.
@Suite struct CorrectionCommandTests {
    private static let paper = #"""
        {"title": "Fox", "abstract": "Fox reaches 78.37% accuracy on GSM8K.", "url": "https://example.org/fox"}

        """#

    @Test func `a correction is proposed, talked about, rebased and decided on`() throws {
        let (data, folder) = (DataFolder(), try Folder())
        let file = try folder.file("papers.jsonl", Self.paper)
        func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Outcome {
            try Program.run(arguments + ["--data", data.path], environment: environment)
        }
        #expect(try run("ingest", file).status == 0)
        for (name, role) in [("ann", "contributor"), ("bob", "reviewer"), ("cat", "reviewer")] {
            #expect(try run("account", "create", name, "--role", role).status == 0)
        }
        let update = ["corrections", "propose", "update", "claim", "1", "--reason", "misread", "--as", "ann"]
        for value in ["78.73", "79"] {
            let patch = #"{"value": "\#(value)"}"#
            let proposed = try Program.run(update + ["--patch", patch, "--data", data.path])
            #expect(proposed.status == 0, "\(proposed.errors)")
        }
        #expect(try run("corrections", "comments", "add", "1", "Look\nthere", "--as", "bob").output == "1\n")
        let comments = try run("corrections", "comments", "1")
        #expect(comments.output.hasSuffix("  bob\n    Look\n    there\n"), "\(comments.errors)")
        #expect(try run("corrections", "comments", "add", "9", "x").status == 1)
        #expect(try run("corrections", "accept", "1", "--as", "bob").output == "1  accepted\n")

        // The second one comes too late: it is conflicted, and says by what, until its proposer brings it up to date.
        let late = try run("corrections", "accept", "2", "--as", "bob")
        #expect(late.status == 1 && late.errors.contains("value"))
        #expect(try run("corrections", "rebase", "2", "--as", "bob").status == 1)
        #expect(try run("corrections", "rebase", "2", "--patch", "{", "--as", "ann").status == 2)
        let rebased = try run("corrections", "rebase", "2", "--patch", #"{"value": "79.1"}"#, "--as", "ann")
        #expect(rebased.output == "2  open\n", "\(rebased.errors)")
        #expect(try run("corrections", "accept", "2", "--as", "cat").output == "2  accepted\n")
        #expect(try run("sota", "gsm8k").output.contains("79.1 %"))

        // An abstract is read anew by the command itself.
        let text = #"{"abstract": "In fact Fox reaches 78.37% accuracy on GSM8K."}"#
        let abstract = [
            "corrections", "propose", "update", "paper", "1", "--reason", "cut", "--patch", text, "--as", "ann",
        ]
        #expect(try Program.run(abstract + ["--data", data.path]).status == 0)
        let accepted = try run("corrections", "accept", "3", "--as", "bob")
        #expect(accepted.output == "3  accepted\n", "\(accepted.errors)")
        #expect(try run("sota", "gsm8k").output.contains("79.1 %"))

        // The guard holds here, too, by flag and by environment.
        for id in [4, 5] {
            let grave = ["corrections", "propose", "retract", "claim", "1", "--reason", "no result", "--as", "ann"]
            #expect(try Program.run(grave + ["--data", data.path]).status == 0)
            let first =
                id == 4
                ? try run("corrections", "accept", "\(id)", "--as", "bob", "--grave-corrections", "0")
                : try run(
                    "corrections",
                    "accept",
                    "\(id)",
                    "--as",
                    "bob",
                    environment: ["CLAIMBOARD_GRAVE_CORRECTIONS": "0"]
                )
            #expect(first.output == "\(id)  open\n", "\(first.errors)")
        }
        #expect(try run("corrections", "accept", "4", "--as", "bob", "--grave-corrections", "0").status == 1)
        #expect(
            try run("corrections", "accept", "4", "--as", "cat", "--grave-corrections", "0").output == "4  accepted\n"
        )
        #expect(try run("corrections", "accept", "5", "--grave-corrections", "-1").status == 2)
        #expect(try run("log", "verify").status == 0)
    }
}
