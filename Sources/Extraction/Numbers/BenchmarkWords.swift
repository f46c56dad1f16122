/// The words that tell which benchmarks a number is for and that no other stage looks for one by one.
struct BenchmarkWords: Sendable {
    let this: WordID
    let these: WordID
    let both: WordID
    let all: WordID
    let each: WordID

    /// The words of the built-in lexicon.
    static let builtIn = BenchmarkWords(lexicon: .builtIn)

    private init(lexicon: Lexicon) {
        this = lexicon.word("this")
        these = lexicon.word("these")
        both = lexicon.word("both")
        all = lexicon.word("all")
        each = lexicon.word("each")
    }
}
