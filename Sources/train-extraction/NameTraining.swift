import Extraction
import Foundation

/// Learns the model of names.
///
/// Multinomial logistic regression with a quadratic penalty, by full-batch gradient steps with
/// a step size for each weight (AdaGrad). Deterministic: no chance is in it.
struct NameTraining {
    /// Features that fewer papers have are left out: what speaks of one paper's names says nothing of others'.
    static let leastPapers = 3
    /// How strongly weights are pulled to zero; each paper is read once for each of ``NameCorpus/rounds``.
    static let penalty = 1.0
    /// The same for what is said outright and for what a name looks like: rare and sure, or frequent.
    static let lowPenalty = 0.05
    private static let lowPenaltyTemplates = [
        "says=", "verdict=", "listKnown=", "listSystems=", "kind=", "heading=", "continuation=", "certain=",
    ]
    private static let passes = 250
    private static let rate = 0.25

    private(set) var names: [String] = []
    private var numbers: [String: Int] = [:]
    /// By feature, then label.
    private(set) var weights: [[Double]] = []

    private static let labels = NameLabel.allCases.count

    /// Learns from papers.
    init(_ papers: [NameCorpus.Paper]) {
        let candidates = papers.flatMap(\.candidates)
        var users: [String: Set<String>] = [:]
        for paper in papers {
            for candidate in paper.candidates {
                for feature in candidate.features { users[feature.name, default: []].insert(paper.id) }
            }
        }
        names = users.filter { $0.value.count >= Self.leastPapers }.keys.sorted()
        numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let rows = candidates.map { candidate in
            candidate.features.compactMap { feature in numbers[feature.name].map { ($0, feature.value) } }
        }
        fit(rows, candidates.map(\.label.rawValue))
    }

    private mutating func fit(_ rows: [[(Int, Double)]], _ answers: [Int]) {
        let width = Self.labels
        var flat = [Double](repeating: 0, count: names.count * width)
        var squares = [Double](repeating: 1e-8, count: names.count * width)
        let penalties = names.map { name in
            Self.lowPenaltyTemplates.contains { name.hasPrefix($0) } ? Self.lowPenalty : Self.penalty
        }
        for _ in 0..<Self.passes {
            var gradient = flat.indices.map { flat[$0] * penalties[$0 / width] }
            for (row, answer) in zip(rows, answers) {
                var scores = [Double](repeating: 0, count: width)
                for (feature, value) in row {
                    for label in 1..<width { scores[label] += flat[feature * width + label] * value }
                }
                let odds = Self.softmax(scores)
                for (feature, value) in row {
                    for label in 1..<width {
                        gradient[feature * width + label] += (odds[label] - (label == answer ? 1 : 0)) * value
                    }
                }
            }
            for index in flat.indices where gradient[index] != 0 {
                squares[index] += gradient[index] * gradient[index]
                flat[index] -= Self.rate * gradient[index] / squares[index].squareRoot()
            }
        }
        weights = names.indices.map { Array(flat[($0 * width)..<(($0 + 1) * width)]) }
    }

    private static func softmax(_ scores: [Double]) -> [Double] {
        let highest = scores.max() ?? 0
        let powers = scores.map { exp($0 - highest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }

    /// How likely each label is for a candidate.
    func probabilities(_ candidate: NameCorpus.Candidate) -> [Double] {
        var scores = [Double](repeating: 0, count: Self.labels)
        for (name, value) in candidate.features {
            guard let feature = numbers[name] else { continue }
            for label in 1..<Self.labels { scores[label] += weights[feature][label] * value }
        }
        return Self.softmax(scores)
    }

    /// A candidate's name, right label and probability of being a benchmark, and the features that move it most.
    func explanation(of candidate: NameCorpus.Candidate) -> String {
        let odds = probabilities(candidate)
        let reasons = candidate.features.compactMap { name, value -> (String, Double)? in
            guard let feature = numbers[name] else { return nil }
            return (name, value * (weights[feature][2...].max { abs($0) < abs($1) } ?? 0))
        }
        let strongest = reasons.sorted { abs($0.1) > abs($1.1) }.prefix(60)
        let list = strongest.map { String(format: "%@%+.2f", $0.0, $0.1) }.joined(separator: "; ")
        return String(
            format: "%@\t%d\t%.2f\t%@",
            candidate.name,
            candidate.label.rawValue,
            odds[2...].reduce(0, +),
            list
        )
    }

    /// The model as the data file has it.
    var text: String {
        var lines = ["# feature\tsystem\tintroduced\tevaluated\tmentioned; written by train-extraction"]
        for (name, row) in zip(names, weights) where row.contains(where: { abs($0) >= 0.02 }) {
            lines.append(name + "\t" + row.dropFirst().map { String(format: "%.2f", $0) }.joined(separator: "\t"))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
