import Testing

@testable import Claims

@Suite struct PaperTests {
    @Test(arguments: [
        ("2509.01234", "arxiv:2509.01234"),
        ("arXiv:2509.01234v3", "arxiv:2509.01234"),
        ("https://arxiv.org/abs/2509.01234v1", "arxiv:2509.01234"),
        ("http://www.arxiv.org/pdf/cs/0112017.pdf", "arxiv:cs/0112017"),
        ("https://doi.org/10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
        ("DOI: 10.1000/XYZ", "doi:10.1000/xyz"),
        ("https://openreview.net/forum?id=abC-1_x&note=2", "openreview:abC-1_x"),
        ("https://aclanthology.org/2023.acl-long.1/", "acl:2023.acl-long.1"),
        ("HTTPS://Example.org/Paper/#s2", "url:https://example.org/Paper"),
    ])
    func `recognises an identifier by its form`(text: String, expected: String) {
        #expect(PaperIdentifier(recognising: text)?.description == expected)
    }

    @Test(arguments: ["", "s01", "7", "10.1", "arxiv:", "ftp://example.org/x", "https://", "two words"])
    func `takes no label for an identifier`(text: String) {
        #expect(PaperIdentifier(recognising: text) == nil)
    }

    @Test(arguments: [("2025", "2025-01-01"), ("2024-02-29", "2024-02-29"), ("2025-09-12T10:00:00Z", "2025-09-12")])
    func `reads a date as exact as it is`(text: String, firstDay: String) throws {
        #expect(try #require(PublicationDate(text)).firstDay == firstDay)
    }

    @Test(arguments: ["", "25", "2025-13", "2025-02-29", "2025-1-1", "12 Sep 2025", "2025-09-12-01", "0000"])
    func `refuses what is not a date`(text: String) {
        #expect(PublicationDate(text) == nil)
    }

    @Test func `case and white space do not tell papers apart`() {
        let one = Paper(title: "A  Title", abstract: "Some\ntext.")
        let other = Paper(title: "a title", abstract: " some text. ")
        #expect(one.normalisedText == other.normalisedText)
        #expect(one.normalisedText != Paper(title: "a", abstract: "title some text.").normalisedText)
    }

    @Test(arguments: ["A  b\tC ", "x\r\ny\u{b}Z\u{c}", " ", "", "A\u{1c}B\u{7f}[]", "\u{c9}t\u{e9}\u{a0}  Ab"])
    func `text is folded in bytes as it is in characters`(text: String) {
        let folded = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(Paper(title: text, abstract: text).normalisedText == "\(folded)\n\(folded)")
    }
}
