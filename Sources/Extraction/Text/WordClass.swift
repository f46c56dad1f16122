/// What a word or phrase is to the rules. Each class's words are in the lexicon's data files under the case's name.
enum WordClass: UInt8, CaseIterable {
    /// The smallest words: articles, prepositions, conjunctions.
    case function
    /// Abbreviations whose full stop ends no sentence.
    case abbreviation
    case month

    // Names (names.tsv).

    /// What benchmarks are called: `dataset`, `suite`, `challenge`.
    case benchmarkNoun
    /// What systems are called: `model`, `framework`, `loss`.
    case systemNoun
    /// Words that speak of measuring: `evaluate`, `outperforms`, `accuracy`.
    case evaluateCue
    /// Words that speak of presenting something new: `introduce`, `called`.
    case introduceCue
    /// Words that speak of training on data, or of taking it: `pretrained`, `derived`.
    case trainCue
    /// Systems by name, and the leading letters of their versions: `bert`, `gpt`.
    case modelName
    /// Metrics by name.
    case metricName
    /// Tasks, devices and other general terms that are written like names: `nlp`, `llms`.
    case generalTerm
    /// Companies, universities, websites, conferences, hardware.
    case organisation
    /// Languages, human and programming.
    case languageName
    /// Words behind a benchmark's name that make it the name of a version: `verified`, `lite`.
    case variantWord
    /// Words that are written with a capital where a sentence or title starts, and name nothing.
    case plainWord

    /// The class of a name in a data file.
    static func named(_ name: some StringProtocol) -> WordClass? { byName[String(name)] }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { (String(describing: $0), $0) })
}
