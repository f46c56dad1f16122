import Claims
import Registry

/// Papers made for tests, in as few words as they take.
enum Sample {
    static let extractor = ExtractorVersion(name: "rules", version: "1.0.0")
    static let evidence = Evidence(source: .abstract, start: 0, end: 4, text: "Some")

    /// A paper with an abstract of its own and the given records.
    static func paper(
        _ title: String,
        abstract: String = "Some words.",
        identifiers: [String] = [],
        published: String? = nil,
        claims: [ExtractedClaim] = [],
        sizes: [(String, Int)] = [],
        code: String? = nil,
        extractor: ExtractorVersion = Sample.extractor
    ) -> IngestPaper {
        var records = ExtractedRecords()
        records.claims = claims
        records.benchmarks = Set(claims.flatMap(\.benchmarks)).sorted().map {
            BenchmarkMention(name: $0, role: .evaluated, evidence: evidence, confidence: 0.9)
        }
        records.modelSizes = sizes.map {
            ModelSize(model: $0.0, parameters: $0.1, evidence: evidence, confidence: 0.9)
        }
        records.links = code.map { [Link(url: $0, kind: .code, evidence: evidence, confidence: 0.9)] } ?? []
        let paper = Paper(
            title: title,
            abstract: abstract,
            identifiers: identifiers.compactMap { PaperIdentifier(recognising: $0) },
            published: published.flatMap { PublicationDate($0) }
        )
        return IngestPaper(paper: paper, records: records, extractor: extractor)
    }

    /// A number that a paper reports.
    static func claim(
        _ value: String,
        high: String? = nil,
        unit: String = "percent",
        kind: ClaimKind = .score,
        bound: Bound = .exact,
        metric: String? = "accuracy",
        on benchmarks: [String] = ["GSM8K"],
        by subject: String? = "Owl",
        evidence: Evidence = Sample.evidence
    ) throws -> ExtractedClaim {
        ExtractedClaim(
            value: try decimal(value),
            valueHigh: try high.map(decimal),
            unit: unit,
            kind: kind,
            bound: bound,
            metric: metric,
            benchmarks: benchmarks,
            subject: subject,
            evidence: evidence,
            confidence: 0.9,
            rules: ["test"]
        )
    }

    private static func decimal(_ text: String) throws -> ExactDecimal {
        guard let number = ExactDecimal(text) else { throw NotANumber(text: text) }
        return number
    }

    /// A value in a test that is no decimal.
    struct NotANumber: Error {
        var text: String
    }
}
