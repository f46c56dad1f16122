import Claims
import Foundation
import Testing

@testable import Importers

@Suite struct ListingPageTests {
    /// A text long enough to be an abstract wherever it stands.
    private static let text = String(repeating: "A sentence of an abstract that goes on. ", count: 10) + "It ends."

    @Test(.needsCorpus) func `the shared listing page gives exactly its papers`() throws {
        let page = [UInt8](try Data(contentsOf: SharedCorpus.file("seeds.page.txt")))
        let imported = Imported.of(page)
        let expected = try SharedCorpus.lines("seeds.papers.jsonl").map { line in
            Paper(title: try #require(line["title"] as? String), abstract: try #require(line["abstract"] as? String))
        }
        #expect(imported.papers.count == 93)
        #expect(imported.papers == expected)
        #expect(imported.problems == [])
        #expect(imported.summary.format == .listingPage)
        #expect(imported.summary.furnitureLines == 6)
    }

    @Test(arguments: [
        "Daily Papers\nSubscribe\n2025-09-12\n\n%T1\n%A\n%T2\n%A\n",
        "Hugging Face\nModels\nDatasets\nSpaces\nLog In\n\nDaily Papers\n\nSep 8 - Sep 12\n\n%T1\n\n%A\n\n%T2\n\n%A",
        "Trending Papers\nby AK and others\nSubmitted by\nsomeone else here\n%T1\n42\n· 7 authors\n%A\n1.2k\n3\n%T2\n12 upvotes\n%A\n",
        "daily papers\r\n\r\n%T1\r\n\r\n%A\r\n\r\nSubmitted by\r\nA Person of Four Words\r\n%T2\r\n%A\r\nPrevious\r\nNext\r\nTOS\r\nPrivacy\r\n",
        "Daily Papers\n\u{FEFF}\nSome words about this very page here\n%T1\n%A\n\nuser7\n%T2\n\n%A\n\nCompany\n© Somebody\nTOS\n",
    ])
    func `furniture may be anywhere`(page: String) {
        let filled = page.replacingOccurrences(of: "%T1", with: "A First Title of a Paper")
            .replacingOccurrences(of: "%T2", with: "Why Is There a Second Title?")
            .replacingOccurrences(of: "%A", with: Self.text)
        let imported = Imported.of(filled)
        #expect(imported.papers.map(\.title) == ["A First Title of a Paper", "Why Is There a Second Title?"])
        #expect(imported.papers.allSatisfy { $0.abstract == Self.text })
        #expect(imported.problems == [])
        #expect(imported.summary.format == .listingPage)
    }

    @Test func `a short abstract, more paragraphs and a closing sentence belong to their paper`() {
        let short = "A short abstract of some eighty bytes, which is a sentence and so ends with a full stop."
        let imported = Imported.of(
            """
            Daily Papers

            A Title Before a Short Abstract

            \(short)

            Code is at https://example.org/code

            Another Title of Some Paper

            \(Self.text)

            \(Self.text)

            """
        )
        #expect(
            imported.papers.map(\.abstract) == [
                short + "\n\nCode is at https://example.org/code", Self.text + "\n\n" + Self.text,
            ]
        )
        #expect(imported.paperLines == [3, 9])
        #expect(imported.problems == [])
    }

    @Test func `a title without an abstract is told, not lost`() {
        let imported = Imported.of(
            "Daily Papers\nA First Title of a Paper\n\(Self.text)\nA Title That Has No Abstract\nThe Title That Has One\n\(Self.text)\nA Last Title Without One\n"
        )
        #expect(imported.papers.map(\.title) == ["A First Title of a Paper", "The Title That Has One"])
        #expect(imported.codes == ["4 shape refused", "7 shape refused"])
        #expect(imported.problems.first?.what == "no abstract follows the title “A Title That Has No Abstract”")
    }

    @Test func `an abstract without a title is told`() {
        let imported = Imported.of("Daily Papers\n\(Self.text)\nA First Title of a Paper\n\(Self.text)")
        #expect(imported.papers.count == 1)
        #expect(imported.codes == ["2 shape refused"])
    }

    @Test func `a page of furniture alone holds no paper`() {
        let imported = Imported.of("Daily Papers\nSubscribe\nSep 12\n")
        #expect(imported.codes == ["- empty fatal"])
        #expect(imported.summary.refused == 1)
    }

    @Test(arguments: [
        "Sep 12", "12 September 2025", "Fri, Sep 12th", "Sep 8 - Sep 12", "2025-09-12", "Week 37", "42", "1.2k", "+3",
        "· 7 authors", "-\t12 authors", "3 days ago", "byAK and the research community", "Submitted by", "Upvote",
        "© X",
    ])
    func `knows furniture`(line: String) {
        #expect(PageFurniture.contains(line))
    }

    @Test(arguments: [
        "GPT-4 Technical Report", "May the Force Be With You", "2048", "3D Gaussian Splatting", "1000 Layers",
        "Attention",
        "Next Token Prediction", "12 Angry Agents", "March of the Transformers", "By Design",
    ])
    func `takes no title for furniture`(line: String) {
        #expect(PageFurniture.contains(line) == (line == "2048"))
    }
}
