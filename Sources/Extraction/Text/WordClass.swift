/// What a word or phrase is to the rules.
///
/// Each class's words are in the lexicon's data files under the case's name.
enum WordClass: UInt8, CaseIterable {
    /// The smallest words: articles, prepositions, conjunctions.
    case function
    /// Abbreviations whose full stop ends no sentence.
    case abbreviation
    case month

    /// The class of a name in a data file.
    static func named(_ name: some StringProtocol) -> WordClass? { byName[String(name)] }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { (String(describing: $0), $0) })
}
