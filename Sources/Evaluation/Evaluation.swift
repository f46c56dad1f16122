/// Compares extracted records with hand-made ones.
///
/// The figures are those of the corpus's own scorer: precision, recall and F1 for each kind of thing, micro-averaged over
/// the papers, and shares of agreement for the fields of what was matched.
package struct Evaluation: Sendable {
    /// What is counted.
    package enum Kind: String, Sendable, CaseIterable {
        /// Value, range, unit and kind of each reported number.
        case numbers
        /// The same, and the set of benchmark names.
        case claims
        case benchmarks
        /// Parameters, and the upper end of a range.
        case sizes
        /// The URL.
        case links
        /// Strength and the set of benchmark names.
        case sota
    }

    /// A field of what was matched.
    package enum Field: String, Sendable, CaseIterable {
        case metric, bound, relative, aggregate, subject, baseline, role, counts, model
        case linkKind = "link kind"
    }

    /// What differs in one paper.
    package struct Difference: Sendable {
        package var id: String
        /// Each a kind, whether it is missing or extra, and the thing as text.
        package var items: [(kind: Kind, isMissing: Bool, text: String)] = []
    }

    package private(set) var tallies: [Kind: Tally] = [:]
    package private(set) var shares: [Field: Share] = [:]
    package private(set) var calibrations: [Kind: Calibration] = [:]
    /// How often each kind of error occurs.
    package private(set) var errors: [ErrorKind: Int] = [:]
    /// The papers in which something differs, those with most differences first.
    package private(set) var differences: [Difference] = []
    /// How many papers were compared.
    package private(set) var recordCount = 0
    /// How many of them have no difference in what is counted.
    package var exactCount: Int { recordCount - differences.count }

    /// Compares.
    ///
    /// - Parameters:
    ///   - gold: the hand-made records; of two with one id the last counts.
    ///   - predicted: the extracted ones; a paper without any counts as one with no records.
    package init(gold: [AnnotatedRecord], predicted: [AnnotatedRecord]) {
        let found = Dictionary(predicted.map { ($0.id, $0) }) { $1 }
        var isSeen: Set<String> = []
        for wanted in gold.reversed() where isSeen.insert(wanted.id).inserted {
            recordCount += 1
            compare(PaperComparison(wanted: wanted, found: found[wanted.id] ?? AnnotatedRecord(id: wanted.id)))
        }
        differences.sort { ($1.items.count, $0.id) < ($0.items.count, $1.id) }
    }

    private mutating func compare(_ paper: PaperComparison) {
        var difference = Difference(id: paper.wanted.id)
        func note<Key>(_ kind: Kind, _ sides: (missing: [Key], extra: [Key])) {
            difference.items += sides.missing.map { (kind, true, "\($0)") } + sides.extra.map { (kind, false, "\($0)") }
        }
        note(
            .numbers,
            tally(.numbers, paper.wantedNumbers.map(\.number), paper.foundNumbers.map { ($0.number, $0.confidence) })
        )
        note(.claims, tally(.claims, paper.wantedNumbers, paper.foundNumbers.map { ($0, $0.confidence) }))
        note(.benchmarks, tally(.benchmarks, paper.wantedNames, paper.foundNames))
        note(.sizes, tally(.sizes, paper.wantedSizes, paper.foundSizes))
        note(.links, tally(.links, paper.wantedLinks, paper.foundLinks))
        if paper.wanted.sota != nil {
            note(.sota, tally(.sota, paper.wantedStatements, paper.foundStatements))
        }
        for (field, isRight) in paper.fieldAgreements { shares[field, default: Share()].add(isRight) }
        for kind in paper.errorKinds { errors[kind, default: 0] += 1 }
        if !difference.items.isEmpty { differences.append(difference) }
    }

    private mutating func tally<Key: Hashable>(
        _ kind: Kind,
        _ wanted: [Key],
        _ found: [(key: Key, confidence: Double?)]
    ) -> (missing: [Key], extra: [Key]) {
        calibrations[kind, default: Calibration()].add(found: found, wanted: wanted)
        return tallies[kind, default: Tally()].add(wanted: wanted, found: found.map(\.key))
    }
}
