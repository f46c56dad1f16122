import Extraction
import ExtractionChecks
import Testing

/// Texts that nobody writes must cost no more than their size, and break nothing.
struct HostileTextTests {
    @Test(arguments: HostileTexts.all.map(\.name))
    func `a text of one piece again and again is read to its end`(name: String) throws {
        let piece = try #require(HostileTexts.all.first { $0.name == name }).piece
        var check = RecordCheck()
        let text = HostileTexts.text(piece, size: 40_000)
        #expect(check.problem(title: [], abstract: text) == nil)
        #expect(check.problem(title: Array(text.prefix(4_000)), abstract: []) == nil)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `the records of odd texts keep all rules`(seed: UInt64) {
        var mutator = TextMutator(seed: seed)
        var check = RecordCheck()
        for _ in 0..<400 {
            let (title, abstract) = (mutator.next(), mutator.next())
            let problem = check.problem(title: title, abstract: abstract)
            #expect(problem == nil, "seed \(seed), title \(title), abstract \(abstract)")
        }
    }

    @Test func `a text that is over the limit is cut between characters`() {
        let text = HostileTexts.text(Array("ImageNet \u{4e2d}-7B ".utf8), size: 200)
        var limits = ExtractionLimits()
        for limit in 0..<120 {
            limits.maximumBytes = limit
            var check = RecordCheck(limits: limits)
            #expect(check.problem(title: text, abstract: text) == nil, "cut at \(limit)")
        }
    }
}
