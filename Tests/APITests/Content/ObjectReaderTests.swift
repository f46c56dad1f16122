import Formats
import Testing

@testable import API

@Suite struct ObjectReaderTests {
    @Test func `All that is wrong is reported at once, each by its pointer`() throws {
        let text = #"{"title": 3, "abstract": " ", "a/b~c": 1, "note": "x\u0000", "long": "abcd", "gone": null}"#
        var reader = try ObjectReader(try JSONParser.parse(Array(text.utf8)))
        #expect(reader.text("title", characters: 1...10) == nil)
        #expect(reader.text("abstract", characters: 1...10, isRequired: true) == nil)
        #expect(reader.text("note", characters: 1...10) == nil)
        #expect(reader.text("long", characters: 1...3) == nil)
        #expect(reader.text("gone", characters: 1...3) == nil)
        #expect(reader.text("missing", characters: 1...3, isRequired: true) == nil)
        let finished = reader
        let problem = #expect(throws: Problem.self) { try finished.finish() }
        #expect(problem?.kind == .invalidContent)
        #expect(
            problem?.parts.map(\.place) == [
                .pointer("/title"), .pointer("/abstract"), .pointer("/note"), .pointer("/long"), .pointer("/missing"),
                .pointer("/a~1b~0c"),
            ]
        )
    }

    @Test(arguments: ["[]", "1", "\"x\"", "null", "true"])
    func `What is no object is refused as a whole`(text: String) throws {
        let node = try JSONParser.parse(Array(text.utf8))
        let problem = #expect(throws: Problem.self) { _ = try ObjectReader(node) }
        #expect(problem?.parts.map(\.place) == [.pointer("")])
    }
}
