/// Makes odd texts from plain ones, the same from the same seed.
package struct TextMutator {
    private var random: SeededGenerator
    private var pool: [[UInt8]]

    /// Makes a mutator.
    ///
    /// - Parameters:
    ///   - seed: what the texts hang on.
    ///   - texts: what they are made of, besides the built-in ones.
    package init(seed: UInt64, texts: [[UInt8]] = []) {
        random = SeededGenerator(state: seed)
        pool = Self.sentences.map { Array($0.utf8) } + texts
    }

    /// The longest text that is made, in bytes.
    private static let longest = 600

    /// The next text.
    package mutating func next() -> [UInt8] {
        var text = pool[index(pool.count)]
        if isOne(in: 4) { text += [0x20] + pool[index(pool.count)] }
        for _ in 0...index(6) { mutate(&text) }
        if text.count > Self.longest { text.removeLast(text.count - Self.longest) }
        return text
    }

    private mutating func mutate(_ text: inout [UInt8]) {
        let place = index(text.count + 1)
        switch index(8) {
        case 0, 1, 2: text.insert(contentsOf: piece(), at: place)
        case 3: text.removeSubrange(place..<min(text.count, place + 1 + index(12)))
        case 4: if place < text.count { text[place] = UInt8(truncatingIfNeeded: random.next()) }
        case 5: text.insert(contentsOf: text[place..<min(text.count, place + 1 + index(24))], at: index(text.count + 1))
        case 6:
            let other = pool[index(pool.count)]
            let start = index(other.count + 1)
            text.replaceSubrange(
                place..<min(text.count, place + index(20)),
                with: other[start..<min(other.count, start + index(40))]
            )
        default: text.replaceSubrange(place..<min(text.count, place + index(4)), with: piece())
        }
    }

    private mutating func piece() -> [UInt8] {
        isOne(in: 3)
            ? HostileTexts.all[index(HostileTexts.all.count)].piece : Array(Self.pieces[index(Self.pieces.count)].utf8)
    }

    private mutating func index(_ count: Int) -> Int { count < 2 ? 0 : Int(random.next() % UInt64(count)) }

    private mutating func isOne(in count: Int) -> Bool { index(count) == 0 }

    private static let pieces = [
        "%", "\\%", "$", "\\$", " ", "\n", "-", "\u{2013}", "\u{2014}", ".", ",", ";", ":", "(", ")", "[", "]", "{",
        "}", "~", "\\",
        "\\times", "$\\times$", "^", "_", "/", "&amp;", "&#37;", "0", "1", "12", "99.9", "1,000", "10{,}000", "1.2.3",
        "x", "k", "M",
        "B", "T", "7B", "8x7B", "30B-A3B", "0.5", "00012k", "-3.2", "+1.5", "\u{b1}", "\u{d7}", "\u{b5}s", "\u{b2}",
        "\u{2076}", "e",
        "\u{e9}", "e\u{301}", "\u{4e2d}", "\u{1d7d3}", "\u{1f600}", "\u{fb01}", "\u{ad}", "\u{200b}", "\u{a0}",
        "\u{feff}", "\u{0}",
        " and ", " or ", " of ", " to ", " from ", " by ", " on ", " at ", " than ", " over ", " up to ", " less than ",
        " points",
        " percent", " times", " fold", " orders of magnitude", " million", " billion", " parameters", " model", " ms",
        " GB", " accuracy",
        " F1", " BLEU", " FID", " mAP@0.5", " respectively", " state of the art", " SOTA", " outperforms ", " we ",
        " our ", " improves ",
        " reduces ", " achieves ", " ImageNet", " COCO", " GSM8K", " MMLU", " CIFAR-10/100", " WMT'14 En-De",
        " VOC 2007", " SQuAD v1.1",
        " GPT-4", " Llama 3.1 8B", " Qwen2.5-32B", " https://github.com/a/b", " github. com/ a/b.git", " www.a.org",
        "\\url{", " pip install ",
        "(", "FBB)", " Foo Bar Baz (FBB)", " benchmark", " dataset", " called ", "We introduce ", "'s", "``", "''",
        "\"",
    ]

    private static let sentences = [
        "We reach 91.2% accuracy on CIFAR-10 and 74.5% on CIFAR-100, respectively.",
        "Our model, TinyFox-7B, cuts the error rate by 12.5\\% relative to the best baseline on LibriSpeech test-clean.",
        "It runs 3.2$\\times$ faster than BERT and uses 40% less memory (1.5 GB against 2.5 GB) at 25 ms a frame.",
        "TinyFox sets a new state of the art on WMT'14 En-De with a BLEU score of 29.8, up from 28.4.",
        "We introduce Long Grid Questions (LGQ), a benchmark of 1,240 questions in 12 languages.",
        "Code and data: \\url{https://github.com/tinyfox/lgq} and https://tinyfox.example.org/demo.",
        "Scores rise from 37.7 to 72.2 points, between 3 and 5 points above GPT-4 (86.4) on MMLU, GSM8K, and HumanEval+.",
        "Models of 0.6M, 1.3B, 7B and 70 billion parameters need \\$0.88 and two orders of magnitude fewer tokens.",
        "On average over SQuAD v1.1, HotpotQA and DROP, FooNet is comparable to the state-of-the-art methods.",
        "Install it with pip install tinyfox_tools; a ten-fold speedup needs $10^{-3}$ GPU-days.",
    ]
}

/// SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
