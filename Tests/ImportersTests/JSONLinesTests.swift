import Claims
import Testing

@testable import Importers

@Suite struct JSONLinesTests {
    @Test func `reads every field`() throws {
        let imported = Imported.of(
            #"""
            {"id": "x-1", "title": "T", "abstract": "A.", "published": "2025-09-12T10:00:00Z", "url": "https://example.org/p/", "doi": "10.1000/ABC", "arxiv_id": "2509.01234v2", "identifiers": {"pmid": 123, "acl": "2023.acl-long.1", "other": "https://openreview.net/forum?id=abc", "mag": "9", "doi": null}, "authors": [{"name": "N"}], "n": -1.5e-3, "b": [true, false, null]}
            """#
        )
        let paper = try #require(imported.papers.first)
        #expect(paper.title == "T" && paper.abstract == "A." && paper.label == "x-1")
        #expect(paper.published == PublicationDate("2025-09-12") && paper.url == "https://example.org/p/")
        #expect(
            paper.identifiers.map(\.description) == [
                "doi:10.1000/abc", "arxiv:2509.01234", "pmid:123", "acl:2023.acl-long.1",
                "openreview:abc",
            ]
        )
        #expect(imported.problems == [])
        #expect(imported.summary.format == .jsonLines)
    }

    @Test(arguments: ["[1,2,3]", "42", "null", #""T""#, #"tract":"A."}"#, #"T","abstract":"A."}"#])
    func `a first line that is no object costs only itself`(line: String) {
        let imported = Imported.of(line + "\n" + #"{"title":"T","abstract":"A."}"# + "\n")
        #expect(imported.summary.format == .jsonLines)
        #expect(imported.papers.map(\.title) == ["T"])
        #expect(imported.problems.map(\.line) == [1])
    }

    @Test(arguments: [
        (#"{"title":"T","summary":"A."}"#, "T", "A."),
        (#"{"title":"T","summary":"S.","abstract":"A."}"#, "T", "A."),
        (#"{"title":"T","summary":"S.","abstract":null}"#, "T", "S."),
        (
            #" { "title" : "\u0054\"\\\/\f\n\r\t\ud83d\ude00\u00e9" , "abstract" : "  kept\b\r\n" } "#,
            "T\"\\/ 😀é", "  kept \n"
        ),
        ("{\"title\":\"\u{FEFF}T\\n\u{FEFF}\",\"abstract\":\"数\u{2028}\"}", "\u{FEFF}T \u{FEFF}", "数\u{2028}"),
    ])
    func `texts come through letter for letter, but for control characters`(
        line: String,
        title: String,
        abstract: String
    ) throws {
        let paper = try #require(Imported.of(line).papers.first)
        #expect(Array(paper.title.unicodeScalars) == Array(title.unicodeScalars))
        #expect(Array(paper.abstract.unicodeScalars) == Array(abstract.unicodeScalars))
    }

    @Test(arguments: [
        (#"{"id":7,"title":"T","abstract":"A."}"#, "7", []),
        (#"{"url":"https://arxiv.org/abs/2509.01234v1","title":"T","abstract":"A."}"#, nil, ["arxiv:2509.01234"]),
        (#"{"url":"https://github.com/a/b","title":"T","abstract":"A."}"#, nil, []),
        (#"{"id":"2509.01234","title":"T","abstract":"A."}"#, "2509.01234", ["arxiv:2509.01234"]),
        (
            #"{"identifiers":["2509.01234","doi:10.1000/x","2509.01234v3"],"title":"T","abstract":"A."}"#, nil,
            ["arxiv:2509.01234", "doi:10.1000/x"]
        ),
    ])
    func `labels and identifiers`(line: String, label: String?, identifiers: [String]) {
        let imported = Imported.of(line)
        #expect(imported.papers.map(\.label) == [label])
        #expect(imported.papers.first?.identifiers.map(\.description) == identifiers)
        #expect(imported.problems == [])
    }

    @Test(arguments: [
        (
            #"{"doi":"n/a","title":"T","abstract":"A."}"#,
            #""doi" was left out: “n/a” is not an identifier of that kind"#
        ),
        (#"{"published":"12 Sep","title":"T","abstract":"A."}"#, #""published" was left out: “12 Sep” is not a date"#),
        (#"{"url":"x","title":"T","abstract":"A."}"#, #""url" was left out: “x” is not a web address"#),
        (
            #"{"identifiers":["?"],"title":"T","abstract":"A."}"#,
            #""identifiers" was left out: “?” is not an identifier of that kind"#
        ),
    ])
    func `a paper is taken without what is not what it should be`(line: String, what: String) {
        let imported = Imported.of(line)
        #expect(imported.papers.count == 1)
        #expect(imported.codes == ["1 shape note"])
        #expect(imported.problems.first?.what == what)
        #expect(imported.summary.notes == 1 && imported.summary.refused == 0)
    }

    @Test(arguments: [
        (#"{"abstract":"A."}"#, "shape", "the title is missing"),
        (#"{"title":"T"}"#, "shape", "the abstract is missing"),
        (#"{"title":" ","abstract":"A."}"#, "shape", "the title is missing"),
        (#"{"title":null,"abstract":"A."}"#, "shape", "the title is missing"),
        (#"{"title":5,"abstract":"A."}"#, "shape", "\"title\" is a number, not a string"),
        (#"{"title":"T","abstract":["A."]}"#, "shape", "\"abstract\" is an array, not a string"),
        (
            #"{"title":"T","abstract":"A.","identifiers":"x"}"#, "shape",
            "\"identifiers\" is a string, not an object or an array of strings"
        ),
        (#"{"title":"T","title":"U","abstract":"A."}"#, "shape", "\"title\" stands twice in the object"),
        ("{}", "shape", "the title is missing"),
        (#"["T","A."]"#, "shape", "an array where an object with \"title\" and \"abstract\" is expected"),
        ("17", "shape", "a number where an object with \"title\" and \"abstract\" is expected"),
        (#"{"title":"T","abstract":"A."#, "syntax", "not valid JSON: a string has no end (byte 28 of the record)"),
        (
            #"{"title":"T","abstract":"A.","#, "syntax",
            "not valid JSON: the JSON ends too early (byte 30 of the record)"
        ),
        (#"{"title":"T" "abstract":"A."}"#, "syntax", "not valid JSON: “}” is missing (byte 14 of the record)"),
        (
            #"{"title":"T","abstract":"A."} x"#, "syntax",
            "not valid JSON: there is more after the value (byte 31 of the record)"
        ),
        (#"{'title':'T'}"#, "syntax", "not valid JSON: there is no value (byte 2 of the record)"),
        (
            #"{"title":"\ud800","abstract":"A."}"#, "syntax",
            "not valid JSON: a surrogate in a string has no partner (byte 17 of the record)"
        ),
        (
            #"{"title":"\x","abstract":"A."}"#, "syntax",
            "not valid JSON: a string holds an unknown escape (byte 13 of the record)"
        ),
        (
            "{\"title\":\"a\tb\",\"abstract\":\"A.\"}", "syntax",
            "not valid JSON: a string holds an unescaped control character (byte 12 of the record)"
        ),
        (
            #"{"title":"T","abstract":"A.","n":01}"#, "syntax",
            "not valid JSON: a number is malformed (byte 36 of the record)"
        ),
        (#"{"title":"a\u0000b","abstract":"A."}"#, "encoding", "the title holds a NUL character"),
        (#"{"title":"a\u001bb","abstract":"A."}"#, "encoding", "the title holds a control character"),
        (
            "{\"title\":\"a\u{0}b\",\"abstract\":\"A.\"}", "syntax",
            "not valid JSON: a string holds an unescaped control character (byte 12 of the record)"
        ),
    ])
    func `a bad record is told with its line, and the others go on`(line: String, kind: String, what: String) {
        let good = #"{"title":"T","abstract":"A."}"#
        let imported = Imported.of("\(good)\n\n\(line)\r\n\(good)\n")
        #expect(imported.paperLines == [1, 4])
        #expect(imported.codes == ["3 \(kind) refused"])
        #expect(imported.problems.first?.what == what)
        #expect(imported.summary.papers == 2 && imported.summary.refused == 1)
    }

    @Test func `a problem cannot command the terminal`() {
        let line = #"{"doi":"\u001b[31m\u009b\nx\u202e","title":"T","abstract":"A."}"#
        #expect(
            Imported.of(line).problems.first?.what
                == "\"doi\" was left out: “�[31m��x�” is not an identifier of that kind"
        )
    }

    @Test func `a problem says all in one line`() {
        let problem = Imported.of("\n{\"title\":\"T\"}\n{\"title\":\"T\",\"abstract\":\"A.\"}").problems.first
        #expect(problem?.description == #"input:2: the abstract is missing. Give it as "abstract" or "summary"."#)
    }

    @Test func `deep nesting is refused before it fills the stack`() {
        let deep = String(repeating: "[", count: 100_000)
        let imported = Imported.of("{\"title\":\"T\",\"abstract\":\"A.\",\"x\":\(deep)\n")
        #expect(imported.codes == ["1 syntax refused"])
    }

    @Test func `invalid UTF-8 is refused, never repaired`() {
        let good = Array(#"{"title":"T","abstract":"A."}"#.utf8)
        for bad: [UInt8] in [
            [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
        ] {
            let line = Array(#"{"title":"T"#.utf8) + bad + Array(#"","abstract":"A."}"#.utf8)
            let imported = Imported.of(good + [0x0A] + line + [0x0A] + good)
            #expect(imported.papers.count == 2)
            #expect(imported.codes == ["2 encoding refused"])
            #expect(imported.problems.first?.what == "not valid UTF-8 at byte 12 of the record")
        }
    }
}
