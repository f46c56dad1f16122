import Claims
import Testing

@testable import Importers

@Suite struct PlainTextTests {
    /// Titles and abstracts, `|` between them, `;` between papers.
    struct Case: CustomTestStringConvertible {
        var name: String
        var text: String
        var papers: String
        var codes: [String] = []
        var testDescription: String { name }
    }

    private static let long = String(repeating: "many words in one line ", count: 20) + "without a full stop"

    @Test(arguments: [
        Case(
            name: "the abstract on the next line",
            text: "Title One\nAbstract one.\n\nTitle Two?\nAbstract two.\nIts second line\n",
            papers: "Title One|Abstract one.;Title Two?|Abstract two.\nIts second line"
        ),
        Case(
            name: "the abstract after a blank line",
            text: "Title One\n\nAbstract one.\n\n\n\nTitle Two\n \t\nAbstract two,\nover two lines.\n",
            papers: "Title One|Abstract one.;Title Two|Abstract two,\nover two lines."
        ),
        Case(
            name: "several paragraphs",
            text: "Title One\n\nFirst paragraph.\n\nSecond\none.\n\nCode: https://example.org/x\n\nTitle Two\n\nB.\n",
            papers: "Title One|First paragraph.\n\nSecond\none.\n\nCode: https://example.org/x;Title Two|B."
        ),
        Case(
            name: "a long abstract without a full stop",
            text: "Title One\n\(long)\n\nTitle Two\n\n\(long)\n",
            papers: "Title One|\(long);Title Two|\(long)"
        ),
        Case(
            name: "a title over two lines",
            text: "Title One\n\nAbstract one.\n\nA Title That Goes\nOver Two Lines\n\nAbstract two.\n",
            papers: "Title One|Abstract one.;A Title That Goes Over Two Lines|Abstract two."
        ),
        Case(
            name: "a title with a full stop",
            text: "A First Title Like Others.\n\nAbstract one.\n\nAnd a Second Title With a Stop.\n\nAbstract two.\n",
            papers: "A First Title Like Others.|Abstract one.;And a Second Title With a Stop.|Abstract two."
        ),
        Case(
            name: "a heading before the abstract",
            text: "Title One\n\nAbstract\n\nIt is short.\n\nTitle Two\n\nAbstract:\n\nIt is too.\n",
            papers: "Title One|It is short.;Title Two|It is too."
        ),
        Case(
            name: "a wrapped abstract of many lines",
            text: "Title One\n\none\ntwo\nthree\nfour\nfive.\n\nTitle Two\nsix\nseven\neight\nnine.\n",
            papers: "Title One|one\ntwo\nthree\nfour\nfive.\n\nTitle Two\nsix\nseven\neight\nnine."
        ),
        Case(
            name: "line ends of Windows, no end at the end",
            text: "\u{FEFF}Title One\r\nAbstract one.\r\n\r\nTitle Two\r\nAbstract two.",
            papers: "Title One|Abstract one.;Title Two|Abstract two."
        ),
        Case(
            name: "brackets at the start",
            text: "[1] Title One\nAbstract one.\n\n{\\bf Two}\nAbstract two.\n",
            papers: "[1] Title One|Abstract one.;{\\bf Two}|Abstract two."
        ),
        Case(
            name: "a title without an abstract",
            text: "Title One\n\nTitle Two\n\nAbstract two.\n\nTitle Three\n",
            papers: "Title Two|Abstract two.",
            codes: ["1 shape refused", "7 shape refused"]
        ),
        Case(
            name: "an abstract without a title",
            text: "\(long)\n\nTitle Two\n\nAbstract two.\n",
            papers: "Title Two|Abstract two.",
            codes: ["1 shape refused"]
        ),
        Case(
            name: "NUL characters",
            text:
                "Title One\n\nAbstract \u{0} one.\n\nTitle\u{0} Two\n\nAbstract two.\n\nTitle Three\n\nAbstract three.\n",
            papers: "Title Three|Abstract three.",
            codes: ["1 encoding refused", "5 encoding refused"]
        ),
        Case(name: "one line", text: "Just one line", papers: "", codes: ["1 shape refused"]),
    ])
    func `reads titles and abstracts`(example: Case) {
        let imported = Imported.of(example.text)
        #expect(imported.papers.map { "\($0.title)|\($0.abstract)" }.joined(separator: ";") == example.papers)
        #expect(imported.codes == example.codes)
        #expect(imported.summary.format == .text)
    }
}
