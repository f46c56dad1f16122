/// What the trained choices look at.
///
/// A case's name is its name in `weights.tsv`.
enum Feature: UInt8, CaseIterable {
    // MARK: Whether a number is a score, a change or no result

    case kindBias = 1
    case unit, unitAndForm, form, magnitude, sign, bound, move, exponent
    case left1, left2, left3, right1, right2, right3
    case lefts, rights, around
    case unitAndLeft, unitAndRight
    case nearLeft, nearRight
    case classLeft, classRight
    case verbAndLeft, verbAndUnit, verb
    case bracketBefore, bracketAfter
    case sentencePlace, sentenceStart, sentenceHas, sentenceNames
    case lastKind, lastKindInList
    case cue, cueAndLast, noCue, abstractHas, abstractAndSentence
    case runCue
    case wordForm, cueLeft, cueRight, cues, cueAndUnit, nextForm, clauseStart

    // MARK: Which benchmarks a number is for

    case optionBias
    case optionKind, optionKindAndResult
    case distance, distanceBack, direction
    case before, beforeAndDirection, after, beforeOption
    case resultsBetween, namesBetween, breaksBetween, wordBetween
    case alignment, alignmentAndRespectively
    case sentencesBack, sentencesBackAndUnit, isNearest, namesInSentence, groupSize, isCarriedBy
    case ownGroup, orientation
    case measure, measureKind, unnamedNear, thingMentions, thingCue, thingOrder
    case leftOfNumber, rightOfNumber, unitAndKind, aggregate, isIntroduced, mentionCount

    // MARK: How sure a record is

    case confidence

    // MARK: Which metric

    case metricKind, metricPlace, metricDistance, metricWord, metricUnit, metricBetween, metricOrder, metricAgain
    case metricOf, metricKnown, metricCut, metricInner, metricBreaks, metricResultsBetween, afterMetric
    case metricLeft, metricRight, metricAlignment

    /// The feature of a name in the file.
    static func named(_ name: some StringProtocol) -> Feature? { byName[String(name)] }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { (String(describing: $0), $0) })
}
