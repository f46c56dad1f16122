import Claims
import Extraction
import Foundation

/// The annotated papers that weights are learned from.
struct AnnotatedCorpus {
    /// One paper's examples after the other, in the order of the file.
    var examples: [TrainingExamples] = []
    /// The papers of the examples.
    var papers: [Paper] = []
    /// For each paper the annotated claims.
    var claims: [[GoldClaim]] = []
    /// How many papers the last pair of files has.
    private(set) var lastCount = 0
    /// How many papers were written for training.
    private(set) var writtenCount = 0
    /// How much an example of these counts, chosen by cross-validation.
    private static let writtenWeight = 0.25
    /// For each paper the annotated names, where they stand in for those that the extractor finds.
    var goldNames: [[String]?] = []

    struct Paper: Decodable {
        var id: String
        var title: String
        var abstract: String
    }

    private struct Gold: Decodable {
        struct Benchmark: Decodable {
            var name: String
        }
        struct Result: Decodable {
            var value: String
            var valueHigh: String?
            var unit: String?
            var kind: String
            var metric: String?
            var benchmarks: [String]
            var subject: String?
            var baseline: String?
            var evidence: String
        }
        var id: String
        var benchmarks: [Benchmark]
        var results: [Result]
    }

    /// Reads papers and their annotations.
    ///
    /// - Parameters:
    ///   - files: pairs of a file of papers and one of annotations.
    ///   - usesGoldNames: whether annotated names stand in for those that the extractor finds.
    ///   - written: pairs of papers that were written for training; they come first.
    /// - Throws: what reading and decoding throw.
    init(files: [String], usesGoldNames: Bool, written: [String] = []) throws {
        for pair in stride(from: 0, to: written.count - 1, by: 2) {
            try read(papers: written[pair], gold: written[pair + 1], usesGoldNames: usesGoldNames)
        }
        for index in examples.indices { examples[index].markWritten(weight: Self.writtenWeight) }
        writtenCount = papers.count
        for pair in stride(from: 0, to: files.count - 1, by: 2) {
            let count = papers.count
            defer { lastCount = papers.count - count }
            try read(papers: files[pair], gold: files[pair + 1], usesGoldNames: usesGoldNames)
        }
    }

    /// Whether a paper is among those that a part of cross-validation leaves out: papers written for training never are.
    func isLeft(_ index: Int, in part: Int, of parts: Int) -> Bool {
        index >= writtenCount && (index - writtenCount) % parts == part
    }

    /// The examples that are learned from where a part is left out.
    func examples(without part: Int, of parts: Int) -> [TrainingExamples] {
        examples.indices.filter { !isLeft($0, in: part, of: parts) }.map { examples[$0] }
    }

    /// The first papers alone.
    func prefix(_ count: Int) -> AnnotatedCorpus {
        var first = self
        first.examples.removeLast(examples.count - count)
        first.papers.removeLast(papers.count - count)
        first.goldNames.removeLast(goldNames.count - count)
        first.claims.removeLast(claims.count - count)
        return first
    }

    private mutating func read(papers: String, gold: String, usesGoldNames: Bool) throws {
        let annotations = try Self.read(Gold.self, from: gold)
        let byID = Dictionary(annotations.map { ($0.id, $0) }) { first, _ in first }
        for paper in try Self.read(Paper.self, from: papers) {
            guard let gold = byID[paper.id] else { continue }
            let names = usesGoldNames ? gold.benchmarks.map(\.name) : nil
            self.papers.append(paper)
            goldNames.append(names)
            let claims = gold.results.compactMap(Self.claim)
            self.claims.append(claims)
            examples.append(
                TrainingExamples(
                    title: paper.title,
                    abstract: paper.abstract,
                    gold: claims,
                    goldNames: names
                )
            )
        }
    }

    private static func read<Record: Decodable>(_ type: Record.Type, from path: String) throws -> [Record] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try data.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(type, from: $0) }
    }

    private static func claim(_ result: Gold.Result) -> GoldClaim? {
        guard let value = ExactDecimal(result.value), let kind = ClaimKind(rawValue: result.kind) else { return nil }
        return GoldClaim(
            value: value,
            valueHigh: result.valueHigh.flatMap { ExactDecimal($0) },
            unit: result.unit ?? "none",
            kind: kind,
            metric: result.metric,
            benchmarks: result.benchmarks,
            subject: result.subject,
            baseline: result.baseline,
            evidence: result.evidence
        )
    }
}
