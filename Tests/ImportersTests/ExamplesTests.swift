import Claims
import Foundation
import Testing

@testable import Importers

@Suite struct ExamplesTests {
    @Test func `the example papers are read without a problem`() throws {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = try Data(contentsOf: package.appendingPathComponent("Examples/papers.jsonl"))
        let imported = Imported.of(bytes)
        #expect(imported.papers.count >= 30)
        #expect(imported.problems == [])
        #expect(Set(imported.papers.map(\.normalisedText)).count == imported.papers.count)
        #expect(Set(imported.papers.compactMap(\.label)).count == imported.papers.count)
        #expect(imported.papers.flatMap(\.identifiers) == [])
    }
}
