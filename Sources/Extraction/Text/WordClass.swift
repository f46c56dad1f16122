/// What a word or phrase is to the rules.
///
/// Each class's words are in the lexicon's data files under the case's name.
enum WordClass: UInt8, CaseIterable {
    /// The smallest words: articles, prepositions, conjunctions.
    case function
    /// Abbreviations whose full stop ends no sentence.
    case abbreviation
    case month

    // Names (names.tsv).

    /// What benchmarks are called, and little else: `benchmark`, `dataset`, `suite`.
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
    /// Words before what a thing is said to be: `a`, `the`, `our`.
    case articleWord
    /// Who presents things: `we`, `this paper`.
    case authorWord
    /// Words behind which a new name stands: `called`, `dubbed`.
    case namingCue
    /// Words between a benchmark and its size: `of`, `comprising`.
    case sizeCue
    /// Nouns that numbers near a benchmark count, but that it does not consist of: `models`, `epochs`.
    case unsizedNoun
    /// Words between a noun and the names that it heads: `such`, `including`, `namely`.
    case listingWord
    /// What benchmarks are called among other things: `task`, `challenge`, `game`.
    case taskNoun
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

    // Statements about the state of the art.
    /// The state of the art itself, in all its spellings.
    case stateOfTheArt
    /// Says that a level is reached: `achieves`, `sets`, `a new`.
    case sotaReachVerb
    /// Says that something is beaten: `outperforms`, `surpassing`, `better than`.
    case sotaBeatVerb
    /// Says that a difference follows: `improvement`, `reduces`; with ``compareWord`` it beats.
    case gainWord
    /// `over`, `than`, `compared to`: what stands behind is what is beaten.
    case compareWord
    /// Says that something is as good: `comparable`, `on par with`, `rivals`.
    case parWord
    /// `existing`, `previous`, `prior`: what has been there before.
    case sotaPriorWord
    /// What a paper compares with: `methods`, `approaches`, `models`.
    case methodNoun
    /// `best results`, `top performance`: what is the best when it is reached.
    case bestPhrase
    /// Says by itself that a system is the best: `first place`, `new record`.
    case rankPhrase
    /// `best`, `highest`, `lowest`.
    case superlative
    /// Beats where the state of the art stands next to it: `improves the state of the art`.
    case improveVerb
    /// Makes a superlative one of all that was published: `best to date`, `lowest reported`.
    case recordWord
    /// Takes something off: `nearly state-of-the-art`.
    case nearWord
    /// Says that the paper speaks of its own work: `we`, `our`, `proposed`.
    case sotaOwnWord
    /// `have`, `has`, `had`: with a reach verb and no word of one's own it tells of others.
    case perfectAuxiliary
    /// Behind a comma it leaves what a statement is about: `while`, `along`.
    case leavingWord
    /// Turns what follows into an aim or a supposition: `to`, `aims`, `could`.
    case aimWord

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
    case levelVerb
    /// `shows`.
    case showVerb
    /// `requires`.
    case needVerb
    /// `improves`.
    case raiseVerb
    /// `reduces`.
    case cutVerb
    /// `outperforms`.
    case winVerb
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
    case selfWord
    /// `method`, `model`, `baseline`.
    case systemWord
    case humanWord
    /// `previous`, `existing`.
    case earlierWord
    /// A metric that needs no other word: `accuracy`, `BLEU`.
    case metric
    /// A metric only where it is written in capitals: `AP`, `IS`, `PER`.
    case capitalMetric
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
    /// What thresholds are set on: `IoU`, `overlap`.
    case overlapWord
    /// Says that examples follow: `including`, `e.g.`.
    case exampleWord
    /// Comparatives of size: `larger`.
    case sizeAdjective
    /// What costs something: `memory`, `latency`, `parameters`.
    case costWord
    /// What shares of data are taken of.
    case shareWord
    /// `parameters`.
    case parameterNoun
    /// What shares of a baseline's level are taken of: `performance`, `cost`.
    case performanceWord
    /// `proposed`.
    case proposedWord
    /// What stands between subject and verb: `significantly`, `also`.
    case adverb
    case auxiliary
    /// Verbs that are nouns as often: `set`, `score`.
    case verbOrNoun
    /// Subjects that are no systems: `experiments`, `results`.
    case reportWord
    /// What data consists of: `images`, `questions`.
    case countNoun
    /// What a rate is counted over: `time`, `cases`.
    case occasionWord
    /// Nouns for a part of many things: `majority`, `half`.
    case quantifier
    /// Words of settings: `batch`, `epochs`.
    case hyperWord
    /// Other words that the trained choices look at.
    case context

    /// The class of a name in a data file.
    static func named(_ name: some StringProtocol) -> WordClass? { byName[String(name)] }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { (String(describing: $0), $0) })
}
