/// One token of a normalised text: a value of fixed size, so that a document's tokens are one flat array.
struct Token {
    /// What kind of thing it is.
    enum Kind: UInt8 {
        /// Letters, perhaps with digits and inner marks: `accuracy`, `state-of-the-art`, `GPT-4o`, `F1`, `mAP@0.5`.
        case word
        /// Digits as one decimal number: `92`, `1,319`, `0.88`. What follows without a space is a token of its own.
        case number
        /// One mark: `%`, `(`, `,`, `-`, `<=`, `—` …
        case mark
        /// A web address.
        case url
    }

    /// How it is written.
    struct Shape: OptionSet {
        let rawValue: UInt16

        /// Starts with a capital.
        static let startsUpper = Shape(rawValue: 1 << 0)
        /// Has two letters or more, all capitals.
        static let allUpper = Shape(rawValue: 1 << 1)
        /// Has a capital behind the first character of itself or of a hyphenated part: `mAP`, `GPQA`, `ImageNet`.
        static let innerUpper = Shape(rawValue: 1 << 2)
        static let hasDigit = Shape(rawValue: 1 << 3)
        static let hasHyphen = Shape(rawValue: 1 << 4)
        /// Follows the token before it without a space.
        static let isGlued = Shape(rawValue: 1 << 5)
        /// First of its sentence.
        static let startsSentence = Shape(rawValue: 1 << 6)
        /// Has a byte outside ASCII.
        static let hasNonASCII = Shape(rawValue: 1 << 7)
        /// Has a lower-case letter.
        static let hasLower = Shape(rawValue: 1 << 8)
        /// The number has a decimal point.
        static let hasPoint = Shape(rawValue: 1 << 9)
    }

    /// Where it starts in the normalised text: UTF-8 bytes, inclusive.
    var start: Int32
    /// Where it ends in the normalised text: UTF-8 bytes, exclusive.
    var end: Int32
    var kind: Kind
    var shape: Shape
    /// For a mark, its first byte; `—` is 0xE2.
    ///
    /// Else 0.
    var mark: UInt8 = 0
    /// How many tokens the longest known phrase that starts here takes; 0 where none starts.
    var phraseLength: UInt8 = 0
    /// The word in the lexicon, in lower case; ``WordID/unknown`` where it is not listed.
    var word: WordID = .unknown
    /// What the lexicon says of the word.
    var classes: WordClasses = []
    /// What the lexicon says of the longest phrase that starts here (`up to`, `state of the art`).
    var phraseClasses: WordClasses = []

    /// The token's place in the normalised text: UTF-8 bytes, half-open.
    @inline(__always) var range: Range<Int> { Range(uncheckedBounds: (Int(start), Int(end))) }

    /// Whether it is a given mark.
    @inline(__always) func isMark(_ character: Unicode.Scalar) -> Bool {
        kind == .mark && mark == UInt8(truncatingIfNeeded: character.value) && character.isASCII
    }

    /// Whether the word, or a phrase that starts here, is of a class.
    @inline(__always) func has(_ wordClass: WordClass) -> Bool {
        classes.union(phraseClasses).contains(wordClass)
    }
}

/// The number of a word in the lexicon.
struct WordID: Hashable {
    let rawValue: Int32

    /// No word of the lexicon.
    static let unknown = WordID(rawValue: -1)
}

/// A set of ``WordClass``.
struct WordClasses: OptionSet {
    let rawValue: UInt128

    /// The set of one class.
    @inline(__always) static func of(_ wordClass: WordClass) -> WordClasses {
        WordClasses(rawValue: 1 &<< UInt128(wordClass.rawValue))
    }

    /// Whether the class is in the set.
    @inline(__always) func contains(_ wordClass: WordClass) -> Bool {
        UInt8(truncatingIfNeeded: rawValue &>> UInt128(wordClass.rawValue)) & 1 != 0
    }
}
