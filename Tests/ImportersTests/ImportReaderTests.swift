import Claims
import Foundation
import Testing

@testable import Importers

@Suite struct ImportReaderTests {
    private func inFile<Outcome>(_ bytes: some Sequence<UInt8>, _ use: (String) throws -> Outcome) throws -> Outcome {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("claimboard-\(UUID()).txt").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try use(path)
    }

    private func imported(_ path: String) -> Imported {
        var reader = ImportReader(path: path)
        var imported = Imported()
        while let item = reader.next() { imported.add(item) }
        imported.summary = reader.summary
        return imported
    }

    @Test(arguments: Samples.all.indices) func `reads a file, packed or not`(index: Int) throws {
        let text = Array(Samples.all[index].text.utf8)
        let expected = Imported.of(text).papers
        #expect(try inFile(text) { imported($0).papers } == expected)
        #expect(try inFile(Gzip.packed(text)) { imported($0).papers } == expected)
    }

    @Test func `counts the bytes read, for progress`() throws {
        try inFile("T\n\nA.".utf8) { path in
            var reader = ImportReader(path: path)
            #expect(reader.sizeBytes == 5 && reader.bytesRead == 0)
            while reader.next() != nil {}
            #expect(reader.bytesRead == 5)
        }
    }

    @Test(arguments: [
        ("/nonexistent/papers.jsonl", "unreadable", "it cannot be opened: no such file or directory"),
        ("/", "unsupported", "this is a folder"),
        ("/proc/self/mem", "unreadable", "reading failed: input/output error"),
        ("/dev/null", "empty", "it is empty"),
    ])
    func `what cannot be read is told`(path: String, kind: String, what: String) {
        let imported = imported(path)
        #expect(imported.codes == ["- \(kind) fatal"])
        #expect(imported.problems.first?.what == what)
        #expect(imported.problems.first?.source == path)
        #expect(imported.summary.refused == 1)
    }

    @Test func `a file that grows while it is read is told`() throws {
        try inFile("T\n\nA.\n\nU\n\nB.\n".utf8) { path in
            var reader = ImportReader(path: path)
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("\nV\n\nC.\n".utf8))
            try handle.close()
            var imported = Imported()
            while let item = reader.next() { imported.add(item) }
            #expect(imported.papers.map(\.title) == ["T", "U", "V"])
            #expect(imported.codes == ["- changed fatal"])
        }
    }

    @Test func `reads from a pipe as it fills`() throws {
        let pipe = Pipe()
        let path = "/proc/self/fd/\(pipe.fileHandleForReading.fileDescriptor)"
        let lines = (1...5).map { "{\"title\":\"T\($0)\",\"abstract\":\"A.\"}\n" }
        try pipe.fileHandleForWriting.write(contentsOf: Data(lines[0].utf8))
        var reader = ImportReader(path: path)
        var titles: [String] = []
        // One line at a time: each paper has to come out before the next line is written.
        for (index, line) in lines.dropFirst().enumerated() {
            guard case .paper(let paper, index + 1)? = reader.next() else { break }
            titles.append(paper.title)
            try pipe.fileHandleForWriting.write(contentsOf: Data(line.utf8))
        }
        try pipe.fileHandleForWriting.close()
        while case .paper(let paper, _)? = reader.next() { titles.append(paper.title) }
        #expect(titles == ["T1", "T2", "T3", "T4", "T5"])
        #expect(reader.sizeBytes == nil)
    }
}
