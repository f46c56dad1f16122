import Claims
import Extraction
import Registry

/// Papers in our own words with their records, so that the tests know what to look for whatever an extractor can do.
enum Samples {
    /// Four models on one benchmark, and one improvement that must never be ranked.
    static let papers: [IngestPaper] = [
        paper(
            "Counter: a small model that counts well",
            "2509.00001",
            "2025-09-01",
            "We present Counter 7B. Counter 7B reaches an accuracy of 91.2% on GSM8K. "
                + "Our code is available at https://github.com/example/counter.",
            score: "91.2",
            model: ("Counter 7B", 7_000_000_000),
            link: "https://github.com/example/counter"
        ),
        paper(
            "Adder: sums without tears",
            "2509.00002",
            "2025-09-02",
            "Adder 13B achieves 93.5% accuracy on GSM8K and sets a new state of the art.",
            score: "93.5",
            model: ("Adder 13B", 13_000_000_000),
            statement: "sets a new state of the art"
        ),
        paper(
            "Guesser: better than nothing",
            "2508.00003",
            "2025-08-15",
            "Guesser 1B achieves an accuracy of 64.0% on GSM8K.",
            score: "64.0",
            model: ("Guesser 1B", 1_000_000_000)
        ),
        paper(
            "=HYPERLINK: a model with a title like a formula",
            "2510.00004",
            "2025-10-01",
            "Formula 3B achieves an accuracy of 88.8% on GSM8K, and improves accuracy on MMLU by 12%.",
            score: "88.8",
            model: ("Formula 3B", 3_000_000_000),
            change: "12"
        ),
    ]

    /// A paper of one sentence, with the records that are in it.
    static func paper(
        _ title: String,
        _ arxiv: String,
        _ date: String,
        _ abstract: String,
        score: String,
        model: (name: String, parameters: Int),
        link: String? = nil,
        statement: String? = nil,
        change: String? = nil
    ) -> IngestPaper {
        var records = ExtractedRecords()
        let scored = evidence(of: "\(score)%", in: abstract)
        records.benchmarks = [mention("GSM8K", in: abstract)]
        records.claims = [claim(score, .score, on: "GSM8K", by: model.name, scored)].compactMap { $0 }
        records.modelSizes = [
            ModelSize(
                model: model.name,
                parameters: model.parameters,
                evidence: evidence(of: model.name, in: abstract),
                confidence: 0.9
            )
        ]
        if let link {
            let evidence = evidence(of: link, in: abstract)
            records.links = [Link(url: link, kind: .code, evidence: evidence, confidence: 0.95)]
        }
        if let statement {
            let evidence = evidence(of: statement, in: abstract)
            records.sotaClaims = [
                SOTAClaim(
                    strength: .sets,
                    subject: model.name,
                    benchmarks: ["GSM8K"],
                    evidence: evidence,
                    confidence: 0.9
                )
            ]
        }
        if let change {
            records.benchmarks.append(mention("MMLU", in: abstract))
            let evidence = evidence(of: "\(change)%", in: abstract)
            records.claims += [claim(change, .change, on: "MMLU", by: model.name, evidence)].compactMap { $0 }
        }
        let paper = Paper(
            title: title,
            abstract: abstract,
            identifiers: [PaperIdentifier(scheme: .arxiv, value: arxiv)].compactMap { $0 },
            published: PublicationDate(date),
            url: "https://arxiv.org/abs/\(arxiv)"
        )
        return IngestPaper(paper: paper, records: records, extractor: Extractor.version)
    }

    private static func claim(
        _ value: String,
        _ kind: ClaimKind,
        on benchmark: String,
        by subject: String,
        _ evidence: Evidence
    ) -> ExtractedClaim? {
        ExactDecimal(value).map { value in
            ExtractedClaim(
                value: value,
                unit: "percent",
                kind: kind,
                metric: "accuracy",
                benchmarks: [benchmark],
                subject: subject,
                evidence: evidence,
                confidence: 0.9
            )
        }
    }

    private static func mention(_ name: String, in abstract: String) -> BenchmarkMention {
        BenchmarkMention(name: name, role: .evaluated, evidence: evidence(of: name, in: abstract), confidence: 0.9)
    }

    /// The first place of some words in an abstract; the words have to be there.
    private static func evidence(of words: String, in abstract: String) -> Evidence {
        guard let range = abstract.firstRange(of: words) else { preconditionFailure("\(words) is not in the abstract") }
        let start = abstract.utf8.distance(from: abstract.startIndex, to: range.lowerBound)
        return Evidence(source: .abstract, start: start, end: start + words.utf8.count, text: words)
    }
}
