import Testing

@testable import Extraction

/// A document and the source it was read from.
struct ReadDocument {
    var document = Document()
    let source: String

    init(_ source: String) {
        self.source = source
        var copy = source
        copy.withUTF8 { document.read($0, lexicon: .builtIn) }
    }

    var text: String { String(decoding: document.text.bytes, as: UTF8.self) }
    var tokens: [String] { document.tokens.indices.map { document.string($0) } }
    var sentences: [String] { document.sentences.map { document.string($0) } }
}

@Suite struct NormalisedTextTests {
    @Test(arguments: [
        (#"gains $92.3\%$ and 11.88\%"#, "gains 92.3% and 11.88%"),
        (#"costs \$0.50 or $0.88 each"#, "costs $0.50 or $0.88 each"),
        (#"$5 per run and $10 per day"#, "$5 per run and $10 per day"),
        (#"3.2$\times$ faster, 4× less"#, "3.2x faster, 4x less"),
        (#"error of $10^{-3}$, 10⁻³ or 10²"#, "error of 10^-3, 10^-3 or 10^2"),
        (#"Table~3 shows ~5\% and $\sim$40"#, "Table 3 shows ~5% and ~40"),
        (#"a \emph{new} model \textbf{X}"#, "a new model X"),
        (#"10{,}000 steps"#, "10,000 steps"),
        (#"see \cite{smith2020} for it"#, "see for it"),
        ("29.9%–47.1%, a–b – c", "29.9%-47.1%, a-b — c"),
        ("state-of-\nthe-art on\n\nall", "state-of-the-art on all"),
        ("94.3\u{202F}%, 1\u{2009}000, ７８．３％", "94.3 %, 1 000, 78.3%"),
        ("R&amp;D at 5&nbsp;ms, p &lt; 0.05", "R&D at 5 ms, p < 0.05"),
        ("5 µs ≈ 0, ≤ 3, “quoted” ‘x’", "5 us ~ 0, <= 3, \"quoted\" 'x'"),
        ("soft\u{AD}ware \u{200B}x", "software x"),
    ])
    func `takes away what means nothing`(source: String, expected: String) {
        #expect(ReadDocument(source).text == expected)
    }

    @Test(arguments: [#"gains $92.3\%$ on X"#, "７８．３％ – ok", "ﬁne 10⁻³ \\times"])
    func `every token leads back to its characters in the source`(source: String) {
        let read = ReadDocument(source)
        for index in read.document.tokens.indices {
            let range = read.document.sourceRange(index..<(index + 1))
            let bytes = Array(source.utf8)[range]
            #expect(String(validating: bytes, as: UTF8.self) != nil)
            #expect(!bytes.isEmpty)
        }
    }

    @Test func `invalid bytes read as replacement characters`() {
        var document = Document()
        let bytes: [UInt8] = [0x61, 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0x62]
        bytes.withUnsafeBufferPointer { document.read($0, lexicon: .builtIn) }
        #expect(String(validating: document.text.bytes, as: UTF8.self) != nil)
        #expect(document.text.sourceRange(of: 0..<document.text.bytes.count) == 0..<8)
    }
}

@Suite struct TokenizerTests {
    @Test(arguments: [
        ("reaches 92.3% on GPQA-Diamond.", ["reaches", "92.3", "%", "on", "GPQA-Diamond", "."]),
        ("a 1.7x speedup, 8B and 8x7B", ["a", "1.7", "x", "speedup", ",", "8", "B", "and", "8", "x7B"]),
        ("1,319 or 1,31 of 3.5.1", ["1,319", "or", "1", ",", "31", "of", "3.5.1"]),
        ("CIFAR-10/100 and HumanEval+", ["CIFAR-10", "/", "100", "and", "HumanEval+"]),
        ("29.9%-47.1%", ["29.9", "%", "-", "47.1", "%"]),
        ("GPT-5's mAP@0.5 on WMT'14", ["GPT-5", "'", "s", "mAP@0.5", "on", "WMT'14"]),
        ("Llama-3.1-8B, e.g. ours", ["Llama-3.1-8B", ",", "e.g", ".", "ours"]),
        ("at https://github.com/a/b_c.", ["at", "https://github.com/a/b_c", "."]),
        ("(F1=0.83)", ["(", "F1", "=", "0.83", ")"]),
        ("a 15-point gain", ["a", "15", "-", "point", "gain"]),
        ("x <= 3 -> y", ["x", "<=", "3", "->", "y"]),
    ])
    func `splits`(source: String, expected: [String]) {
        #expect(ReadDocument(source).tokens == expected)
    }
}

@Suite struct SentenceSplitterTests {
    @Test(arguments: [
        ("We propose X. It wins.", ["We propose X.", "It wins."]),
        ("Gains of 3.5 points, e.g. On X.", ["Gains of 3.5 points, e.g. On X."]),
        ("As in Smith et al. We differ.", ["As in Smith et al. We differ."]),
        ("(It wins.) Then what? Nothing!", ["(It wins.)", "Then what?", "Nothing!"]),
        ("This works.We show it.", ["This works.", "We show it."]),
        ("It ends in 2020. 5 models remain.", ["It ends in 2020.", "5 models remain."]),
        ("See v1.5 and i.e. that", ["See v1.5 and i.e. that"]),
    ])
    func `splits`(source: String, expected: [String]) {
        #expect(ReadDocument(source).sentences == expected)
    }
}
