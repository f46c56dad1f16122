import Claims
import Extraction

/// Learns how often records are right of which the choices are so sure: on papers that were left out of training.
enum ConfidenceTraining {
    /// One record of a paper left out.
    private struct Sample {
        var share: Double
        var right: Double
    }

    /// How far around a place of the map records count for it.
    private static let window = 0.05

    /// The map's values at equal steps from 0 to 1.
    ///
    /// Names are left out of training as well: benchmarks of papers that they were learned from are found too well.
    ///
    /// `names`: the same papers as names are learned from them.
    static func learn(_ corpus: AnnotatedCorpus, names: [NameCorpus.Paper], parts: Int, steps: Int) -> [Double] {
        var samples: [Sample] = []
        for part in 0..<parts {
            let places = corpus.papers.indices.filter { corpus.isLeft($0, in: part, of: parts) }
            let left = Set(places.map { corpus.papers[$0].id })
            var reader = TrialReader(
                weights: Training.train(corpus.examples(without: part, of: parts)).text,
                nameWeights: NameTraining(names.filter { !left.contains($0.id) }).text
            )
            for index in places {
                let paper = corpus.papers[index]
                // The extractor's own names, as they will be when it is used.
                let claims = reader.claims(title: paper.title, abstract: paper.abstract, goldNames: nil)
                samples += compared(claims, corpus.claims[index])
            }
        }
        samples.sort { $0.share < $1.share }
        return places(of: monotone(samples), steps: steps)
    }

    private static func compared(_ claims: [ExtractedClaim], _ gold: [GoldClaim]) -> [Sample] {
        var rest = gold
        return claims.map { claim in
            let match = rest.firstIndex { $0.isReached(by: claim) }
            if let match { rest.remove(at: match) }
            return Sample(share: claim.confidence, right: match == nil ? 0 : 1)
        }
    }

    /// Pools neighbours until the shares of right ones rise (pool adjacent violators).
    private static func monotone(_ samples: [Sample]) -> [Sample] {
        var pools: [(sum: Double, count: Int)] = []
        for sample in samples {
            pools.append((sample.right, 1))
            while pools.count > 1, let last = pools.last {
                let before = pools[pools.count - 2]
                guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
                pools.removeLast(2)
                pools.append((before.sum + last.sum, before.count + last.count))
            }
        }
        let levels = pools.flatMap { pool in repeatElement(pool.sum / Double(pool.count), count: pool.count) }
        return zip(samples, levels).map { Sample(share: $0.share, right: $1) }
    }

    private static func places(of samples: [Sample], steps: Int) -> [Double] {
        var last = samples.first?.right ?? 0
        return (0...steps).map { step in
            let place = Double(step) / Double(steps)
            let near = samples.filter { abs($0.share - place) <= window }
            if !near.isEmpty { last = max(last, near.reduce(0) { $0 + $1.right } / Double(near.count)) }
            return last
        }
    }
}
