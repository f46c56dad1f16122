import Claims
import Testing

@testable import Extraction

@Suite struct NumbersClaimTests {
    @Test func `the case file has cases`() {
        #expect(CaseFile.cases(of: "numbers.txt").count > 20)
    }

    @Test(arguments: CaseFile.cases(of: "numbers.txt"))
    func `reports numbers with their context`(example: CaseFile.Case) {
        let claims = Extractor().extract(title: "", abstract: example.text).claims
        #expect(claims.map(head) == example.expected.map { Expected($0).head })
        for (claim, line) in zip(claims, example.expected) {
            for (field, value) in Expected(line).fields { #expect(text(of: field, in: claim) == value, "\(field)") }
        }
    }

    /// A line of the case file.
    private struct Expected {
        var head: String
        var fields: [(String, String)]

        init(_ line: String) {
            let words = line.split(separator: " ", maxSplits: 3)
            head = words.prefix(3).joined(separator: " ")
            let rest = words.count > 3 ? String(words[3]) : ""
            fields = rest.split(separator: ";").map { part in
                let sides = part.split(separator: "=", maxSplits: 1)
                return (sides[0].trimmingPrefix(" ").description, String(sides[1]))
            }
        }
    }

    private func head(_ claim: ExtractedClaim) -> String {
        let high = claim.valueHigh.map { "..\($0)" } ?? ""
        return "\(claim.value)\(high) \(claim.unit) \(claim.kind.rawValue)"
    }

    private func text(of field: String, in claim: ExtractedClaim) -> String {
        switch field {
        case "metric": claim.metric ?? "-"
        case "benchmarks": claim.benchmarks.isEmpty ? "-" : claim.benchmarks.joined(separator: "|")
        case "bound": claim.bound.rawValue
        case "relative": claim.relative.map { "\($0)" } ?? "-"
        case "aggregate": claim.aggregate?.rawValue ?? "-"
        case "subject": claim.subject ?? "-"
        case "baseline": claim.baseline ?? "-"
        default: "no field \(field)"
        }
    }

    @Test(arguments: CaseFile.cases(of: "numbers.txt"))
    func `evidence stands letter for letter in the abstract`(example: CaseFile.Case) {
        let bytes = Array(example.text.utf8)
        for claim in Extractor().extract(title: "", abstract: example.text).claims {
            let range = claim.evidence.start..<claim.evidence.end
            #expect(Array(claim.evidence.text.utf8) == Array(bytes[range]))
            #expect(claim.confidence > 0 && claim.confidence <= 1)
            #expect(!claim.rules.isEmpty)
        }
    }

    @Test(arguments: ["9", "(", "respectively ", "9%, ", "from 1 to 2 ", "A ", "92.3% on X and "])
    func `reads hostile text in time that grows with its size alone`(part: String) {
        let text = String(repeating: part, count: 20_000)
        let claims = Extractor().extract(title: "", abstract: text).claims
        #expect(claims.allSatisfy { $0.evidence.end <= text.utf8.count })
    }
}
