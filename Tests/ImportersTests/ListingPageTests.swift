import Claims
import Foundation
import Testing

@testable import Importers

@Suite struct ListingPageTests {
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
}
