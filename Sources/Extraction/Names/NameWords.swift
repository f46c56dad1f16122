/// What the words of a text are to the features of names near them, reckoned once for each token.
struct NameWords {
    /// The hash of each token's word, mark or kind.
    private(set) var words: [UInt64] = []
    /// The same by classes: small words and marks as they are, others by what they speak of.
    private(set) var frames: [UInt64] = []

    /// Reads a text, reusing the memory of the last one.
    ///
    /// - Complexity: linear in the text.
    mutating func read(_ document: Document) {
        words.removeAll(keepingCapacity: true)
        frames.removeAll(keepingCapacity: true)
        for token in document.tokens {
            let word =
                Self.wordName(token).map { NameFeatureValue.hash($0) }
                ?? NameFeatureValue.hash(token.range, in: document.text.bytes)
            words.append(word)
            frames.append(Self.frameIndex(token).map { Self.frameHashes[$0] } ?? word)
        }
    }

    /// What stands for a token that is no plain word or mark.
    static func wordName(_ token: Token) -> StaticString? {
        switch token.kind {
        case .number: "0"
        case .url: "<url>"
        case .mark: nil
        case .word: token.shape.contains(.innerUpper) ? "<name>" : nil
        }
    }

    /// The name of a word's class; `nil` for small words, marks and all that is as in ``words``.
    static func frameName(_ token: Token) -> StaticString? { frameIndex(token).map { frameNames[$0] } }

    private static let frameNames: [StaticString] = [
        "<benchmark>", "<system>", "<introduce>", "<size>", "<evaluate>", "<train>", "<name>", "<word>", "<task>",
    ]
    private static let frameHashes = frameNames.map { NameFeatureValue.hash($0) }

    private static func frameIndex(_ token: Token) -> Int? {
        guard token.kind == .word else { return nil }
        let classes = token.classes
        if token.has(.benchmarkNoun) { return 0 }
        if token.has(.taskNoun) { return 8 }
        if classes.contains(.systemNoun) { return 1 }
        if classes.contains(.introduceCue) { return 2 }
        if classes.contains(.function) { return nil }
        if classes.contains(.sizeCue) { return 3 }
        if classes.contains(.evaluateCue) { return 4 }
        if classes.contains(.trainCue) { return 5 }
        return token.shape.isNameLike ? 6 : 7
    }
}
