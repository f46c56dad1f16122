import Claims
import Extraction
import Foundation

/// How well the choices do on papers that they were not trained on: each fifth of the papers in turn is left out, but
/// for those that were written for training.
enum CrossValidation {
    static let parts = 5

    /// Prints each paper's claims, read with weights that were not trained on it, a line of JSON a paper.
    ///
    /// - Throws: what encoding throws.
    static func predict(_ corpus: AnnotatedCorpus) throws {
        for part in 0..<parts {
            try print(corpus, Training.train(corpus.examples(without: part, of: parts))) {
                corpus.isLeft($0, in: part, of: parts)
            }
        }
    }

    /// Prints the claims of the papers of the last pair of files, read with weights that the others have taught.
    ///
    /// - Throws: what encoding throws.
    static func predictLast(_ corpus: AnnotatedCorpus, names: [NameCorpus.Paper]) throws {
        let first = corpus.papers.count - corpus.lastCount
        try print(corpus, Training.trainAll(corpus.prefix(first), names: names, parts: parts)) { $0 >= first }
    }

    /// Prints the claims of the papers of some places.
    ///
    /// - Throws: what encoding throws.
    static func print(_ corpus: AnnotatedCorpus, _ weights: LearnedWeights?, where isWanted: (Int) -> Bool) throws {
        var reader = TrialReader(weights: weights?.text)
        for (index, paper) in corpus.papers.enumerated() where isWanted(index) {
            let claims = reader.claims(title: paper.title, abstract: paper.abstract, goldNames: corpus.goldNames[index])
            let results = claims.map { claim -> [String: Any] in
                [
                    "value": claim.value.description, "value_high": claim.valueHigh?.description ?? NSNull(),
                    "unit": claim.unit,
                    "kind": claim.kind.rawValue, "relative": claim.relative ?? NSNull(), "bound": claim.bound.rawValue,
                    "metric": claim.metric ?? NSNull(), "benchmarks": claim.benchmarks,
                    "aggregate": claim.aggregate?.rawValue ?? NSNull(), "subject": claim.subject ?? NSNull(),
                    "baseline": claim.baseline ?? NSNull(), "evidence": claim.evidence.text,
                    "confidence": claim.confidence,
                    "evidence_start": claim.evidence.start, "evidence_end": claim.evidence.end, "rules": claim.rules,
                ]
            }
            let line = try JSONSerialization.data(
                withJSONObject: ["id": paper.id, "results": results],
                options: [.sortedKeys]
            )
            FileHandle.standardOutput.write(line + [UInt8(ascii: "\n")])
        }
    }

    /// Prints the shares of right choices to standard error.
    static func run(_ corpus: AnnotatedCorpus, showsNumbers: Bool) {
        var kinds = Tally()
        var (benchmarks, metrics) = (Tally(), Tally())
        for part in 0..<parts {
            let left = corpus.examples.indices.filter { corpus.isLeft($0, in: part, of: parts) }
            let weights = Training.train(corpus.examples(without: part, of: parts))
            for paper in left.map({ corpus.examples[$0] }) {
                for example in paper.kinds {
                    kinds.note(example.choice(behind: example.last, weights.rows), example.answer)
                }
                for example in paper.benchmarks { benchmarks.note(chosen(example, weights), example.answer) }
                for example in paper.metrics { metrics.note(chosen(example, weights), example.answer) }
            }
        }
        report("kinds", kinds)
        report("benchmarks", benchmarks)
        report("metrics", metrics)
        let benchmarksOut = corpus.examples.reduce(0) { $0 + $1.unreachableBenchmarks }
        let metricsOut = corpus.examples.reduce(0) { $0 + $1.unreachableMetrics }
        let numbersOut = corpus.examples.flatMap(\.unreachableNumbers)
        let summary = "out of reach: numbers \(numbersOut.count), benchmarks \(benchmarksOut), metrics \(metricsOut)\n"
        FileHandle.standardError.write(Data(summary.utf8))
        if showsNumbers { for line in numbersOut { Swift.print(line) } }
    }

    private struct Tally {
        var (right, total) = (0, 0)
        /// Results that were found with the right kind, found, and there.
        var (hits, found, there) = (0, 0, 0)

        mutating func note(_ chosen: Int, _ answer: Int) {
            total += 1
            if chosen == answer { right += 1 }
            if chosen > 0 { found += 1 }
            if answer > 0 { there += 1 }
            if chosen == answer, answer > 0 { hits += 1 }
        }
    }

    private static func report(_ name: String, _ tally: Tally) {
        let share = Double(tally.right) / Double(max(1, tally.total))
        let f1 = 2 * Double(tally.hits) / Double(max(1, tally.found + tally.there))
        let text = String(
            format: "%@: %d of %d right (%.4f), F1 of those chosen %.4f\n",
            name,
            tally.right,
            tally.total,
            share,
            f1
        )
        FileHandle.standardError.write(Data(text.utf8))
    }

    private static func chosen(_ example: TrainingExamples.Ranking, _ weights: LearnedWeights) -> Int {
        let sums = example.options.map { $0.reduce(0) { $0 + (weights.rows[$1]?.x ?? 0) } }
        return sums.indices.max { sums[$0] < sums[$1] } ?? 0
    }
}
