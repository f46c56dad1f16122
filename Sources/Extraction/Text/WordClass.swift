/// What a word or phrase is to the rules.
///
/// Each class's words are in the lexicon's data files under the case's name.
enum WordClass: UInt8, CaseIterable {
    /// The smallest words: articles, prepositions, conjunctions.
    case function
    /// Abbreviations whose full stop ends no sentence.
    case abbreviation
    case month

    // Numbers: how they are written, and what the words around them say.

    /// `three`; its value is in ``NumberWord``.
    case numberWord
    /// `tenfold`.
    case foldWord
    /// `million`.
    case multiplierWord
    /// `x`, `times`.
    case timesWord
    /// `orders of magnitude`.
    case magnitudeWord
    /// `percentage points`, `pp`.
    case pointsWord
    case percentWord
    /// `up to`, `at most`.
    case boundUp
    /// `more than`, `over`.
    case boundLeast
    /// `less than`, `under`.
    case boundBelow
    /// `about`, `nearly`.
    case boundAbout
    /// `ranging`: the numbers behind it are a range.
    case rangeWord
    /// `goes`: the numbers behind it are a move.
    case moveWord
    case averageWord
    case maximumWord
    case relativeWord
    case absoluteWord
    case respectivelyWord
    /// What stands before the thing that a change is compared with: `over`, `compared to`.
    case versusWord
    /// `state-of-the-art`, `baseline`.
    case sotaWord
    /// `achieves`: a level stands behind it.
    case reachVerb
    /// `shows`.
    case showVerb
    /// `requires`.
    case needVerb
    /// `improves`.
    case raiseVerb
    /// `reduces`.
    case cutVerb
    /// `outperforms`.
    case beatVerb
    /// `matches`.
    case matchVerb
    /// `improvement`, `reduction`.
    case changeNoun
    /// `speedup`: its metric is speed.
    case speedNoun
    /// `faster`: its metric is speed.
    case speedAdjective
    /// `accelerates`: what it changes is speed.
    case speedVerb
    /// `higher`, `fewer`.
    case comparative
    /// `we`, `our`, `proposed`.
    case ownWord
    /// `method`, `model`, `baseline`.
    case systemWord
    case humanWord
    /// `previous`, `existing`.
    case priorWord
    /// A metric that needs no other word: `accuracy`, `BLEU`.
    case metric
    /// A noun that makes a metric together with the words before it: `rate`, `cost`.
    case metricHead
    /// Words that belong to a metric though their class alone would not say so: `top-1`, `overall`.
    case metricQualifier
    /// What ends a metric: `score`, `rate`.
    case metricTail
    /// Adjectives of praise and comparison, which belong to no metric: `competitive`, `high`.
    case notModifier
    /// Words that no noun phrase has.
    case notNoun
    /// `was`, `were`.
    case beVerb
    /// `p-value`.
    case probabilityWord
    /// `CI`, `confidence`.
    case confidenceWord
    /// What shares of data are taken of.
    case dataWord
    /// `parameters`.
    case parameterWord
    /// What shares of a baseline's level are taken of: `performance`, `cost`.
    case performanceWord
    /// What data consists of: `images`, `questions`.
    case countNoun
    /// Words of settings: `batch`, `epochs`.
    case hyperWord
    /// Other words that the trained choices look at.
    case context

    /// The class of a name in a data file.
    static func named(_ name: some StringProtocol) -> WordClass? { byName[String(name)] }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { (String(describing: $0), $0) })
}
