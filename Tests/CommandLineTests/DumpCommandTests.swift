import Foundation
import Testing

@Suite struct DumpCommandTests {
    private static let papers =
        (0..<30).map { index in
            #"{"title": "Fox \#(index)", "abstract": "We present Fox\#(index). Fox\#(index) reaches \#(50 + index).5% "#
                + #"accuracy on GSM8K.", "published": "2025-03-01"}"#
        }.joined(separator: "\n") + "\n"

    @Test(arguments: ["backup", "backup.claimboard"])
    func `a dump restored into an empty registry is the same registry`(name: String) throws {
        let (data, other, folder) = (DataFolder(), DataFolder(), try Folder())
        let file = try folder.file("papers.jsonl", Self.papers)
        #expect(try Program.run(["ingest", file, "--data", data.path]).status == 0)
        let first = "\(folder.path)/\(name)"
        let dumped = try Program.run(["dump", first, "--data", data.path])
        #expect(dumped.status == 0 && dumped.errors.contains("log position 30"), "\(dumped.errors)")
        let restored = try Program.run(["restore", first, "--data", other.path])
        #expect(restored.status == 0, "\(restored.errors)")
        let verified = try Program.run(["log", "verify", "--data", other.path])
        #expect(try Program.run(["log", "verify", "--data", data.path]).output == verified.output)

        let second = "\(folder.path)/second-\(name)"
        #expect(try Program.run(["dump", second, "--data", other.path]).status == 0)
        #expect(FileManager.default.contentsEqual(atPath: first, andPath: second))
        let again = try Program.run(["restore", first, "--data", other.path])
        #expect(again.status == 1 && again.errors.contains("not empty"), "\(again.errors)")
    }

    @Test func `a file that was cut is refused`() throws {
        let (data, other, folder) = (DataFolder(), DataFolder(), try Folder())
        let dump = "\(folder.path)/backup.claimboard"
        #expect(try Program.run(["dump", dump, "--data", data.path]).status == 0)
        let bytes = try Data(contentsOf: URL(filePath: dump))
        try bytes.dropLast(5).write(to: URL(filePath: dump))
        let cut = try Program.run(["restore", dump, "--data", other.path])
        #expect(cut.status == 1 && cut.errors.contains("cut"), "\(cut.errors)")
        let none = try Program.run(["restore", "\(folder.path)/nothing", "--data", other.path])
        #expect(none.status == 1 && none.errors.contains("cannot be read"), "\(none.errors)")
    }

    @Test func `an export goes to a file with its manifest, or to standard output`() throws {
        let (data, folder) = (DataFolder(), try Folder())
        let file = try folder.file("papers.jsonl", Self.papers)
        #expect(try Program.run(["ingest", file, "--data", data.path]).status == 0)
        let output = "\(folder.path)/claims.csv"
        let exported = try Program.run(["export", "claims", "--output", output, "--data", data.path])
        #expect(exported.status == 0, "\(exported.errors)")
        let written = try String(contentsOfFile: output, encoding: .utf8)
        #expect(written.components(separatedBy: "\r\n").count == 32)
        let manifest = try JSONSerialization.jsonObject(
            with: Data(contentsOf: URL(filePath: output + ".manifest.json"))
        )
        let files = (manifest as? [String: Any])?["files"] as? [[String: Any]]
        #expect(files?.first?["rows"] as? Int == 30)
        #expect(try Program.run(["export", "claims", "--data", data.path]).output == written)

        let then = try Program.run(["export", "claims", "--as-of", "0", "--format", "jsonl", "--data", data.path])
        #expect(try then.jsonLines().count == 1)
        let board = try Program.run(["leaderboard", "gsm8k", "--as-of", "0", "--data", data.path])
        #expect(board.status == 1 && board.errors.contains("at that time"), "\(board.errors)")
        #expect(try Program.run(["export", "secrets", "--data", data.path]).status == 2)
    }
}
