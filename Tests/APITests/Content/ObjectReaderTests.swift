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

    @Test(
        arguments: [
            ("90", 90), ("90.0", 90), ("9e1", 90), ("900e-1", 90), ("-0.0", 0), ("90.5", nil), ("9e400", nil),
            ("-1", nil),
            ("9007199254740993.0", nil), ("3651", nil),
        ] as [(String, Int?)]
    )
    func `A whole number is one however it is written`(text: String, number: Int?) throws {
        var object = try ObjectReader(try JSONParser.parse(Array(#"{"days": \#(text)}"#.utf8)))
        #expect(object.integer("days", in: 0...3650) == number)
    }
}
