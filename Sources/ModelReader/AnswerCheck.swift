import Claims

/// Holds an answer against the paper: what does not stand there is not kept.
struct AnswerCheck {
    private let paper: SpacedPaper
    private(set) var records = ExtractedRecords()
    private(set) var dropped = DroppedRecords()

    /// How often a checked record of a language model is taken to be right, until it is measured for the model at hand.
    private static let confidence = 0.7
    private static let rules = ["model"]

    /// Checks an answer.
    init(_ answer: ModelAnswer, paper: SpacedPaper) {
        self.paper = paper
        keep(answer.benchmarks, as: \.benchmarks) { $0.checked($1) }
        keep(answer.results, as: \.claims) { $0.checked($1) }
        keep(answer.sota, as: \.sotaClaims) { $0.checked($1) }
        keep(answer.modelSizes, as: \.modelSizes) { $0.checked($1) }
        keep(answer.links, as: \.links) { $0.checked($1) }
        records.claims.sort { ($0.evidence.start, $0.value) < ($1.evidence.start, $1.value) }
        records.sotaClaims.sort { $0.evidence.start < $1.evidence.start }
    }

    /// Why a record is not kept.
    private enum Fault: Error {
        case evidence
        case value
    }

    private mutating func keep<Answered, Record: Hashable>(
        _ list: LossyList<Answered>?,
        as kind: WritableKeyPath<ExtractedRecords, [Record]>,
        check: (inout AnswerCheck, Answered) -> Result<Record, Fault>
    ) {
        guard let list else { return }
        dropped.malformed += list.malformed
        var seen: Set<Record> = []
        for answered in list.elements {
            switch check(&self, answered) {
            case .success(let record):
                if seen.insert(record).inserted { records[keyPath: kind].append(record) } else { dropped.repeated += 1 }
            case .failure(.evidence): dropped.withoutEvidence += 1
            case .failure(.value): dropped.withoutValue += 1
            }
        }
    }

    // MARK: Kinds

    private mutating func checked(_ benchmark: ModelAnswer.Benchmark) -> Result<BenchmarkMention, Fault> {
        guard let found = paper.evidence(benchmark.evidence, orTitle: true) else { return .failure(.evidence) }
        guard SpacedText(found.text).place(of: benchmark.name) != nil else { return .failure(.value) }
        // The first place where it is named, as for every reader.
        let counts = benchmark.counts?.elements ?? []
        let text = PrintedNumbers(in: paper.abstract.text)
        let kept = counts.filter { $0.count >= 0 && text.contain($0.count) && paper.mentions($0.of) }
        dropped.fields += counts.count - kept.count + (benchmark.counts?.malformed ?? 0)
        return .success(
            BenchmarkMention(
                name: benchmark.name,
                fullName: fullName(benchmark),
                role: benchmark.role,
                counts: kept.map { BenchmarkCount(count: $0.count, of: $0.of) },
                evidence: paper.evidence(benchmark.name, orTitle: true) ?? found,
                confidence: Self.confidence,
                rules: Self.rules
            )
        )
    }

    private mutating func checked(_ result: ModelAnswer.Result) -> Result<ExtractedClaim, Fault> {
        guard let evidence = paper.evidence(result.evidence) else { return .failure(.evidence) }
        let numbers = PrintedNumbers(in: evidence.text)
        guard let value = numbers.printed(result.value.value) else { return .failure(.value) }
        let high = result.valueHigh.map { numbers.printed($0.value) }
        if let high, high == nil { return .failure(.value) }
        guard let unit = checkedUnit(result.unit) else {
            return .failure(.value)
        }
        return .success(
            ExtractedClaim(
                value: value,
                valueHigh: high ?? nil,
                unit: unit,
                kind: result.kind,
                relative: result.kind == .change ? result.relative : nil,
                bound: result.bound ?? .exact,
                metric: mentioned(result.metric),
                benchmarks: mentioned(result.benchmarks ?? []),
                aggregate: result.aggregate,
                subject: mentioned(result.subject, orAny: ["our method"]),
                baseline: result.kind == .change ? mentioned(result.baseline, orAny: ["SOTA"]) : nil,
                evidence: evidence,
                confidence: Self.confidence,
                rules: Self.rules
            )
        )
    }

    private mutating func checked(_ statement: ModelAnswer.Statement) -> Result<SOTAClaim, Fault> {
        guard let evidence = paper.evidence(statement.evidence) else { return .failure(.evidence) }
        return .success(
            SOTAClaim(
                strength: statement.strength,
                subject: mentioned(statement.subject, orAny: ["our method"]),
                benchmarks: mentioned(statement.benchmarks ?? []),
                evidence: evidence,
                confidence: Self.confidence,
                rules: Self.rules
            )
        )
    }

    private mutating func checked(_ size: ModelAnswer.Size) -> Result<ModelSize, Fault> {
        guard let evidence = paper.evidence(size.evidence, orTitle: true) else { return .failure(.evidence) }
        let numbers = PrintedNumbers(in: evidence.text)
        guard size.parameters > 0, numbers.contain(size.parameters),
            size.parametersHigh.map({ numbers.contain($0) }) ?? true
        else { return .failure(.value) }
        return .success(
            ModelSize(
                model: mentioned(size.model),
                parameters: size.parameters,
                parametersHigh: size.parametersHigh,
                bound: size.bound ?? .exact,
                evidence: evidence,
                confidence: Self.confidence,
                rules: Self.rules
            )
        )
    }

    private mutating func checked(_ address: ModelAnswer.Address) -> Result<Link, Fault> {
        // What of the cleaned address stands in the text: without the scheme, or the name behind "pip install".
        let printed = address.url.split(separator: "/").drop { $0.hasSuffix(":") || $0.hasPrefix("pkg:") }
        let core = printed.joined(separator: "/")
        guard let evidence = paper.evidence(address.evidence ?? core) else { return .failure(.evidence) }
        guard SpacedText(evidence.text).mentions(core), address.url.contains(":") else { return .failure(.value) }
        return .success(
            Link(
                url: address.url,
                kind: address.kind,
                evidence: evidence,
                confidence: Self.confidence,
                rules: Self.rules
            )
        )
    }

    // MARK: Fields

    /// A field's words, where they stand in the paper or are the guide's own.
    private mutating func mentioned(_ words: String?, orAny known: [String] = []) -> String? {
        guard let words, !words.isEmpty else { return nil }
        if paper.mentions(words) || known.contains(words) { return words }
        dropped.fields += 1
        return nil
    }

    private mutating func mentioned(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.compactMap { mentioned($0) }.filter { seen.insert($0).inserted }
    }

    /// The long form of a name; one that shares its start with another name ("CIFAR-10/100") stands there in parts.
    private mutating func fullName(_ benchmark: ModelAnswer.Benchmark) -> String? {
        guard let fullName = benchmark.fullName, !fullName.isEmpty, fullName != benchmark.name else { return nil }
        let parts = fullName.split { $0 == " " || $0 == "-" }
        if paper.mentions(fullName) || parts.allSatisfy({ paper.mentions(String($0)) }) { return fullName }
        dropped.fields += 1
        return nil
    }

    /// A unit of the guide's words, or a printed one of a sane length.
    private func checkedUnit(_ unit: String) -> String? {
        unit.isEmpty || unit.utf8.count > 100 || unit.utf8.contains(0) ? nil : unit
    }
}
