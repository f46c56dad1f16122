/// A construction that says what a number in it is.
///
/// Each is one rule; the trained choice weighs them against each other.
///
/// A case's name stands in `weights.tsv` and in the rules of records.
enum KindCue: UInt8, CaseIterable {
    // MARK: Changes

    /// `+3.5`.
    case plusSign
    /// `a reduction (in latency) of 12 %`.
    case changeNounOf
    /// `a 12 % (latency) reduction`.
    case changeNounBehind
    /// `12 % higher`.
    case comparativeBehind
    /// `improves (accuracy) by 12 %`.
    case raisedBy
    /// `reduces (latency) by 12 %`.
    case cutBy
    /// `outperforms (it) by 12 %`.
    case beatenBy
    /// `by 12 %` behind any other word.
    case byAlone
    /// `drops 12 %`.
    case changeVerbDirect
    /// `(a negligible drop of quality) (0.3 BLEU)`: a noun of change before the bracket.
    case changeNounBracket
    /// `raises the F1 score (up to) 3 %`: no preposition stands between the verb's object and the number.
    case changeVerbObject
    /// `gains ranging from 3 % to 5 %`.
    case changeNounRange
    /// `(better accuracy) (3 %)`: a metric that is compared, before the bracket.
    case comparedBracket
    /// `12 % of the baseline's accuracy`.
    case ofPerformance
    /// `improves the error, including 3 % on X`: examples of what a verb or noun of change has said.
    case exampleOfChange
    /// `a loss (gap, overhead) … within 2 %`.
    case withinOf

    // MARK: Scores

    /// `raises accuracy to 80 %`.
    case raisedTo
    /// `cuts errors to 3 %`.
    case cutTo
    /// `an accuracy of 80 %`.
    case metricOf
    /// `accuracy is 80 %`.
    case metricIs
    /// `accuracy = 80 %`.
    case metricEquals
    /// `PSNR 51`.
    case metricDirect
    /// `80 % accuracy`.
    case metricBehind
    /// `scores between 60 and 80`.
    case metricRange
    /// `80 % of the time`, `of all cases`.
    case ofOccasions
    /// `80 % of the baselines`.
    case ofSystem
    /// `achieves 80 %`.
    case reachDirect
    /// `(80 % …)` behind a metric, a benchmark or a system.
    case metricBracket
    case benchmarkBracket
    case systemBracket

    // MARK: No results

    /// `p < 0.05`.
    case probability
    /// `n = 30`.
    case sampleSize
    /// `95 % CI`, and the bounds in it.
    case confidenceInterval
    /// `10 % of the training data`.
    case ofData
    /// `10 % of the organs`: of whatever else.
    case ofThings
    /// `…, 72 % of the answers are`: a share that a clause starts with.
    case shareSubject
    /// `a majority of developers (89 %)`.
    case quantifierBracket
    /// `500 images`.
    case countBehind
    /// `in 2019`.
    case year
    /// `7B parameters`.
    case modelSize
    /// `batch size of 32`.
    case setting
    /// `at 0.5 IoU`, `@0.5`.
    case threshold
    /// `3x larger than`: how systems' sizes compare.
    case sizeBehind
    /// `Sonnet 4.5`: the version in a name.
    case version
    /// `4M` without a unit: a count.
    case bigCount
    /// `[23]`.
    case citation
    /// `[2.4, 2.7]`.
    case interval
    /// `a 5-second clip`.
    case unitModifier
}

/// A set of ``KindCue``.
struct KindCues: OptionSet {
    var rawValue: UInt64

    mutating func note(_ cue: KindCue) { rawValue |= 1 << UInt64(cue.rawValue) }

    func contains(_ cue: KindCue) -> Bool { rawValue & 1 << UInt64(cue.rawValue) != 0 }

    /// Those that stand behind a number and so say nothing of the verb that governs it.
    static let behind = [KindCue]([
        .changeNounBehind, .comparativeBehind, .metricBehind, .countBehind, .sizeBehind, .modelSize, .ofPerformance,
        .ofData, .ofThings, .ofSystem, .ofOccasions, .unitModifier,
    ]).reduce(into: KindCues(rawValue: 0)) { $0.note($1) }
}
