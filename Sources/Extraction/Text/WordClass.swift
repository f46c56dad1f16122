/// What a word or phrase is to the rules.
///
/// Each class's words are in the lexicon's data files under the case's name.
enum WordClass: UInt8, CaseIterable {
    /// The smallest words: articles, prepositions, conjunctions.
    case function
    /// Abbreviations whose full stop ends no sentence.
    case abbreviation
    case month

    // Links: what the words before an address say of it.
    case codeWord
    case dataWord
    case modelWord
    case pageWord
    case listWord
    /// A phrase behind which the name of a package stands.
    case installCommand

    // Sizes.
    /// Says that the number before it counts parameters.
    case parameterWord
    /// Says that a bare size before it is a model's: `model`, `LLM`, `backbone`.
    case sizedThing
    /// Says that a list of bare sizes is one of models' sizes: `scales`, `sizes`.
    case scaleWord
    /// `billion`, `million`.
    case magnitude

    /// The class of a name in a data file.
    static func named(_ name: some StringProtocol) -> WordClass? { byName[String(name)] }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { (String(describing: $0), $0) })
}
