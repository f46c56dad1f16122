/// What stands around a result and tells which benchmarks it is for: the same for all sets that are offered to it.
struct ResultSurroundings {
    /// What a number hangs on.
    enum Attachment: UInt8 {
        case none
        /// `45 % accuracy on X`.
        case preposition
        /// `X (45 %)`.
        case bracketBehindName
        /// `45 points in mathematics (X and Y)`.
        case nameInBracket
        /// `45 % on longer sequences`: data without a name.
        case unnamedData
        /// `45 % in practice`.
        case unnamed
    }

    /// How a number is joined to the result before it.
    enum Joint: UInt8 {
        case list, sentence, nextSentence, farther
        /// `from 40 % to 45 %`.
        case move
        /// `45 % (40 % for Y)`.
        case bracket
        /// `45 % against 40 % for Y`.
        case comparison
    }

    var attachment = Attachment.none
    /// The benchmark that the number hangs on, as an index of ``NamedThings/benchmarkPlaces``.
    var place: Int?
    /// The preposition that it hangs on.
    var preposition = FeatureValue.none
    /// Where the group of names behind the run of numbers is as long as the run: the name with the number's place.
    var placeBehind: Int?
    /// The same of the group of names before the run.
    var placeBefore: Int?
    /// Where as many results before are for benchmarks of their own as the number's list is long: those of the result
    /// with the number's place.
    var echo: UInt64?
    var joint = Joint.farther
    /// All that the results before it were found to be for.
    var earlier: UInt64 = 0
    /// Whether it measures what the result before does: 0 both nothing, 1 the same, 2 another, 3 only one of them.
    var sameMeasure = 0
    /// Whether the sentence speaks of `this benchmark` (1), and of `both datasets` (2).
    var anaphors = 0
    /// What the last result of the sentence that is for a benchmark was found to be for.
    var lastPlaces: Range<Int>?
    /// Whether these stand behind it (1) or before it (2).
    var lastDirection = 0
}
