/// The kinds of features of names.
///
/// A new one is a case here and a line in ``NameFeatures``.
enum NameFeatureTemplate: UInt8, CaseIterable {
    /// There always.
    case bias

    // The name itself.
    /// What the span looks like (``NameKind``).
    case kind
    /// Capitals, letters and digits in order: `A-9`, `AaA9`.
    case shape
    case tokenCount
    /// The last letters of the last word.
    case ending
    /// What the lexicon knows the first or last word as.
    case known
    /// What the lexicon knows the letters before the first digit or hyphen as: `gpt` of `GPT-4o`.
    case family
    /// The part behind the last hyphen: `based`, `bench`.
    case hyphenTail

    // The words around the name and the list that it is in.
    case before
    case after
    case ownBefore
    case ownAfter
    /// The same by classes of words.
    case frameBeforeTwo
    case frameNext
    case framePrevious
    /// The noun for benchmarks or systems near the list.
    case nounBefore
    case nounAfter
    case kindNounBefore
    case kindNounAfter
    /// What the name is said to be: "X, a benchmark of", "X is a method".
    case apposition
    case kindApposition
    /// The noun that heads its list: "benchmarks such as X".
    case heading
    /// The noun that the sentence behind one that presents the name goes on with.
    case continuation
    /// The nearest word that speaks of measuring, presenting or training.
    case cueBefore
    case cueAfter
    case kindCueBefore
    case cueNounBefore
    case cueNounAfter
    /// A number near it: "92.1% on X", "X (92.1)", "500 X questions", "X comprises 500".
    case number
    case bracket
    /// The word before, with whether a number or a word of measuring stands before it.
    case measured

    // The list that it is in.
    case listSize
    case listKnown
    case kindListKnown
    /// How many members are known as something else, and how many as benchmarks.
    case listSystems

    // The long form.
    case fullNameHead
    case fullNameNoun

    // The text.
    case title
    case titleNoun
    /// The word behind the colon.
    case titleWord
    case sentence
    case places
    case introduced
    /// What the places say outright (``NameVerdict``).
    case verdict
    case verdictSubject
    /// What at least one place says for sure.
    case certain
    /// By which means they say it.
    case says

    /// What the names of the template's features start with.
    var start: String { String(describing: self) + "=" }

    /// The hash that the template's features start from.
    @inline(__always) var hash: UInt64 { Self.hashes[Int(rawValue)] }

    private static let hashes = allCases.map {
        $0.start.utf8.reduce(Lexicon.hashStart) { Lexicon.hash($0, adding: $1) }
    }
}
