import Claims
import Formats
import Foundation
import Testing

@testable import ModelReader

@Suite struct CombinedReadingTests {
    private static func claim(
        _ value: String,
        unit: String = "percent",
        on benchmarks: [String] = ["QuietBench"],
        subject: String? = "Lynx",
        at range: Range<Int> = 10..<40
    ) throws -> ExtractedClaim {
        ExtractedClaim(
            value: try #require(ExactDecimal(value)),
            unit: unit,
            kind: .score,
            benchmarks: benchmarks,
            subject: subject,
            evidence: Evidence(source: .abstract, start: range.lowerBound, end: range.upperBound, text: "words"),
            confidence: 0.8
        )
    }

    private static func combine(_ first: [ExtractedClaim], _ second: [ExtractedClaim]) -> CombinedReading {
        var (records, others) = (ExtractedRecords(), ExtractedRecords())
        records.claims = first
        others.claims = second
        return CombinedReading(records, others)
    }

    @Test func `what both readers find is surer`() throws {
        let combined = Self.combine(
            [try Self.claim("78.4")],
            [try Self.claim("78.40", on: ["Quiet-Bench"], at: 5..<20)]
        )
        #expect(abs(combined.records.claims[0].confidence - 0.9) < 1e-9)
        #expect(combined.disagreements.isEmpty && combined.onlySecond.count == 0 && combined.agreementCount == 1)
    }

    @Test func `where they differ the first counts, unchanged, and both stay visible`() throws {
        let first = try Self.claim("78.4")
        let combined = Self.combine([first], [try Self.claim("78.4", unit: "points", on: ["Loud", "Quiet"])])
        #expect(combined.records.claims == [first])
        #expect(combined.disagreements.map(\.difference.field) == ["unit", "benchmarks"])
        #expect(combined.disagreements.map(\.difference.first) == ["percent", "QuietBench"])
        #expect(combined.disagreements.map(\.difference.second) == ["points", "Loud, Quiet"])
    }

    @Test func `a difference beside the point is told and costs no agreement`() throws {
        let combined = Self.combine([try Self.claim("78.4")], [try Self.claim("78.4", subject: nil)])
        #expect(combined.agreementCount == 1)
        #expect(combined.disagreements.map(\.difference.field) == ["subject"])
    }

    @Test func `what only one finds is told apart`() throws {
        let (first, second) = (try Self.claim("78.4"), try Self.claim("51"))
        let combined = Self.combine([first], [second])
        #expect(combined.records.claims == [first])
        #expect(combined.onlySecond.claims == [second])
        #expect(combined.disagreements == [Disagreement(list: "results", index: 0, difference: .missing)])
    }

    @Test func `equal numbers in other places are other records, and each is taken once`() throws {
        let first = [try Self.claim("78.4", at: 0..<10), try Self.claim("78.4", at: 50..<60)]
        let combined = Self.combine(first, [try Self.claim("78.4", at: 52..<70)])
        #expect(combined.disagreements.map(\.index) == [0])
        #expect(combined.onlySecond.count == 0)

        let twice = Self.combine([first[0]], [first[0], first[0]])
        #expect(twice.onlySecond.claims.count == 1)
    }

    @Test func `of several candidates the one that differs least is meant`() throws {
        let first = try Self.claim("78.4", on: ["Loud"])
        let combined = Self.combine([first], [try Self.claim("78.4"), try Self.claim("78.4", on: ["Loud"])])
        #expect(combined.agreementCount == 1)
        #expect(combined.onlySecond.claims.map(\.benchmarks) == [["QuietBench"]])
    }

    @Test func `the second reader stands in the JSON beside the records of the first`() throws {
        let combined = Self.combine([try Self.claim("78.4")], [try Self.claim("51")])
        var json = JSONWriter()
        json.value(
            combined,
            second: .success(ModelReader.Reading(records: ExtractedRecords(), dropped: DroppedRecords())),
            id: "p1",
            extractors: (
                ExtractorVersion(name: "rules", version: "1.0.0"), ExtractorVersion(name: "model", version: "tiny-1")
            ),
            explains: false
        )
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
        #expect((object["results"] as? [Any])?.count == 1)
        let second = try #require(object["second_reader"] as? [String: Any])
        #expect(second["extractor"] as? String == "model/tiny-1")
        #expect((second["results"] as? [[String: Any]])?.map { $0["value"] as? String } == ["51"])
        #expect((second["disagreements"] as? [Any])?.count == 1)
    }
}
