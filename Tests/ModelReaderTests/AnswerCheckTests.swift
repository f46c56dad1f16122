import Claims
import Testing

@testable import ModelReader

@Suite struct AnswerCheckTests {
    @Test func `evidence gets its place in bytes, and keeps the paper's own white space`() throws {
        let evidence = "On the QuietBench suite Lynx reaches 78.40% accuracy"
        let check = try #require(Sample.check(Sample.answer(results: "[\(Sample.result(evidence: evidence))]")))
        let claim = try #require(check.records.claims.first)
        let abstract = Array(Sample.paper.abstract.utf8)
        let range = claim.evidence.start..<claim.evidence.end
        #expect(String(decoding: abstract[range], as: UTF8.self) == claim.evidence.text)
        #expect(claim.evidence.text.contains("reaches\n78.40%"))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var what: String
        var answer: String
        var dropped: DroppedRecords
        var kept = 0
        var testDescription: String { what }

        init(
            _ what: String,
            _ answer: String,
            kept: Int = 0,
            _ change: (inout DroppedRecords) -> Void
        ) {
            self.what = what
            self.answer = answer
            self.kept = kept
            dropped = DroppedRecords()
            change(&dropped)
        }
    }

    static let cases = [
        Case("evidence that does not stand there", results(Sample.result(evidence: "Lynx scores 78.40% accuracy"))) {
            $0.withoutEvidence = 1
        },
        Case("evidence in another case", results(Sample.result(evidence: "lynx reaches 78.40% accuracy"))) {
            $0.withoutEvidence = 1
        },
        Case("empty evidence", results(Sample.result(evidence: ""))) { $0.withoutEvidence = 1 },
        Case("a value that is not in the evidence", results(Sample.result("\"87.40\""))) { $0.withoutValue = 1 },
        Case("a part of a value", results(Sample.result("\"8.40\""))) { $0.withoutValue = 1 },
        Case("a negative value without a minus", results(Sample.result("\"-78.40\""))) { $0.withoutValue = 1 },
        Case("a value that is no number", results(Sample.result("\"high\""))) { $0.malformed = 1 },
        Case("a kind that there is not", results(Sample.result(kind: "rumour"))) { $0.malformed = 1 },
        Case("a record that is no object", results("7")) { $0.malformed = 1 },
        Case("the same twice", results("\(Sample.result()), \(Sample.result())"), kept: 1) { $0.repeated = 1 },
        Case("a value as a number, which is kept as printed", results(Sample.result("78.4")), kept: 1) { _ in },
        Case("a benchmark that the paper does not name", results(Sample.result(benchmarks: #"["GSM8K"]"#)), kept: 1) {
            $0.fields = 1
        },
        Case("a subject that the paper does not name", results(Sample.result(subject: "Bobcat")), kept: 1) {
            $0.fields = 1
        },
        Case(
            "a name that is not in its evidence",
            Sample.answer(
                benchmarks: #"[{"name": "GSM8K", "full_name": null, "role": "evaluated", "counts": [], "#
                    + #""evidence": "On the QuietBench suite"}]"#
            )
        ) { $0.withoutValue = 1 },
        Case(
            "a count that the paper does not state",
            Sample.answer(
                benchmarks: #"[{"name": "QuietBench", "full_name": null, "role": "evaluated", "#
                    + #""counts": [{"count": 500, "of": "questions"}], "evidence": "On the QuietBench suite"}]"#
            ),
            kept: 1
        ) { $0.fields = 1 },
        Case(
            "a size that is not in its evidence",
            Sample.answer(
                sizes: #"[{"model": "Lynx", "parameters": 7000000000, "parameters_high": null, "bound": "exact", "#
                    + #""evidence": "1.5 billion parameters"}]"#
            )
        ) { $0.withoutValue = 1 },
        Case(
            "a size in words",
            Sample.answer(
                sizes: #"[{"model": "Lynx", "parameters": 1500000000, "parameters_high": null, "bound": "exact", "#
                    + #""evidence": "1.5 billion parameters"}]"#
            ),
            kept: 1
        ) { _ in },
        Case(
            "an address with a scheme put before it",
            Sample.answer(
                links: #"[{"url": "https://github.com/acme/lynx", "kind": "code", "evidence": "github.com/acme/lynx"}]"#
            ),
            kept: 1
        ) { _ in },
        Case(
            "another address",
            Sample.answer(
                links: #"[{"url": "https://github.com/acme/puma", "kind": "code", "evidence": "github.com/acme/lynx"}]"#
            )
        ) { $0.withoutValue = 1 },
        Case(
            "a statement that is not made",
            Sample.answer(
                sota:
                    #"[{"strength": "sets", "subject": "Lynx", "benchmarks": [], "evidence": "a new state of the art"}]"#
            )
        ) { $0.withoutEvidence = 1 },
    ]

    private static func results(_ list: String) -> String { Sample.answer(results: "[\(list)]") }

    @Test(arguments: cases)
    func `what does not stand in the paper is dropped and counted`(sample: Case) throws {
        let check = try #require(Sample.check(sample.answer))
        #expect(check.dropped == sample.dropped)
        #expect(check.records.count == sample.kept)
        if case let claim? = check.records.claims.first { #expect(claim.value.description == "78.40") }
    }

    @Test func `whatever a model writes, what is kept stands in the paper`() {
        var generator = SeededGenerator(seed: 7)
        let words = [
            "{", "}", "\"results\"", ":", "[", "]", "\\", "\"", ",", "78.40", Sample.result(), "null", "ü", "\n",
        ]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...30, using: &generator))
                .map { _ in words[Int.random(in: 0..<words.count, using: &generator)] }.joined()
            guard let check = Sample.check(text) else { continue }
            for claim in check.records.claims {
                let bytes = Array(Sample.paper.abstract.utf8)[claim.evidence.start..<claim.evidence.end]
                #expect(String(decoding: bytes, as: UTF8.self) == claim.evidence.text)
            }
        }
    }
}

/// Numbers that come the same each time (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
