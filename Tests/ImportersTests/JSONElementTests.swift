import Claims
import Testing

@testable import Importers

@Suite struct JSONElementTests {
    private static let one = #"{"title":"One [1]","abstract":"A }."}"#
    private static let two = #"{"title":"Two \"2\"","abstract":"B{."}"#

    @Test(arguments: [
        "[\(one),\(two)]", "[\n  \(one),\n  \(two)\n]\n", " [ \(one) , \(two) , ] ",
        "[{\n\"title\"\n:\n\"One [1]\",\n\"abstract\":\"A }.\"},{\"title\":\"Two \\\"2\\\"\",\"abstract\":\"B{.\"}]",
        "{\n  \"title\": \"One [1]\",\n  \"abstract\": \"A }.\"\n}\n\(two)\n",
        "{\n\"title\": \"One [1]\",\n\"x\": {\"y\": [[], {}, \"]\"]},\n\"abstract\": \"A }.\"}\n\n\(two)",
        "\u{FEFF}[\(one),\(two)]",
    ])
    func `reads arrays, and objects over several lines`(text: String) {
        let imported = Imported.of(text)
        #expect(imported.papers.map(\.title) == ["One [1]", "Two \"2\""])
        #expect(imported.problems == [])
        #expect(imported.summary.format == .json)
    }

    @Test(arguments: [
        ("[]", ["- empty fatal"]), ("[ ]\n", ["- empty fatal"]), ("{}", ["1 shape refused"]),
        (#"["a", [1], 7, null]"#, ["1 shape refused", "1 shape refused", "1 shape refused", "1 shape refused"]),
        ("[\(one)", ["1 syntax refused"]), ("[\(one),\n", ["2 syntax refused"]),
        ("[\(one),\n{\"title\":\"T\"", ["2 syntax refused"]),
        ("[\(one)] x", ["1 syntax refused"]), ("[\(one)]\n[\(two)]", ["2 syntax refused"]),
        ("{\n\"title\": \"T\",\n\"abstract\": [}\n", ["1 syntax refused"]),
        ("{\n\"title\": \"T\",\n\"abstract\": 5}\n", ["1 shape refused"]),
        ("{\n\"title\": \"T\"\n\"abstract\": \"A.\"}\n", ["3 syntax refused"]),
        ("{\n\"title\": \"T\", \"abstract\": \"A.\"}\nword\n\(one)", ["3 syntax refused"]),
    ])
    func `what is not well formed is told with its line`(text: String, codes: [String]) {
        #expect(Imported.of(text).codes == codes)
    }

    @Test func `papers wrapped in an object are pointed out`() {
        let problem = Imported.of("{\"count\": 2, \"papers\": [\(Self.one), \(Self.two)]}").problems.first
        #expect(problem?.what == "the object is no paper, but holds an array, “papers”")
    }

    @Test func `after a broken object the next one is read`() {
        let imported = Imported.of(
            """
            [
              {"title": "cut here", "abstract": "A
              {"title": "One", "abstract": "A."},
              {"title": "a brace too few", "x": {"abstract": "A.",
              {"title": "Two", "abstract": "B."},
              {"title": "a brace too many", "abstract": "A."}},
              {"title": "Three", "abstract": "C."}
            ]
            """
        )
        #expect(imported.papers.map(\.title) == ["One", "Two", "a brace too many", "Three"])
        #expect(imported.codes == ["2 syntax refused", "4 syntax refused", "6 syntax refused"])
    }
}
