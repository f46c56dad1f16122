import Claims

/// The names that one paper uses, and how they hang together within it.
struct PaperNames: Sendable {
    /// A benchmark's name with the long form that the paper gives it.
    struct Benchmark: Sendable, Hashable {
        var name: String
        var others: [String]
    }

    /// The benchmarks, each once, in the order of the text.
    private(set) var benchmarks: [Benchmark] = []
    private var positions: [NameKey: Int] = [:]
    /// The metrics' names, as printed.
    let metrics: [String]
    /// The models' names, as printed, without those that any paper could use.
    let models: [String]

    /// Collects the names of a paper's records.
    init(_ records: ExtractedRecords) {
        metrics = records.claims.compactMap(\.metric).filter { !NameKey($0).description.isEmpty }
        models = (records.claims.map(\.subject) + records.sotaClaims.map(\.subject) + records.modelSizes.map(\.model))
            .compactMap { $0 }.filter { !Self.isGeneric($0) }
        for mention in records.benchmarks { add(mention) }
        for name in records.claims.flatMap(\.benchmarks) + records.sotaClaims.flatMap(\.benchmarks)
        where positions[NameKey(name)] == nil {
            positions[NameKey(name)] = benchmarks.count
            benchmarks.append(Benchmark(name: name, others: []))
        }
    }

    /// The position in ``benchmarks`` of a name as this paper prints it.
    ///
    /// - Precondition: it is one of the names that the paper's records have.
    func position(ofBenchmark name: String) -> Int {
        guard let position = positions[NameKey(name)] else { preconditionFailure("a name that is not the paper's") }
        return position
    }

    private mutating func add(_ mention: BenchmarkMention) {
        let key = NameKey(mention.name)
        let longKey = mention.fullName.map { NameKey($0) }.flatMap { $0.description.isEmpty ? nil : $0 }
        guard positions[key] == nil else { return }
        if let longKey, let position = positions[longKey] {
            positions[key] = position
            return
        }
        positions[key] = benchmarks.count
        if let longKey { positions[longKey] = benchmarks.count }
        guard let fullName = mention.fullName, let longKey else {
            benchmarks.append(Benchmark(name: mention.name, others: []))
            return
        }
        // In "VOC 2007 and 2012" the second name is "2012", which means nothing outside this paper.
        let isFragment = longKey != key && longKey.description.hasSuffix(key.description)
        benchmarks.append(
            isFragment
                ? Benchmark(name: fullName, others: [])
                : Benchmark(name: mention.name, others: [fullName])
        )
    }

    /// Whether a system's name tells it from no other: "our method", "the proposed model", "a 7B model", "baselines".
    static func isGeneric(_ name: String) -> Bool {
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }
        guard let first = words.first, let last = words.last else { return true }
        if selfWords.contains(first) { return true }
        return words.count <= 4 && kindWords.contains(last) && words.dropLast().allSatisfy(plainWords.contains)
    }

    private static let selfWords: Set<Substring> = [
        "our", "ours", "we", "this", "these", "it", "its", "they", "their", "both", "each", "all", "proposed", "such",
    ]
    private static let kindWords: Set<Substring> = [
        "method", "methods", "model", "models", "approach", "approaches", "system", "systems", "framework",
        "frameworks",
        "algorithm", "algorithms", "network", "networks", "agent", "agents", "pipeline", "architecture", "baseline",
        "baselines", "technique", "techniques", "solution", "classifier", "detector", "policy", "variant", "variants",
        "art", "sota", "llm", "llms", "vlm", "vlms", "mllms", "best", "ensemble", "treatment", "student", "teacher",
    ]
    private static let plainWords: Set<Substring> = [
        "the", "a", "an", "proposed", "best", "new", "novel", "full", "final", "single", "hybrid", "baseline",
        "current",
        "existing", "previous", "prior", "other", "first", "second", "resulting", "trained", "main", "state", "of",
        "ensemble", "neural", "deep", "learned", "strong", "strongest", "top", "simple", "same", "base", "small",
        "large",
    ]
}
