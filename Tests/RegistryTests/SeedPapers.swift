import Claims
import Foundation
import Registry

/// The seed papers of the corpus with the records that people made of them.
enum SeedPapers {
    /// All papers in the order of the file; `nil` where the corpus is not beside the project.
    static func load() throws -> [IngestPaper]? {
        guard let folder = corpus() else { return nil }
        let papers = try lines(of: Source.self, in: folder.appending(path: "seeds.papers.jsonl"))
        let gold = try lines(of: Gold.self, in: folder.appending(path: "seeds.gold.jsonl"))
        let records = Dictionary(uniqueKeysWithValues: gold.map { ($0.id, $0) })
        return papers.enumerated().map { index, source in
            IngestPaper(
                paper: Paper(title: source.title, abstract: source.abstract, label: source.id),
                records: records[source.id]?.records(in: source.abstract) ?? ExtractedRecords(),
                extractor: ExtractorVersion(name: "gold", version: "1.0.0"),
                source: IngestSource(file: "seeds.papers.jsonl", line: index + 1)
            )
        }
    }

    private static func corpus() -> URL? {
        if let folder = ProcessInfo.processInfo.environment["CLAIMBOARD_SHARED"] {
            return URL(filePath: folder).appending(path: "corpus")
        }
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let candidate = folder.appending(path: "shared/corpus")
            if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
        }
        return nil
    }

    private static func lines<Line: Decodable>(of type: Line.Type, in file: URL) throws -> [Line] {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map {
            try decoder.decode(type, from: $0)
        }
    }

    private struct Source: Decodable {
        var id: String
        var title: String
        var abstract: String
    }

    private struct Gold: Decodable {
        struct Benchmark: Decodable {
            struct Count: Decodable {
                var count: Int
                var of: String
            }
            var name: String
            var fullName: String?
            var role: String
            var counts: [Count]
        }
        struct Result: Decodable {
            var value: String
            var valueHigh: String?
            var unit: String
            var kind: String
            var relative: Bool?
            var bound: String
            var metric: String?
            var benchmarks: [String]
            var aggregate: String?
            var subject: String?
            var baseline: String?
            var evidence: String
        }
        struct SOTA: Decodable {
            var strength: String
            var subject: String?
            var benchmarks: [String]
            var evidence: String
        }
        struct Size: Decodable {
            var model: String?
            var parameters: Int
            var parametersHigh: Int?
            var bound: String
        }
        struct Address: Decodable {
            var url: String
            var kind: String
        }

        var id: String
        var benchmarks: [Benchmark]
        var results: [Result]
        var sota: [SOTA]
        var modelSizes: [Size]
        var links: [Address]

        func records(in abstract: String) -> ExtractedRecords {
            let start = Evidence(source: .abstract, start: 0, end: 0, text: "")
            var records = ExtractedRecords()
            records.benchmarks = benchmarks.map { mention in
                BenchmarkMention(
                    name: mention.name,
                    fullName: mention.fullName,
                    role: BenchmarkRole(rawValue: mention.role) ?? .mentioned,
                    counts: mention.counts.map { BenchmarkCount(count: $0.count, of: $0.of) },
                    evidence: Self.evidence(mention.name, in: abstract),
                    confidence: 1
                )
            }
            records.claims = results.compactMap { result in
                guard let value = ExactDecimal(result.value), let kind = ClaimKind(rawValue: result.kind) else {
                    return nil
                }
                return ExtractedClaim(
                    value: value,
                    valueHigh: result.valueHigh.flatMap { ExactDecimal($0) },
                    unit: result.unit,
                    kind: kind,
                    relative: result.relative,
                    bound: Bound(rawValue: result.bound) ?? .exact,
                    metric: result.metric,
                    benchmarks: result.benchmarks,
                    aggregate: result.aggregate.flatMap(Aggregate.init(rawValue:)),
                    subject: result.subject,
                    baseline: result.baseline,
                    evidence: Self.evidence(result.evidence, in: abstract),
                    confidence: 1
                )
            }
            records.sotaClaims = sota.map {
                SOTAClaim(
                    strength: SOTAStrength(rawValue: $0.strength) ?? .sets,
                    subject: $0.subject,
                    benchmarks: $0.benchmarks,
                    evidence: Self.evidence($0.evidence, in: abstract),
                    confidence: 1
                )
            }
            records.modelSizes = modelSizes.map {
                ModelSize(
                    model: $0.model,
                    parameters: $0.parameters,
                    parametersHigh: $0.parametersHigh,
                    bound: Bound(rawValue: $0.bound) ?? .exact,
                    evidence: start,
                    confidence: 1
                )
            }
            records.links = links.map {
                Link(url: $0.url, kind: LinkKind(rawValue: $0.kind) ?? .other, evidence: start, confidence: 1)
            }
            return records
        }

        private static func evidence(_ text: String, in abstract: String) -> Evidence {
            guard let range = abstract.range(of: text) else {
                return Evidence(source: .abstract, start: 0, end: 0, text: text)
            }
            let start = abstract.utf8.distance(from: abstract.startIndex, to: range.lowerBound)
            return Evidence(source: .abstract, start: start, end: start + text.utf8.count, text: text)
        }
    }
}
