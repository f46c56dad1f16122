/// One paper's hand-made and extracted records, in the forms in which they are compared.
struct PaperComparison {
    let wanted: AnnotatedRecord
    let found: AnnotatedRecord
    let wantedNumbers: [ComparedNumber]
    let foundNumbers: [ComparedNumber]
    /// Long names that either side gives, each with the short name that counts.
    private let shortNames: [String: String]

    init(wanted: AnnotatedRecord, found: AnnotatedRecord) {
        var shortNames: [String: String] = [:]
        for benchmark in (wanted.benchmarks ?? []) + (found.benchmarks ?? []) {
            guard let fullName = benchmark.fullName, !fullName.isEmpty else { continue }
            shortNames[ComparedNames.name(fullName)] = ComparedNames.name(benchmark.name)
        }
        self.wanted = wanted
        self.found = found
        self.shortNames = shortNames
        self.wantedNumbers = (wanted.results ?? []).map {
            ComparedNumber($0, names: Self.names($0.benchmarks, shortNames))
        }
        self.foundNumbers = (found.results ?? []).map {
            ComparedNumber($0, names: Self.names($0.benchmarks, shortNames))
        }
    }

    private static func names(_ names: [String]?, _ shortNames: [String: String]) -> Set<String> {
        Set((names ?? []).map(ComparedNames.name).map { shortNames[$0] ?? $0 })
    }

    private func name(_ text: String) -> String {
        let name = ComparedNames.name(text)
        return shortNames[name] ?? name
    }

    // MARK: What is counted

    var wantedNames: [String] { Array(Self.names((wanted.benchmarks ?? []).map(\.name), shortNames)).sorted() }

    var foundNames: [(key: String, confidence: Double?)] {
        var best: [String: Double?] = [:]
        for benchmark in found.benchmarks ?? [] { best[name(benchmark.name)] = benchmark.confidence }
        return best.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    var wantedSizes: [ComparedSize] { (wanted.modelSizes ?? []).map(ComparedSize.init) }

    var foundSizes: [(key: ComparedSize, confidence: Double?)] {
        (found.modelSizes ?? []).map { (ComparedSize($0), $0.confidence) }
    }

    var wantedLinks: [String] { (wanted.links ?? []).map(\.url) }

    var foundLinks: [(key: String, confidence: Double?)] { (found.links ?? []).map { ($0.url, $0.confidence) } }

    var wantedStatements: [ComparedStatement] { (wanted.sota ?? []).map(statement) }

    var foundStatements: [(key: ComparedStatement, confidence: Double?)] {
        (found.sota ?? []).map { (statement($0), $0.confidence) }
    }

    private func statement(_ statement: AnnotatedRecord.Statement) -> ComparedStatement {
        ComparedStatement(strength: statement.strength, names: Self.names(statement.benchmarks, shortNames).sorted())
    }

    // MARK: Fields

    /// For each field of each thing that both sides have: whether they agree on it.
    var fieldAgreements: [(Evaluation.Field, Bool)] {
        numberAgreements + benchmarkAgreements + sizeAgreements + linkAgreements
    }

    /// Each wanted number with the found one that agrees best, each found one once.
    var numberPairs: [(wanted: ComparedNumber, found: ComparedNumber)] {
        var left = foundNumbers
        return wantedNumbers.compactMap { wanted in
            var best: (index: Int, score: (Int, Int))?
            for (index, candidate) in left.enumerated() where candidate.number == wanted.number {
                let score = (candidate.names == wanted.names ? 1 : 0, candidate.agreements(with: wanted).count { $0.1 })
                if best.map({ score > $0.score }) ?? true { best = (index, score) }
            }
            return best.map { (wanted, left.remove(at: $0.index)) }
        }
    }

    private var numberAgreements: [(Evaluation.Field, Bool)] {
        numberPairs.flatMap { $0.found.agreements(with: $0.wanted) }
    }

    private var benchmarkAgreements: [(Evaluation.Field, Bool)] {
        let byName = Dictionary((found.benchmarks ?? []).map { (name($0.name), $0) }) { $1 }
        return (wanted.benchmarks ?? []).flatMap { wanted -> [(Evaluation.Field, Bool)] in
            guard let other = byName[name(wanted.name)] else { return [] }
            let counts = ((wanted.counts ?? []).map(\.count).sorted(), (other.counts ?? []).map(\.count).sorted())
            let role = (Evaluation.Field.role, wanted.role == other.role)
            return counts.0.isEmpty && counts.1.isEmpty ? [role] : [role, (.counts, counts.0 == counts.1)]
        }
    }

    private var sizeAgreements: [(Evaluation.Field, Bool)] {
        var pool = found.modelSizes ?? []
        return (wanted.modelSizes ?? []).compactMap { wanted in
            let same = pool.indices.filter { ComparedSize(pool[$0]) == ComparedSize(wanted) }
            let model = wanted.model.map(ComparedNames.name)
            let isAgreed = { (index: Int) in pool[index].model.map(ComparedNames.name) == model }
            guard let best = same.first(where: isAgreed) ?? same.first else { return nil }
            defer { pool.remove(at: best) }
            return (.model, isAgreed(best))
        }
    }

    private var linkAgreements: [(Evaluation.Field, Bool)] {
        let kinds = Dictionary((found.links ?? []).map { ($0.url, $0.kind) }) { $1 }
        return (wanted.links ?? []).compactMap { link in kinds[link.url].map { (.linkKind, $0 == link.kind) } }
    }
}
