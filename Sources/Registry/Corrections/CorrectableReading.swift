import Claims
import Formats

/// The names that a patch gives to a reading, apart from it because what they stand for is still to be found.
struct PatchedNames: Sendable, Hashable {
    var metric: NameWord??
    var benchmarks: [NameWord]?
    /// The subject of a claim, the model of a size, the benchmark of a mention: as printed.
    var printed: NameWord??
    /// What the record is for, whatever is printed.
    var target: NameWord??
}

/// A kind of reading that people can correct.
protocol CorrectableReading: StoredReading {
    static var recordType: RecordType { get }
    /// The fields that a record that is made by hand needs.
    static var requiredFields: [String] { get }
    /// What its ``ReadingNames/target`` is.
    static var targetKind: NameKind? { get }

    /// A record of which nothing is known yet.
    static var blank: Self { get }

    var evidence: Evidence { get set }
    var confidence: Double { get set }

    /// Takes the fields that are there from a patch.
    mutating func take(_ patch: inout PatchReader, names: inout PatchedNames)

    /// Puts names into the reading, as printed.
    mutating func setNames(_ names: ResolvedNames)

    /// What is wrong with the reading as a whole: a field's name and a sentence.
    var contradictions: [(field: String, detail: String)] { get }
}

/// Names as printed, where a patch gives any.
struct ResolvedNames: Sendable, Hashable {
    var metric: String??
    var benchmarks: [String]?
    var printed: String??
}

extension CorrectableReading {
    static var noEvidence: Evidence { Evidence(source: .abstract, start: 0, end: 0, text: "") }
}

extension ExtractedClaim: CorrectableReading {
    static let recordType = RecordType.claim
    static let requiredFields = ["value", "unit", "kind"]
    static let targetKind: NameKind? = .model
    static var blank: ExtractedClaim {
        ExtractedClaim(value: ExactDecimal(0), unit: "none", kind: .score, evidence: noEvidence, confidence: 1)
    }

    mutating func take(_ patch: inout PatchReader, names: inout PatchedNames) {
        patch.member("value", PatchValue.decimal) { value = $0 }
        patch.member("value_high", PatchValue.optional(PatchValue.decimal)) { valueHigh = $0 }
        patch.member("unit", PatchValue.text(IngestLimits.unitBytes)) { unit = $0 }
        patch.member("kind", PatchValue.word()) { kind = $0 }
        patch.member("relative", PatchValue.optional(PatchValue.boolean)) { relative = $0 }
        patch.member("bound", PatchValue.word()) { bound = $0 }
        patch.member("aggregate", PatchValue.optional(PatchValue.word())) { aggregate = $0 }
        patch.member("baseline", PatchValue.optional(PatchValue.text(IngestLimits.nameBytes))) { baseline = $0 }
        patch.member("metric", PatchValue.optional(PatchValue.name)) { names.metric = .some($0) }
        patch.member("benchmarks", PatchValue.list(of: PatchValue.name, maximum: 100)) { names.benchmarks = $0 }
        patch.member("subject", PatchValue.optional(PatchValue.text(IngestLimits.nameBytes))) { text in
            names.printed = .some(text.map { NameWord(text: $0, pointer: "") })
        }
        patch.member("model", PatchValue.optional(PatchValue.name)) { names.target = .some($0) }
    }

    mutating func setNames(_ names: ResolvedNames) {
        if let metric = names.metric { self.metric = metric }
        if let benchmarks = names.benchmarks { self.benchmarks = benchmarks }
        if let subject = names.printed { self.subject = subject }
    }

    var contradictions: [(field: String, detail: String)] {
        var found: [(String, String)] = []
        if let valueHigh, valueHigh < value { found.append(("value_high", "Must not be less than value.")) }
        if kind == .score && relative != nil { found.append(("relative", "Must be null for a score.")) }
        return found
    }
}

extension SOTAClaim: CorrectableReading {
    static let recordType = RecordType.sotaClaim
    static let requiredFields = ["strength"]
    static let targetKind: NameKind? = .model
    static var blank: SOTAClaim { SOTAClaim(strength: .sets, evidence: noEvidence, confidence: 1) }

    mutating func take(_ patch: inout PatchReader, names: inout PatchedNames) {
        patch.member("strength", PatchValue.word()) { strength = $0 }
        patch.member("benchmarks", PatchValue.list(of: PatchValue.name, maximum: 100)) { names.benchmarks = $0 }
        patch.member("subject", PatchValue.optional(PatchValue.text(IngestLimits.nameBytes))) { text in
            names.printed = .some(text.map { NameWord(text: $0, pointer: "") })
        }
        patch.member("model", PatchValue.optional(PatchValue.name)) { names.target = .some($0) }
    }

    mutating func setNames(_ names: ResolvedNames) {
        if let benchmarks = names.benchmarks { self.benchmarks = benchmarks }
        if let subject = names.printed { self.subject = subject }
    }

    var contradictions: [(field: String, detail: String)] { [] }
}

extension ModelSize: CorrectableReading {
    static let recordType = RecordType.modelSize
    static let requiredFields = ["parameters"]
    static let targetKind: NameKind? = .model
    static var blank: ModelSize { ModelSize(model: nil, parameters: 1, evidence: noEvidence, confidence: 1) }

    mutating func take(_ patch: inout PatchReader, names: inout PatchedNames) {
        patch.member("parameters", PatchValue.integer(1...Int.max)) { parameters = $0 }
        patch.member("parameters_high", PatchValue.optional(PatchValue.integer(1...Int.max))) { parametersHigh = $0 }
        patch.member("bound", PatchValue.word()) { bound = $0 }
        patch.member("model", PatchValue.optional(PatchValue.name)) { names.printed = .some($0) }
    }

    mutating func setNames(_ names: ResolvedNames) {
        if let model = names.printed { self.model = model }
    }

    var contradictions: [(field: String, detail: String)] {
        guard let parametersHigh, parametersHigh < parameters else { return [] }
        return [("parameters_high", "Must not be less than parameters.")]
    }
}

extension Link: CorrectableReading {
    static let recordType = RecordType.link
    static let requiredFields = ["url", "kind"]
    static let targetKind: NameKind? = nil
    static var blank: Link { Link(url: "", kind: .other, evidence: noEvidence, confidence: 1) }

    mutating func take(_ patch: inout PatchReader, names: inout PatchedNames) {
        patch.member("url", PatchValue.link) { url = $0 }
        patch.member("kind", PatchValue.word()) { kind = $0 }
    }

    mutating func setNames(_ names: ResolvedNames) {}

    var contradictions: [(field: String, detail: String)] { [] }
}

extension BenchmarkMention: CorrectableReading {
    static let recordType = RecordType.paperBenchmark
    static let requiredFields = ["name", "role"]
    static let targetKind: NameKind? = .benchmark
    static var blank: BenchmarkMention {
        BenchmarkMention(name: "", role: .mentioned, evidence: noEvidence, confidence: 1)
    }

    mutating func take(_ patch: inout PatchReader, names: inout PatchedNames) {
        patch.member("role", PatchValue.word()) { role = $0 }
        patch.member("full_name", PatchValue.optional(PatchValue.text(IngestLimits.nameBytes))) { fullName = $0 }
        patch.member("counts", PatchValue.list(of: Self.count, maximum: 50)) { counts = $0 }
        patch.member("name", PatchValue.name) { names.printed = .some($0) }
        patch.member("benchmark", PatchValue.name) { names.target = .some($0) }
    }

    mutating func setNames(_ names: ResolvedNames) {
        if case .some(.some(let name)) = names.printed { self.name = name }
    }

    var contradictions: [(field: String, detail: String)] { [] }

    private static func count(_ node: JSONNode) throws(CorrectionFault) -> BenchmarkCount {
        guard case .object(let members) = node, let count = node["count"], let of = node["of"], members.count == 2
        else {
            throw CorrectionFault("", "Must be an object with the members count and of.")
        }
        do throws(CorrectionFault) {
            return BenchmarkCount(
                count: try PatchValue.integer(0...Int.max)(count),
                of: try PatchValue.text(IngestLimits.nameBytes)(of)
            )
        } catch {
            throw CorrectionFault("", "Must have a whole number as count and a text as of.")
        }
    }
}
