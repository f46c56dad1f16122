import Claims
import Testing

@Suite struct PaperTextTests {
    @Test(arguments: [
        ("Counting owls", "Counting owls"), ("Counting\n  owls", "Counting owls"), ("A\ttab", "A tab"),
        ("\r\nA title \n", "A title"), ("Two  spaces", "Two  spaces"), ("A\u{85}line", "A line"),
    ])
    func `a title stands on one line`(text: String, kept: String) {
        #expect(PaperText.title(text) == kept)
    }

    @Test(arguments: ["A\u{0}b", "A\u{1B}[1mb", "A\u{7F}b", "A\u{9B}b", "\u{1}"])
    func `a title with control characters is none`(text: String) {
        #expect(PaperText.title(text) == nil)
    }

    @Test(arguments: [
        ("One.\nTwo.\tThree.", "One.\nTwo.\tThree."), ("One.\r\nTwo.\rThree.", "One.\nTwo.\nThree."),
        ("A\u{0C}b\u{1B}c", "A b c"), ("ends\r", "ends\n"), ("µ\u{85}x\u{7F}", "µ x "), ("", ""),
    ])
    func `an abstract keeps its lines and has no other control characters`(text: String, kept: String) {
        #expect(PaperText.abstract(text) == kept)
        #expect(PaperText.abstract(kept) == kept)
    }

    @Test func `an address is an identifier where it says which paper it is`() {
        var paper = Paper(title: "A", abstract: "B")
        let takesPage = paper.take(address: "https://example.org/project")
        #expect(takesPage)
        #expect(paper.url == "https://example.org/project" && paper.identifiers.isEmpty)
        let takesPaper = paper.take(address: "https://arxiv.org/abs/2509.00001v2")
        #expect(takesPaper)
        #expect(paper.identifiers.map(\.description) == ["arxiv:2509.00001"])
        let takesWords = paper.take(address: "no address")
        #expect(!takesWords && paper.url == "https://arxiv.org/abs/2509.00001v2")
    }
}
