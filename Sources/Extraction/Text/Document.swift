/// One text ready for the rules: normalised, split into tokens and sentences, with phrases marked.
struct Document {
    private(set) var text = NormalisedText()
    private(set) var tokens: [Token] = []
    /// The sentences as ranges of token indices, in order, without gaps.
    private(set) var sentences: [Range<Int>] = []

    /// Reads a source, reusing the memory of the last one.
    ///
    /// - Complexity: linear in the source.
    mutating func read(_ source: UnsafeBufferPointer<UInt8>, lexicon: Lexicon) {
        text.read(source)
        tokens.removeAll(keepingCapacity: true)
        Tokenizer.appendTokens(of: text.bytes, lexicon: lexicon, to: &tokens)
        lexicon.markPhrases(in: &tokens)
        SentenceSplitter.split(&tokens, of: text.bytes, into: &sentences)
    }

    /// The printed form of some tokens (indices, not empty) in the normalised text.
    func string(_ range: Range<Int>) -> String {
        let bytes = Int(tokens[range.lowerBound].start)..<Int(tokens[range.upperBound - 1].end)
        return String(decoding: text.bytes[bytes], as: UTF8.self)
    }

    /// The printed form of one token.
    func string(_ index: Int) -> String { string(index..<(index + 1)) }

    /// Where some tokens (indices, not empty) stand in the source: UTF-8 bytes, half-open, on character boundaries.
    func sourceRange(_ range: Range<Int>) -> Range<Int> {
        text.sourceRange(of: Int(tokens[range.lowerBound].start)..<Int(tokens[range.upperBound - 1].end))
    }

    /// The index of the sentence that a token is in.
    ///
    /// - Complexity: O(log n) in the sentences.
    func sentence(of token: Int) -> Int {
        max(0, sentences.partitioningIndex { $0.lowerBound > token } - 1)
    }

    /// Whether a token's bytes in lower case are the given ones.
    func isWord(_ index: Int, _ lowered: StaticString) -> Bool {
        let range = tokens[index].range
        guard range.count == lowered.utf8CodeUnitCount else { return false }
        return lowered.withUTF8Buffer { expected in
            expected.indices.allSatisfy { ByteClass.lowered(text.bytes[range.lowerBound + $0]) == expected[$0] }
        }
    }
}
