import Foundation
import Testing

@Suite struct ExtractTests {
    private static let paper =
        #"{"id": "p1", "title": "Fox", "abstract": "We present Fox. Fox reaches 81.2% accuracy on GSM8K. "#
        + #"Code: https://github.com/acme/fox."}"#

    @Test func `papers become records with their ids`() throws {
        let outcome = try Program.run(["extract", "-"], input: Data((Self.paper + "\n").utf8))
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let records = try outcome.jsonLines()
        #expect(records.map { $0["id"] as? String } == ["p1"])
        let links = records.first?["links"] as? [[String: Any]]
        #expect(links?.first?["url"] as? String == "https://github.com/acme/fox")
        #expect(links?.first?["rules"] == nil)
    }

    @Test func `the rules of each record can be asked for`() throws {
        let outcome = try Program.run(["extract", "--explain"], input: Data((Self.paper + "\n").utf8))
        let links = try outcome.jsonLines().first?["links"] as? [[String: Any]]
        #expect((links?.first?["rules"] as? [String])?.isEmpty == false)
    }

    @Test(arguments: [
        ("empty", Data(), 3), ("nul", Data([0x7B, 0, 0x7D, 0x0A]), 3), ("pdf", Data("%PDF-1.7\n%âãÏÓ\n".utf8), 3),
        ("latin1", Data([0x54, 0x0A, 0x0A, 0x61, 0xE9, 0x62, 0x0A]), 3),
        ("shape", Data("[1, 2, 3]\n".utf8), 3), ("half", Data("{\"title\": \"T\", \"abstract\": ".utf8), 3),
    ])
    func `input that holds no paper is told with its place`(name: String, contents: Data, status: Int32) throws {
        let folder = try Folder()
        let file = try folder.file(name, contents)
        let outcome = try Program.run(["extract", file])
        #expect(outcome.status == status)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(file))
    }

    @Test func `a folder and a file that is not there are told`() throws {
        let folder = try Folder()
        for path in [folder.path, folder.path + "/nothing"] {
            let outcome = try Program.run(["extract", path])
            #expect(outcome.status == 3)
            #expect(outcome.errors.contains(path))
        }
    }

    @Test func `a bad record does not stop the others`() throws {
        let lines = [Self.paper, "{\"title\": 7}", Self.paper.replacing("p1", with: "p2")].joined(separator: "\n")
        let outcome = try Program.run(["extract"], input: Data(lines.utf8))
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("standard input:2:"))
        #expect(try outcome.jsonLines().map { $0["id"] as? String } == ["p1", "p2"])
    }

    @Test func `a reader that goes away ends it quietly`() throws {
        let folder = try Folder()
        let lines = (0..<5_000).map { Self.paper.replacing("p1", with: "p\($0)") }.joined(separator: "\n")
        let file = try folder.file("many.jsonl", lines)
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.arguments = [
            "-c", "set -o pipefail; \"$0\" extract \"$1\" 2>\"$1.err\" | head -n 1 >/dev/null", Program.path, file,
        ]
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 141)
        #expect(try String(contentsOfFile: file + ".err", encoding: .utf8).isEmpty)
    }
}
