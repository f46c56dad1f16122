import Extraction
import Foundation

/// Weights for features, as training moves them.
struct LearnedWeights {
    var rows: [FeatureKey: SIMD2<Double>] = [:]

    /// The weights as `weights.tsv` has them, in the order of their text; what rounds to nothing is left out.
    var text: String {
        var lines: [String] = []
        for (key, weight) in rows {
            let (first, second) = (Self.rounded(weight.x), Self.rounded(weight.y))
            guard first != "0" || second != "0" else { continue }
            lines.append(second == "0" ? "\(key.text)\t\(first)" : "\(key.text)\t\(first)\t\(second)")
        }
        return "# feature\tvalue\tsecond value\tweight\tsecond weight; written by train-extraction\n"
            + lines.sorted().map { $0 + "\n" }.joined()
    }

    private static func rounded(_ weight: Double) -> String {
        let hundredths = (weight * 100).rounded() / 100
        return hundredths == 0 ? "0" : String(format: "%g", hundredths)
    }
}

/// Logistic regression with a pull towards zero (the square of the weights).
enum Training {
    /// How far the square of a weight may outweigh what the examples say: the larger, the weaker the pull.
    ///
    /// Chosen by cross-validation among those with which the seed page comes out right.
    static let kindFreedom = 0.1
    static let rankingFreedom = 0.3
    /// Features seen less often are left out.
    static let leastUses = 2

    /// Learns all choices, and how sure records are.
    ///
    /// `names`: the same papers as names are learned from them.
    static func trainAll(_ corpus: AnnotatedCorpus, names: [NameCorpus.Paper], parts: Int) -> LearnedWeights {
        var weights = train(corpus.examples)
        let places = ConfidenceTraining.learn(corpus, names: names, parts: parts, steps: FeatureKey.confidenceSteps)
        for (step, share) in places.enumerated() {
            weights.rows[FeatureKey(confidenceStep: step)] = SIMD2(share, 0)
        }
        return weights
    }

    /// Learns all choices.
    static func train(_ papers: [TrainingExamples]) -> LearnedWeights {
        var weights = LearnedWeights()
        trainKinds(papers, into: &weights)
        trainRankings(papers, \.metrics, &weights)
        trainBenchmarks(papers, into: &weights)
        weights.rows = weights.rows.filter { !$0.key.isForTrainingAlone }
        return weights
    }

    // MARK: Kinds

    /// How many parts of the papers are read in turn by what the others have taught, to see what would be chosen there.
    private static let crossFits = 4

    /// Learns kinds, each number behind what would be chosen for the number before: that is what it stands behind when
    /// papers are read, mistakes included.
    private static func trainKinds(_ papers: [TrainingExamples], into weights: inout LearnedWeights) {
        var lasts = papers.map { $0.kinds.map(\.last) }
        for part in 0..<crossFits {
            let kept = papers.indices.filter { $0 % crossFits != part }
            let learned = kindWeights(kept.map { papers[$0] }, behind: kept.map { lasts[$0] })
            for paper in papers.indices where paper % crossFits == part {
                lasts[paper] = chosenLasts(papers[paper].kinds, learned)
            }
        }
        weights.rows.merge(kindWeights(papers, behind: lasts)) { $1 }
    }

    /// What stands before each example when it is read.
    private static func chosenLasts(_ kinds: [TrainingExamples.Kind], _ weights: [FeatureKey: SIMD2<Double>]) -> [Int] {
        var chosen = 0
        return kinds.map { example in
            let last = example.followsExample ? chosen : example.last
            chosen = example.choice(behind: last, weights)
            return last
        }
    }

    private static func kindWeights(
        _ papers: [TrainingExamples],
        behind lasts: [[Int]]
    ) -> [FeatureKey: SIMD2<Double>] {
        let examples = papers.flatMap(\.kinds)
        let counts = papers.flatMap { Array(repeating: $0.weight, count: $0.kinds.count) }
        let features = zip(examples, lasts.joined()).map { $0.features + $0.behind[$1] }
        let table = FeatureTable(features, leastUses: leastUses)
        let rows = features.map { table.indices(of: $0) }
        // The weights for a score, then those for a change.
        let learned = LimitedMemoryBFGS.minimum(dimensions: 2 * table.count) { point, gradient in
            var loss = 0.0
            for index in point.indices {
                loss += point[index] * point[index] / (2 * kindFreedom)
                gradient[index] = point[index] / kindFreedom
            }
            for (index, example) in examples.enumerated() {
                var (score, change) = (0.0, 0.0)
                for feature in rows[index] {
                    score += table.strengths[feature] * point[feature]
                    change += table.strengths[feature] * point[table.count + feature]
                }
                let shares = Self.shares([0, score, change])
                loss -= counts[index] * log(max(shares[example.answer], .leastNormalMagnitude))
                let scoreSlope = counts[index] * (shares[1] - (example.answer == 1 ? 1 : 0))
                let changeSlope = counts[index] * (shares[2] - (example.answer == 2 ? 1 : 0))
                for feature in rows[index] {
                    gradient[feature] += table.strengths[feature] * scoreSlope
                    gradient[table.count + feature] += table.strengths[feature] * changeSlope
                }
            }
            return loss
        }
        return table.rows.mapValues { table.strengths[$0] * SIMD2(learned[$0], learned[table.count + $0]) }
    }

    /// What each sum is among all, as a share of one.
    private static func shares(_ sums: [Double]) -> [Double] {
        let top = sums.max() ?? 0
        let powers = sums.map { exp($0 - top) }
        let total = powers.reduce(0, +)
        return powers.map { $0 / total }
    }

    // MARK: Rankings

    /// Learns the choice of benchmarks, as that of kinds behind what would be chosen for the numbers before.
    private static func trainBenchmarks(_ papers: [TrainingExamples], into weights: inout LearnedWeights) {
        var papers = papers
        for part in 0..<crossFits {
            var learned = weights
            trainRankings(papers.indices.filter { $0 % crossFits != part }.map { papers[$0] }, \.benchmarks, &learned)
            let text = learned.text
            for paper in papers.indices where paper % crossFits == part { papers[paper].chooseBenchmarks(behind: text) }
        }
        trainRankings(papers, \.benchmarks, &weights)
    }

    private static func trainRankings(
        _ papers: [TrainingExamples],
        _ choices: KeyPath<TrainingExamples, [TrainingExamples.Ranking]>,
        _ weights: inout LearnedWeights
    ) {
        let examples = papers.flatMap { $0[keyPath: choices] }
        let counts = papers.flatMap { Array(repeating: $0.weight, count: $0[keyPath: choices].count) }
        let table = FeatureTable(examples.flatMap(\.options), leastUses: leastUses)
        let rows = examples.map { $0.options.map { table.indices(of: $0) } }
        let learned = LimitedMemoryBFGS.minimum(dimensions: table.count) { point, gradient in
            var loss = 0.0
            for index in point.indices {
                loss += point[index] * point[index] / (2 * rankingFreedom)
                gradient[index] = point[index] / rankingFreedom
            }
            for (index, example) in examples.enumerated() {
                let options = rows[index]
                let shares = Self.shares(
                    options.map { option in option.reduce(0) { $0 + table.strengths[$1] * point[$1] } }
                )
                loss -= counts[index] * log(max(shares[example.answer], .leastNormalMagnitude))
                for (option, features) in options.enumerated() {
                    let slope = counts[index] * (shares[option] - (option == example.answer ? 1 : 0))
                    for feature in features { gradient[feature] += table.strengths[feature] * slope }
                }
            }
            return loss
        }
        for (key, index) in table.rows { weights.rows[key] = SIMD2(table.strengths[index] * learned[index], 0) }
    }
}

extension TrainingExamples.Kind {
    /// What some weights choose, given the answer of the number before.
    func choice(behind last: Int, _ weights: [FeatureKey: SIMD2<Double>]) -> Int {
        let sums = (features + behind[last]).reduce(SIMD2<Double>.zero) { $0 + (weights[$1] ?? .zero) }
        if sums.x >= sums.y { return sums.x >= 0 ? 1 : 0 }
        return sums.y >= 0 ? 2 : 0
    }
}

/// The features that are frequent enough, numbered in the order of their text's first use.
struct FeatureTable {
    private(set) var rows: [FeatureKey: Int] = [:]
    /// For each feature how far it is trusted before anything is learned.
    private(set) var strengths: [Double] = []
    var count: Int { rows.count }

    init(_ examples: [[FeatureKey]], leastUses: Int) {
        var uses: [FeatureKey: Int] = [:]
        for features in examples { for feature in features { uses[feature, default: 0] += 1 } }
        for features in examples {
            for feature in features where rows[feature] == nil && uses[feature, default: 0] >= leastUses {
                rows[feature] = rows.count
                strengths.append(feature.strength)
            }
        }
    }

    func indices(of features: [FeatureKey]) -> [Int] { features.compactMap { rows[$0] } }
}

/// A small generator whose numbers depend on its seed alone (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
