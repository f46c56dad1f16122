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
}

/// A set of ``KindCue``.
struct KindCues: OptionSet {
    var rawValue: UInt64

    mutating func note(_ cue: KindCue) { rawValue |= 1 << UInt64(cue.rawValue) }

    func contains(_ cue: KindCue) -> Bool { rawValue & 1 << UInt64(cue.rawValue) != 0 }
}
