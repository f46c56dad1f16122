/// What is glued to a name and is no part of it: the `-test` of `MiniF2F-test`, the `-based` of `ImageNet-based`.
enum NameTail {
    private static let words: [StaticString] = [
        "based", "style", "like", "derived", "pretrained", "trained", "test", "val", "validation", "dev", "train",
    ]

    /// The fewest bytes of a name before its tail: `t-test` is a word of its own.
    private static let shortestStem = 3

    /// Where the tail of a word starts, its hyphen included.
    ///
    /// With a capital it is part of a name that nobody has listed: `XGuard-Train`. Of a known one (`isKnown`) it is a split.
    ///
    /// - Returns: an offset in the document's text; `nil` where the word has no tail.
    /// - Complexity: bounded by the longest tail.
    static func start(of token: Token, isKnown: Bool = false, in bytes: [UInt8]) -> Int? {
        guard token.kind == .word, token.shape.contains(.hasHyphen) else { return nil }
        return words.lazy.compactMap { word -> Int? in
            let length = word.utf8CodeUnitCount
            let hyphen = token.range.upperBound - length - 1
            guard hyphen - token.range.lowerBound >= shortestStem, bytes[hyphen] == UInt8(ascii: "-") else {
                return nil
            }
            let isTail = word.withUTF8Buffer {
                bytes[(hyphen + 1)..<token.range.upperBound].elementsEqual($0) {
                    $0 == $1 || isKnown && ByteClass.lowered($0) == $1
                }
            }
            return isTail ? hyphen : nil
        }.first
    }
}
