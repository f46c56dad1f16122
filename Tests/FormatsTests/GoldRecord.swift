import Claims
import Foundation
import Testing

/// The corpus's annotations as records.
enum GoldRecord {
    static func records(_ line: [String: Any]) throws -> ExtractedRecords {
        var records = ExtractedRecords()
        records.benchmarks = try objects(line, "benchmarks").map { entry in
            BenchmarkMention(
                name: try text(entry, "name"),
                fullName: entry["full_name"] as? String,
                role: try word(entry, "role"),
                counts: try objects(entry, "counts").map {
                    BenchmarkCount(count: try number($0, "count"), of: try text($0, "of"))
                },
                evidence: evidence(entry),
                confidence: 1
            )
        }
        records.claims = try objects(line, "results").map { entry in
            ExtractedClaim(
                value: try #require(ExactDecimal(try text(entry, "value"))),
                valueHigh: (entry["value_high"] as? String).flatMap { ExactDecimal($0) },
                unit: try text(entry, "unit"),
                kind: try word(entry, "kind"),
                relative: entry["relative"] as? Bool,
                bound: try word(entry, "bound"),
                metric: entry["metric"] as? String,
                benchmarks: try #require(entry["benchmarks"] as? [String]),
                aggregate: (entry["aggregate"] as? String).flatMap(Aggregate.init),
                subject: entry["subject"] as? String,
                baseline: entry["baseline"] as? String,
                evidence: evidence(entry),
                confidence: 1
            )
        }
        records.sotaClaims = try objects(line, "sota").map { entry in
            SOTAClaim(
                strength: try word(entry, "strength"),
                subject: entry["subject"] as? String,
                benchmarks: try #require(entry["benchmarks"] as? [String]),
                evidence: evidence(entry),
                confidence: 1
            )
        }
        records.modelSizes = try objects(line, "model_sizes").map { entry in
            ModelSize(
                model: entry["model"] as? String,
                parameters: try number(entry, "parameters"),
                parametersHigh: entry["parameters_high"] as? Int,
                bound: try word(entry, "bound"),
                evidence: evidence(entry),
                confidence: 1
            )
        }
        records.links = try objects(line, "links").map { entry in
            Link(url: try text(entry, "url"), kind: try word(entry, "kind"), evidence: evidence(entry), confidence: 1)
        }
        return records
    }

    /// Whether every field of the annotation stands in what was written, with the same value.
    static func isCovered(_ gold: Any, by written: Any?) -> Bool {
        switch gold {
        case let gold as [String: Any]:
            guard let written = written as? [String: Any] else { return false }
            return gold.allSatisfy { isCovered($1, by: written[$0]) }
        case let gold as [Any]:
            guard let written = written as? [Any], written.count == gold.count else { return false }
            return zip(gold, written).allSatisfy { isCovered($0, by: $1) }
        default:
            return (gold as? NSObject) == (written as? NSObject)
        }
    }

    private static func evidence(_ entry: [String: Any]) -> Evidence {
        let text = entry["evidence"] as? String ?? ""
        return Evidence(source: .abstract, start: 0, end: text.utf8.count, text: text)
    }

    private static func objects(_ entry: [String: Any], _ key: String) throws -> [[String: Any]] {
        try #require(entry[key] as? [[String: Any]])
    }

    private static func text(_ entry: [String: Any], _ key: String) throws -> String {
        try #require(entry[key] as? String)
    }

    private static func number(_ entry: [String: Any], _ key: String) throws -> Int { try #require(entry[key] as? Int) }

    private static func word<Word: RawRepresentable<String>>(_ entry: [String: Any], _ key: String) throws -> Word {
        try #require(Word(rawValue: try text(entry, key)))
    }
}
