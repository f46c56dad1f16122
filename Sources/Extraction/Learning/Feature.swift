/// What the trained choices look at.
///
/// A case's name is its name in `weights.tsv`.
enum Feature: UInt8, CaseIterable {
    // MARK: Whether a number is a score, a change or no result

    case kindBias = 1
    case unit, unitAndForm, form, sign, bound, move, exponent
    case left1, left2, left3, right1, right2, right3
    case lefts, rights, around
    case unitAndLeft, unitAndRight
    case nearLeft
    case classLeft, classRight
    case verbAndLeft, verbAndUnit, verb
    case bracketBefore
    case sentencePlace, sentenceStart, sentenceHas
    case lastKind, lastKindInList
    case cue, cueAndLast, noCue
    case runCue
    case wordForm, cueRight, cues, cueAndUnit, nextForm, clauseStart

    // MARK: Which benchmarks a number is for

    case optionKind, optionKindAndResult
    case distance, distanceBack, direction
    case before, after, beforeOption
    case resultsBetween, namesBetween, breaksBetween, wordBetween
    case alignment
    case sentencesBackAndUnit, isNearest, isCarriedBy
    case ownGroup, orientation
    case measure, measureKind, unnamedNear, thingMentions, thingCue, thingOrder
    case aggregate
    case attached, attachedBy, runAlignment, echo, orderAfterLast, measureAgain, paperNames, anaphor, thingCueAnywhere,
        usedBefore

    // MARK: Where an example comes from

    /// That a paper was written for training: such papers are fuller of numbers that are no results. No feature of
    /// papers that are read.
    case written

    // MARK: How sure a record is

    case confidence

    // MARK: Which metric

    case metricKind, metricPlace, metricDistance, metricWord, metricUnit, metricBetween, metricOrder, metricAgain
    case metricKnown, metricInner, metricBreaks, metricResultsBetween, afterMetric
    case metricLeft, metricRight, metricAlignment
    case metricTie, metricRival, metricShared, metricCut

    /// The feature of a name in the file.
    static func named(_ name: some StringProtocol) -> Feature? { byName[String(name)] }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { (String(describing: $0), $0) })

    /// How far training trusts a feature before it has seen anything: constructions far, single words little, since a
    /// few hundred papers teach what a construction means and hardly what a word does.
    ///
    /// Chosen by cross-validation on the training papers, one feature after the other, by halving and doubling.
    var strength: Double {
        switch self {
        case .written: 5
        case .cue, .lastKindInList: 4
        case .unit, .move, .wordForm, .isCarriedBy, .resultsBetween, .metricInner: 3
        case .unitAndForm, .form, .sign, .exponent, .lastKind, .sentencePlace: 2
        case .ownGroup, .thingMentions, .thingCue, .alignment, .orientation, .breaksBetween, .distanceBack: 2
        case .metricTie, .metricRival: 4
        case .metricShared: 2
        case .metricAgain, .metricKnown, .metricBreaks, .metricRight, .metricAlignment, .metricBetween: 2
        case .classLeft, .sentenceHas, .cues, .distance, .aggregate, .afterMetric: 0.5
        default: 1
        }
    }
}
