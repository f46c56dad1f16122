import Extraction
import Foundation

/// How well the model of names does on papers that it was not trained on: each fifth of the papers in turn is left out.
enum NameCrossValidation {
    private static let parts = 5

    /// Prints precision, recall and F1 of the names, and how many of the roles are right, to standard error.
    ///
    /// - Parameters:
    ///   - corpus: the papers as they are read now.
    ///   - papers: the same papers as they are read for learning, each perhaps several times.
    ///   - listsMisses: whether what is missed and wrong is printed, too.
    static func run(_ corpus: NameCorpus, learning papers: [NameCorpus.Paper], listsMisses: Bool) {
        var scored: [(probability: Double, isRight: Bool)] = []
        var roles = (right: 0, total: 0)
        var missing = 0
        for part in 0..<parts {
            let tested = corpus.papers.enumerated().filter { $0.offset % parts == part }.map(\.element)
            let ids = Set(tested.map(\.id))
            let model = NameTraining(papers.filter { !ids.contains($0.id) })
            for paper in tested {
                var best: [String: (Double, NameLabel)] = [:]
                for candidate in paper.candidates {
                    let odds = model.probabilities(candidate)
                    let sum = odds[2...].reduce(0, +)
                    if sum > best[candidate.key]?.0 ?? 0 { best[candidate.key] = (sum, role(odds)) }
                }
                for (key, (probability, role)) in best {
                    scored.append((probability, paper.gold[key] != nil))
                    if probability > 0.45, let gold = paper.gold[key] {
                        roles.total += 1
                        if gold == role { roles.right += 1 }
                    }
                }
                missing += paper.gold.keys.count { best[$0] == nil }
                if listsMisses { list(paper, best) }
            }
        }
        report(scored, missing: missing, roles: roles)
    }

    /// Prints what is missed and what is wrong in a paper.
    private static func list(_ paper: NameCorpus.Paper, _ best: [String: (Double, NameLabel)]) {
        for key in paper.gold.keys.sorted() where best[key]?.0 ?? 0 < 0.4 {
            print("missed\t\(paper.id)\t\(key)\t\(best[key].map { String(format: "%.2f", $0.0) } ?? "no candidate")")
        }
        for (key, value) in best.sorted(by: { $0.key < $1.key }) where value.0 >= 0.4 && paper.gold[key] == nil {
            print("wrong\t\(paper.id)\t\(key)\t\(String(format: "%.2f", value.0))")
        }
    }

    private static func role(_ odds: [Double]) -> NameLabel {
        [NameLabel.evaluated, .introduced, .mentioned].max { odds[$0.rawValue] < odds[$1.rawValue] } ?? .evaluated
    }

    private static func report(
        _ scored: [(probability: Double, isRight: Bool)],
        missing: Int,
        roles: (right: Int, total: Int)
    ) {
        let gold = scored.count { $0.isRight } + missing
        print("candidates \(scored.count), benchmarks \(gold), of which no candidate \(missing)")
        print(String(format: "roles %.3f", Double(roles.right) / Double(roles.total)))
        for threshold in stride(from: 0.3, through: 0.6, by: 0.05) {
            let found = scored.filter { $0.probability >= threshold }
            let right = found.count { $0.isRight }
            let (precision, recall) = (Double(right) / Double(found.count), Double(right) / Double(gold))
            let f1 = 2 * precision * recall / (precision + recall)
            print(String(format: "from %.2f: P %.3f R %.3f F1 %.3f", threshold, precision, recall, f1))
        }
    }
}
