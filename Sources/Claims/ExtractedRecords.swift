/// What an extractor reads from one paper: the five kinds of record of the annotation guide.
public struct ExtractedRecords: Sendable, Hashable {
    /// Named benchmarks, each once.
    public var benchmarks: [BenchmarkMention] = []
    /// Reported numbers, in the order in which they are printed.
    ///
    /// The guide calls them results.
    public var claims: [ExtractedClaim] = []
    /// Statements about the state of the art, in the order of the text.
    public var sotaClaims: [SOTAClaim] = []
    /// Stated parameter counts, each once.
    public var modelSizes: [ModelSize] = []
    /// URLs and install names, each once.
    public var links: [Link] = []

    /// No record of any kind.
    public init() {}
}

/// One reported number.
///
/// Field by field as in the annotation guide.
public struct ExtractedClaim: Sendable, Hashable {
    /// The number as printed, without separators, signs of change and unit.
    public var value: ExactDecimal
    /// The upper end of a printed range.
    public var valueHigh: ExactDecimal?
    /// `percent`, `points`, `times`, `none`, or the printed unit in its singular form (`ms`, `USD`, `dB`).
    public var unit: String
    /// A level reached, or a change.
    public var kind: ClaimKind
    /// For a change: whether it is said of the level (`true`) or in points (`false`); `nil` where the words do not tell.
    public var relative: Bool?
    /// How the number bounds the true one.
    public var bound: Bound
    /// The metric as printed.
    public var metric: String?
    /// The benchmarks as printed; empty where none is named.
    public var benchmarks: [String]
    /// Average or maximum, where the number is said to be one over several benchmarks or tasks.
    public var aggregate: Aggregate?
    /// The system that the number is for, as printed.
    public var subject: String?
    /// What a change is compared with, as printed.
    public var baseline: String?
    /// The words it was read from.
    public var evidence: Evidence
    /// How often records like this one are right, 0...1.
    public var confidence: Double
    /// The rules that made the record, in the order in which they fired; for people who ask why.
    public var rules: [String]

    /// Makes a claim; what is not given is empty.
    public init(
        value: ExactDecimal,
        valueHigh: ExactDecimal? = nil,
        unit: String,
        kind: ClaimKind,
        relative: Bool? = nil,
        bound: Bound = .exact,
        metric: String? = nil,
        benchmarks: [String] = [],
        aggregate: Aggregate? = nil,
        subject: String? = nil,
        baseline: String? = nil,
        evidence: Evidence,
        confidence: Double,
        rules: [String] = []
    ) {
        self.value = value
        self.valueHigh = valueHigh
        self.unit = unit
        self.kind = kind
        self.relative = relative
        self.bound = bound
        self.metric = metric
        self.benchmarks = benchmarks
        self.aggregate = aggregate
        self.subject = subject
        self.baseline = baseline
        self.evidence = evidence
        self.confidence = confidence
        self.rules = rules
    }
}

/// A size that an abstract states of a benchmark.
public struct BenchmarkCount: Sendable, Hashable {
    /// How many.
    public var count: Int
    /// Of what: the noun as printed.
    public var of: String

    /// Makes a count of something.
    public init(count: Int, of: String) {
        self.count = count
        self.of = of
    }
}

/// A benchmark that a paper names.
public struct BenchmarkMention: Sendable, Hashable {
    /// The name as printed; the acronym where both are printed.
    public var name: String
    /// The long form, where both are printed.
    public var fullName: String?
    /// What the paper does with it.
    public var role: BenchmarkRole
    /// The sizes that are stated of it.
    public var counts: [BenchmarkCount]
    /// The first place where it is named.
    public var evidence: Evidence
    /// How often records like this one are right, 0...1.
    public var confidence: Double
    /// The rules that made the record, in the order in which they fired; for people who ask why.
    public var rules: [String]

    /// Makes a mention; what is not given is empty.
    public init(
        name: String,
        fullName: String? = nil,
        role: BenchmarkRole,
        counts: [BenchmarkCount] = [],
        evidence: Evidence,
        confidence: Double,
        rules: [String] = []
    ) {
        self.name = name
        self.fullName = fullName
        self.role = role
        self.counts = counts
        self.evidence = evidence
        self.confidence = confidence
        self.rules = rules
    }
}

/// A statement that a system is the best, or as good as the best.
public struct SOTAClaim: Sendable, Hashable {
    /// How strong the statement is.
    public var strength: SOTAStrength
    /// The system, as printed.
    public var subject: String?
    /// The benchmarks as printed; empty where none is named.
    public var benchmarks: [String]
    /// The words it was read from.
    public var evidence: Evidence
    /// How often records like this one are right, 0...1.
    public var confidence: Double
    /// The rules that made the record, in the order in which they fired; for people who ask why.
    public var rules: [String]

    /// Makes a statement.
    public init(
        strength: SOTAStrength,
        subject: String? = nil,
        benchmarks: [String] = [],
        evidence: Evidence,
        confidence: Double,
        rules: [String] = []
    ) {
        self.strength = strength
        self.subject = subject
        self.benchmarks = benchmarks
        self.evidence = evidence
        self.confidence = confidence
        self.rules = rules
    }
}

/// A stated number of parameters.
public struct ModelSize: Sendable, Hashable {
    /// The model's name as printed; `nil` where none is named.
    public var model: String?
    /// How many parameters.
    public var parameters: Int
    /// The upper end of a printed range.
    public var parametersHigh: Int?
    /// How the number bounds the true one.
    public var bound: Bound
    /// The words it was read from.
    public var evidence: Evidence
    /// How often records like this one are right, 0...1.
    public var confidence: Double
    /// The rules that made the record, in the order in which they fired; for people who ask why.
    public var rules: [String]

    /// Makes a size.
    public init(
        model: String?,
        parameters: Int,
        parametersHigh: Int? = nil,
        bound: Bound = .exact,
        evidence: Evidence,
        confidence: Double,
        rules: [String] = []
    ) {
        self.model = model
        self.parameters = parameters
        self.parametersHigh = parametersHigh
        self.bound = bound
        self.evidence = evidence
        self.confidence = confidence
        self.rules = rules
    }
}

/// A URL, or an install name as a package URL (`pkg:pypi/name`).
public struct Link: Sendable, Hashable {
    /// The URL, cleaned up.
    public var url: String
    /// What is behind it.
    public var kind: LinkKind
    /// The words it was read from.
    public var evidence: Evidence
    /// How often records like this one are right, 0...1.
    public var confidence: Double
    /// The rules that made the record, in the order in which they fired; for people who ask why.
    public var rules: [String]

    /// Makes a link.
    public init(url: String, kind: LinkKind, evidence: Evidence, confidence: Double, rules: [String] = []) {
        self.url = url
        self.kind = kind
        self.evidence = evidence
        self.confidence = confidence
        self.rules = rules
    }
}

/// What produced a record.
public struct ExtractorVersion: Sendable, Hashable, CustomStringConvertible {
    /// The extractor's name, such as `rules`.
    public var name: String
    /// Its version, `major.minor.patch`.
    public var version: String

    /// Makes a version.
    public init(name: String, version: String) {
        self.name = name
        self.version = version
    }

    /// Both in one word: `rules/1.0.0`.
    public var description: String { "\(name)/\(version)" }
}
