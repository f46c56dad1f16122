import Claims
import Extraction
import Foundation

/// The annotated papers that the model of names is learned from.
struct NameCorpus {
    /// One candidate of a paper.
    struct Candidate {
        var key: String
        var name: String
        var features: [(name: String, value: Double)]
        var label: NameLabel
    }

    /// One paper.
    struct Paper {
        var id: String
        var candidates: [Candidate]
        /// The keys of the benchmarks that the annotation names, with their roles.
        var gold: [String: NameLabel]
    }

    /// How each paper is read for training: how many of a hundred known names are hidden, and which.
    ///
    /// Papers that nobody has seen name benchmarks that nobody has listed, more than those do that the list was made beside.
    static let rounds: [(hiddenPercent: Int, round: Int)] = [(0, 0), (40, 1), (40, 2)]

    private(set) var papers: [Paper] = []

    private struct PaperLine: Decodable {
        var id: String
        var title: String
        var abstract: String
    }

    private struct GoldLine: Decodable {
        struct Benchmark: Decodable {
            var name: String
            var fullName: String?
            var role: String
        }
        struct Claim: Decodable {
            var subject: String?
            var baseline: String?
        }
        struct Size: Decodable {
            var model: String?
        }
        var id: String
        var benchmarks: [Benchmark]
        var results: [Claim]
        var modelSizes: [Size]
    }

    /// Reads papers and their annotations.
    ///
    /// - Throws: what reading and decoding throw.
    init(papers papersFile: String, gold goldFile: String, hiddenPercent: Int, round: Int = 0) throws {
        let reader = NameReader(hiddenPercent: hiddenPercent, round: round)
        let gold = try Self.lines(GoldLine.self, of: goldFile)
        let goldOf = Dictionary(gold.map { ($0.id, $0) }) { first, _ in first }
        for paper in try Self.lines(PaperLine.self, of: papersFile) {
            guard let gold = goldOf[paper.id] else { continue }
            papers.append(Self.paper(reader.examples(title: paper.title, abstract: paper.abstract), gold))
        }
    }

    /// Each paper as it is read in each of the ``rounds``.
    ///
    /// - Throws: what reading and decoding throw.
    static func allRounds(papers: String, gold: String) throws -> [Paper] {
        try rounds.flatMap { round in
            try NameCorpus(papers: papers, gold: gold, hiddenPercent: round.hiddenPercent, round: round.round).papers
        }
    }

    private static func lines<Line: Decodable>(_ type: Line.Type, of path: String) throws -> [Line] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 10).map {
            try decoder.decode(type, from: $0)
        }
    }

    private static func paper(_ examples: [NameExample], _ gold: GoldLine) -> Paper {
        var labels: [String: NameLabel] = [:]
        var keyOf: [String: String] = [:]
        for benchmark in gold.benchmarks {
            let key = key(benchmark.fullName ?? benchmark.name)
            labels[key] = label(ofRole: benchmark.role)
            keyOf[Self.key(benchmark.name)] = key
            keyOf[key] = key
        }
        let systems = Set(
            (gold.results.flatMap { [$0.subject, $0.baseline] } + gold.modelSizes.map(\.model)).compactMap { $0 }.map(
                key
            )
        )
        let candidates = examples.map { example in
            let keys = example.forms.map(key)
            if let benchmark = keys.lazy.compactMap({ keyOf[$0] }).first {
                return Candidate(
                    key: benchmark,
                    name: example.forms[0],
                    features: example.features,
                    label: labels[benchmark] ?? .evaluated
                )
            }
            let isSystem = keys.contains { systems.contains($0) }
            return Candidate(
                key: keys[0],
                name: example.forms[0],
                features: example.features,
                label: isSystem ? .system : .other
            )
        }
        return Paper(id: gold.id, candidates: candidates, gold: labels)
    }

    private static func label(ofRole role: String) -> NameLabel {
        switch role {
        case "introduced": .introduced
        case "evaluated": .evaluated
        default: .mentioned
        }
    }

    private static func key(_ name: String) -> String { NameKey(name).description }
}
