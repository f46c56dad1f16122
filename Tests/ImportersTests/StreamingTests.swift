import Testing

@testable import Importers

@Suite struct StreamingTests {
    @Test(arguments: Samples.all.indices) func `reads each sample`(index: Int) {
        let imported = Imported.of(Samples.all[index].text)
        #expect(imported.papers.count == 2)
        #expect(imported.summary.refused == 1)
        #expect(imported.summary.format?.rawValue == Samples.all[index].format)
    }

    @Test(arguments: Samples.all.indices, [11, 12, 13] as [UInt64])
    func `the pieces in which bytes come make no difference`(index: Int, seed: UInt64) {
        let text = Array(Samples.all[index].text.utf8)
        let whole = Imported.of(text, pieceSize: { text.count })
        #expect(Imported.of(text, pieceSize: { 1 }) == whole)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let largest = Int.random(in: 1...text.count, using: &random)
            #expect(Imported.of(text) { Int.random(in: 1...largest, using: &random) } == whole, "seed \(seed)")
        }
    }

    @Test(arguments: Samples.all.indices, [14, 15] as [UInt64])
    func `gzip makes no difference, in one member or several, padded or not`(index: Int, seed: UInt64) {
        let text = Array(Samples.all[index].text.utf8)
        var plain = Imported.of(text)
        plain.summary.isCompressed = true
        var random = SeededGenerator(seed: seed)
        for padding in [0, 1, 512] {
            let cut = Int.random(in: 0...text.count, using: &random)
            let packed = Gzip.packed(text[..<cut]) + Gzip.packed(text[cut...]) + [UInt8](repeating: 0, count: padding)
            #expect(Imported.of(packed) { Int.random(in: 1...40, using: &random) } == plain, "seed \(seed)")
            #expect(Imported.of(Gzip.packed(text)) == plain)
        }
    }

    @Test(arguments: Samples.all.indices) func `cut gzip is told, and the unfinished record left out`(index: Int) {
        let text = Array(Samples.all[index].text.utf8)
        let whole = Imported.of(text)
        // Stored, not deflated, so that the text comes out up to the cut.
        let packed = Gzip.packed(text, level: 0)
        for length in 3..<packed.count {
            let imported = Imported.of(packed[..<length])
            #expect(
                imported.problems.last?.description == "input: the gzip data is cut short. "
                    + "Fetch the file again; `gzip -t` tests it."
            )
            // Every paper that came out is one of the whole file's, letter for letter.
            #expect(whole.papers.starts(with: imported.papers), "cut at \(length)")
        }
    }

    @Test(arguments: Samples.all.indices) func `a read error is told, and the unfinished record left out`(index: Int) {
        let text = Array(Samples.all[index].text.utf8)
        let whole = Imported.of(text)
        let failure = SourceFailure(kind: .unreadable, what: "reading failed: input/output error")
        for length in 0..<text.count {
            let imported = Imported.of(text[..<length], failure: failure)
            #expect(imported.codes.last == "- unreadable fatal")
            #expect(whole.papers.starts(with: imported.papers), "cut at \(length)")
        }
    }

    @Test func `damaged gzip is told`() {
        var packed = Gzip.packed(Samples.all[0].text.utf8)
        packed[packed.count - 6] ^= 1
        let imported = Imported.of(packed)
        #expect(imported.codes.last == "- compression fatal")
        #expect(imported.problems.last?.what == "the gzip data is damaged: incorrect data check")
    }

    @Test func `what stands after gzip data is told`() {
        let imported = Imported.of(Gzip.packed(Samples.all[0].text.utf8) + Array("more".utf8))
        #expect(imported.codes.last == "- compression fatal")
        #expect(imported.papers.count == 2)
    }

    @Test(arguments: [21, 22, 23, 24] as [UInt64])
    func `random bytes never bring it down, and always end in something said`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for start in ["", "{\"", "[{", "{\n", "Daily Papers\n", "\u{1F}", "T\n\n"] {
            for _ in 0..<100 {
                let length = Int.random(in: 0...400, using: &random)
                let noise = (0..<length).map { _ in
                    Bool.random(using: &random)
                        ? UInt8.random(in: 0...255, using: &random)
                        : Array("{}[]\",:\\\n au.".utf8).randomElement(using: &random) ?? 0
                }
                let imported = Imported.of(Array(start.utf8) + noise) { Int.random(in: 1...99, using: &random) }
                #expect(!(imported.papers.isEmpty && imported.problems.isEmpty), "seed \(seed)")
            }
        }
    }
}
