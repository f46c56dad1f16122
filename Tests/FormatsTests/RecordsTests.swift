import Claims
import Foundation
import Testing

@testable import Formats

@Suite struct RecordsTests {
    private let place = Evidence(source: .abstract, start: 3, end: 9, text: "é \"78\"")

    @Test func `a record has every field, in the order of the guide`() throws {
        var records = ExtractedRecords()
        records.claims = [
            ExtractedClaim(
                value: try #require(ExactDecimal("78.37")),
                unit: "percent",
                kind: .score,
                benchmarks: ["GSM8K"],
                evidence: place,
                confidence: 0.9,
                rules: ["number.percent"]
            )
        ]
        records.links = [Link(url: "https://example.org", kind: .code, evidence: place, confidence: 1)]
        var json = JSONWriter()
        json.value(records, id: nil, extractor: ExtractorVersion(name: "rules", version: "1.0.0"))
        let origin = #""evidence":"é \"78\"","evidence_in":"abstract","evidence_start":3,"evidence_end":9"#
        #expect(
            json.string == #"{"id":null,"extractor":"rules/1.0.0","benchmarks":[],"results":[{"value":"78.37","#
                + #""value_high":null,"unit":"percent","kind":"score","relative":null,"bound":"exact","metric":null,"#
                + #""benchmarks":["GSM8K"],"aggregate":null,"subject":null,"baseline":null,"# + origin
                + #","confidence":0.9}],"sota":[],"model_sizes":[],"links":[{"url":"https://example.org","kind":"code","#
                + origin + #","confidence":1.0}]}"#
        )
    }

    @Test func `rules stand in every record when asked for`() throws {
        var records = ExtractedRecords()
        records.sotaClaims = [SOTAClaim(strength: .sets, evidence: place, confidence: 0.5, rules: ["sota.sets", "x"])]
        records.modelSizes = [ModelSize(model: nil, parameters: 7, evidence: place, confidence: 0.5, rules: ["size"])]
        var json = JSONWriter()
        json.value(records, id: "1", extractor: ExtractorVersion(name: "rules", version: "1.0.0"), explains: true)
        #expect(json.string.contains(#""confidence":0.5,"rules":["sota.sets","x"]}"#))
        #expect(json.string.contains(#""rules":["size"]}"#))
    }

    @Test(.needsCorpus, arguments: ["seeds.gold.jsonl", "train.gold.jsonl", "dev.gold.jsonl"])
    func `every annotated record comes back as it was`(name: String) throws {
        for line in try SharedCorpus.lines(name) {
            let id = try #require(line["id"] as? String)
            var json = JSONWriter()
            json.value(try GoldRecord.records(line), id: id, extractor: ExtractorVersion(name: "gold", version: "1"))
            let object = try JSONSerialization.jsonObject(with: Data(json.bytes))
            let written = try #require(object as? [String: Any])
            #expect(GoldRecord.isCovered(line, by: written), "\(id)")
        }
    }

    @Test(.needsCorpus, .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "no python3"))
    func `the corpus's scorer reads the output and finds nothing wrong`() throws {
        let gold = try SharedCorpus.file("seeds.gold.jsonl")
        var json = JSONWriter()
        for line in try SharedCorpus.lines("seeds.gold.jsonl") {
            json.value(
                try GoldRecord.records(line),
                id: line["id"] as? String,
                extractor: ExtractorVersion(name: "gold", version: "1")
            )
            json.endLine()
        }
        let output = FileManager.default.temporaryDirectory.appendingPathComponent("claimboard-\(UUID()).jsonl")
        try Data(json.bytes).write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        let scorer = Process()
        let pipe = Pipe()
        scorer.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        scorer.arguments = [try SharedCorpus.file("score.py").path, gold.path, output.path, "--json"]
        scorer.standardOutput = pipe
        try scorer.run()
        let printed = pipe.fileHandleForReading.readDataToEndOfFile()
        scorer.waitUntilExit()
        let figures = try #require(try JSONSerialization.jsonObject(with: printed) as? [String: Any])
        #expect(figures["exact records"] as? Int == 93)
        for (field, share) in try #require(figures["shares"] as? [String: Any]) {
            #expect(share as? Double == 1, "\(field)")
        }
    }
}
