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

/// Logistic regression by AdaGrad with a pull towards zero.
enum Training {
    static let passes = 30
    /// How far a weight moves at its first use, and how strongly it is pulled to zero at each (first power: few features
    /// are kept).
    ///
    /// Chosen, as the others here, by cross-validation among those with which the seed page comes out right.
    static let kinds = (rate: 0.05, pull: 0.01)
    static let rankings = (rate: 0.05, pull: 0.02)
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
        trainKinds(papers.flatMap(\.kinds), into: &weights)
        trainRankings(papers.flatMap(\.benchmarks), into: &weights)
        trainRankings(papers.flatMap(\.metrics), into: &weights)
        return weights
    }

    // MARK: Kinds

    private static func trainKinds(_ examples: [TrainingExamples.Kind], into weights: inout LearnedWeights) {
        let table = FeatureTable(examples.map(\.features), leastUses: leastUses)
        let rows = examples.map { table.indices(of: $0.features) }
        var learned = [SIMD2<Double>](repeating: .zero, count: table.count)
        var squares = [SIMD2<Double>](repeating: SIMD2(repeating: 1e-6), count: table.count)
        var random = SeededGenerator(seed: 7)
        var order = Array(examples.indices)
        for _ in 0..<passes {
            order.shuffle(using: &random)
            for index in order {
                let sums = rows[index].reduce(SIMD2<Double>.zero) { $0 + learned[$1] }
                let top = max(0, sums.x, sums.y)
                let (other, score, change) = (exp(-top), exp(sums.x - top), exp(sums.y - top))
                let total = other + score + change
                let answer = examples[index].answer
                let slope = SIMD2((answer == 1 ? 1 : 0) - score / total, (answer == 2 ? 1 : 0) - change / total)
                for feature in rows[index] {
                    squares[feature] += slope * slope
                    for lane in 0..<2 {
                        let step = kinds.rate / squares[feature][lane].squareRoot()
                        let moved = learned[feature][lane] + step * slope[lane]
                        let shrink = step * kinds.pull
                        learned[feature][lane] = moved > shrink ? moved - shrink : moved < -shrink ? moved + shrink : 0
                    }
                }
            }
        }
        for (key, index) in table.rows where learned[index] != .zero { weights.rows[key] = learned[index] }
    }

    // MARK: Rankings

    private static func trainRankings(_ examples: [TrainingExamples.Ranking], into weights: inout LearnedWeights) {
        let table = FeatureTable(examples.flatMap(\.options), leastUses: leastUses)
        let rows = examples.map { $0.options.map { table.indices(of: $0) } }
        var learned = [Double](repeating: 0, count: table.count)
        var squares = [Double](repeating: 1e-6, count: table.count)
        var random = SeededGenerator(seed: 11)
        var order = Array(examples.indices)
        for _ in 0..<passes {
            order.shuffle(using: &random)
            for index in order {
                let sums = rows[index].map { $0.reduce(0) { $0 + learned[$1] } }
                let top = sums.max() ?? 0
                let powers = sums.map { exp($0 - top) }
                let total = powers.reduce(0, +)
                var slopes: [Int: Double] = [:]
                for option in rows[index].indices {
                    let slope = (option == examples[index].answer ? 1 : 0) - powers[option] / total
                    for feature in rows[index][option] { slopes[feature, default: 0] += slope }
                }
                for (feature, slope) in slopes.sorted(by: { $0.key < $1.key }) {
                    squares[feature] += slope * slope
                    let step = rankings.rate / squares[feature].squareRoot()
                    let moved = learned[feature] + step * slope
                    let shrink = step * rankings.pull
                    learned[feature] = moved > shrink ? moved - shrink : moved < -shrink ? moved + shrink : 0
                }
            }
        }
        for (key, index) in table.rows where learned[index] != 0 { weights.rows[key] = SIMD2(learned[index], 0) }
    }
}

/// The features that are frequent enough, numbered in the order of their text's first use.
struct FeatureTable {
    private(set) var rows: [FeatureKey: Int] = [:]
    var count: Int { rows.count }

    init(_ examples: [[FeatureKey]], leastUses: Int) {
        var uses: [FeatureKey: Int] = [:]
        for features in examples { for feature in features { uses[feature, default: 0] += 1 } }
        for features in examples {
            for feature in features where rows[feature] == nil && uses[feature, default: 0] >= leastUses {
                rows[feature] = rows.count
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
