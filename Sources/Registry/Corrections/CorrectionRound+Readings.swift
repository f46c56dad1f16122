import Claims
import Formats
internal import Postgres

extension CorrectionRound {
    /// Calls the body with the type of reading that a kind of record is.
    func withReading<R>(
        _ type: RecordType,
        _ body: (any CorrectableReading.Type) async throws -> R
    ) async throws -> R? {
        switch type {
        case .claim: try await body(ExtractedClaim.self)
        case .sotaClaim: try await body(SOTAClaim.self)
        case .modelSize: try await body(ModelSize.self)
        case .link: try await body(Link.self)
        case .paperBenchmark: try await body(BenchmarkMention.self)
        case .paper, .benchmark, .metric, .model: nil
        }
    }

    /// Reads what a patch makes of a reading, without writing anything.
    ///
    /// - Throws: `CorrectionRefused` with all that is wrong.
    func patched<Reading: CorrectableReading>(
        _ reading: Reading,
        by correction: Correction,
        texts: PaperTexts
    ) throws(CorrectionRefused) -> (Reading, PatchedNames) {
        var reading = reading
        var names = PatchedNames()
        var patch = PatchReader(correction.patch)
        let isNew = correction.operation == .create
        if isNew {
            patch.require(["paper"] + Reading.requiredFields)
            patch.member("paper", PatchValue.integer(1...Int.max)) { _ in }
        } else if patch.names.isEmpty {
            patch.refuse("", "Must have at least one member.")
        }
        let hasEvidence = patch.names.contains("evidence")
        reading.take(&patch, names: &names)
        // What is taken back may have said the same twice.
        if correction.reverts == nil, patch.faults.isEmpty { refuseDuplicates(names.benchmarks ?? [], &patch) }
        var source: Evidence.Source?
        patch.member("evidence_in", PatchValue.word(Evidence.Source.self)) { source = $0 }
        var words: String??
        patch.member("evidence", PatchValue.optional(PatchValue.text(IngestLimits.abstractBytes))) { words = .some($0) }
        if case .some(.none) = words {
            reading.evidence = Reading.noEvidence
            if correction.sourceURL == nil && correction.reverts == nil {
                patch.refuse("evidence", "Must be given, unless source_url says where else it is written.")
            }
        } else if case .some(.some(let words)) = words {
            if let evidence = texts.evidence(words, in: source) {
                reading.evidence = evidence
            } else {
                patch.refuse(
                    "evidence",
                    "Does not stand letter for letter in the paper's \(source?.rawValue ?? "abstract or title")."
                )
            }
        } else if let source, !hasEvidence {
            if isNew || source != reading.evidence.source {
                patch.refuse("evidence_in", "Says nothing without evidence.")
            }
        }
        if isNew && !hasEvidence && correction.sourceURL == nil {
            patch.refuse("evidence", "Must be given, unless source_url says where else it is written.")
        }
        if patch.faults.isEmpty {
            for (field, detail) in reading.contradictions { patch.refuse(field, detail) }
        }
        patch.finish()
        guard patch.faults.isEmpty else { throw CorrectionRefused(faults: patch.faults) }
        return (reading, names)
    }

    private func refuseDuplicates(_ benchmarks: [NameWord], _ patch: inout PatchReader) {
        var seen: Set<String> = []
        for (index, word) in benchmarks.enumerated() {
            let key = word.isSlug ? "slug " + word.text : "name " + NameKey(word.text).description
            if !seen.insert(key).inserted { patch.refuse("benchmarks", at: index, "Is there already.") }
        }
    }

    /// Makes sure that no benchmark stands twice in a record, under whatever names.
    static func refuseRepeated(_ benchmarks: [Int64]) throws(CorrectionRefused) {
        var seen: Set<Int64> = []
        let faults = benchmarks.enumerated().filter { !seen.insert($0.element).inserted }.map {
            CorrectionFault("/patch/benchmarks/\($0.offset)", "Stands for the same benchmark as one before it.")
        }
        guard faults.isEmpty else { throw CorrectionRefused(faults: faults) }
    }

    /// Applies a correction of a reading.
    func applyReading<Reading: CorrectableReading>(
        _ correction: Correction,
        as kind: Reading.Type,
        paper: Int64,
        texts: PaperTexts,
        restoring setByBefore: JSONNode?,
        touched: inout Touched
    ) async throws {
        var row: RecordRow<Reading>
        if let id = correction.targetID {
            let rows = try await round.storedRows(of: [paper], as: kind)[paper] ?? []
            guard let stored = rows.first(where: { $0.id == id }) else { throw IngestRace() }
            row = stored
        } else {
            let people = ExtractorVersion(name: "people", version: "1")
            guard let extractorID = try await round.extractorIDs([people])[people] else { throw IngestRace() }
            row = RecordRow(
                paperID: paper,
                reading: .blank,
                names: ReadingNames(),
                extractorID: extractorID,
                createdAt: try await transaction.query("SELECT now()::text").value(String.self)
            )
            row.id = try await round.newIDs(1, of: kind.table).first
        }
        touched.targetID = row.id
        if Reading.self == ModelSize.self, let model = row.names.target { touched.models.insert(model) }
        let old = row
        var fields: [String]
        switch correction.operation {
        case .create, .update:
            let (reading, names) = try patched(row.reading, by: correction, texts: texts)
            row.reading = reading
            try await resolve(names, in: &row, isReverting: correction.reverts != nil, touched: &touched)
            fields = correction.patch.memberNames.filter { $0 != "paper" }
        case .retract where row.status == .retracted, .restore where row.status == .active:
            throw CorrectionRefused(faults: [CorrectionFault("/operation", "It is \(row.status.rawValue) already.")])
        case .retract:
            row.status = .retracted
            fields = ["status"]
        default:
            row.status = .active
            fields = ["status"]
        }
        if fields.contains("evidence_in") { fields = fields.filter { $0 != "evidence_in" } + ["evidence"] }
        try await set(Set(fields).sorted(), of: &row, from: old, by: correction, restoring: setByBefore, &touched)
        if Reading.self == ModelSize.self, let model = row.names.target { touched.models.insert(model) }
        try await round.write([RecordPlan(written: [row])])
    }

    /// Puts down who has set which fields of a row.
    private func set<Reading: CorrectableReading>(
        _ fields: [String],
        of row: inout RecordRow<Reading>,
        from old: RecordRow<Reading>,
        by correction: Correction,
        restoring setByBefore: JSONNode?,
        _ touched: inout Touched
    ) async throws {
        var setBy = SetBy(row.setBy)
        touched.setByBefore = setBy.only(fields)
        let before = correction.before
        let setter = Setter(account: correction.proposer, correction: correction.id, at: try await now())
        for field in fields {
            if let setByBefore {
                setBy[field] = setByBefore[field]
            } else if correction.operation == .create {
                setBy[field] = setter.entry(read: nil)
            } else {
                // What was read is kept from the first correction on; before that it is what stands there.
                let read = setBy[field].map { $0["read"] } ?? before?[field]
                setBy[field] = setter.entry(read: field == "status" ? nil : read)
            }
        }
        row.setBy = setBy.json
        row.fieldsSet = Set(setBy.fields.map(\.name))
    }

    /// Finds what a patch's names stand for, and makes what is not known.
    private func resolve<Reading: CorrectableReading>(
        _ names: PatchedNames,
        in row: inout RecordRow<Reading>,
        isReverting: Bool,
        touched: inout Touched
    ) async throws {
        var resolved = ResolvedNames()
        if let metric = names.metric {
            let found = try await resolve(metric.map { [$0] } ?? [], .metric, at: "/patch/metric", &touched).first
            resolved.metric = .some(found?.text)
            row.names.metric = found?.id
        }
        if let benchmarks = names.benchmarks {
            let known = Dictionary(zip(benchmarkNames(of: row.reading), row.names.benchmarks)) { first, _ in first }
            let unknown = benchmarks.filter { $0.isSlug || known[$0.text] == nil }
            let found = try await resolve(unknown, .benchmark, at: "/patch/benchmarks", &touched)
            let new = Dictionary(zip(unknown, found)) { first, _ in first }
            let all = benchmarks.map { word in new[word] ?? (text: word.text, id: known[word.text] ?? 0) }
            resolved.benchmarks = all.map(\.text)
            row.names.benchmarks = all.map(\.id)
            if !isReverting { try Self.refuseRepeated(row.names.benchmarks) }
        }
        if let printed = names.printed, let kind = Reading.targetKind {
            let words = printed.map { kind == .model && !$0.isSlug && PaperNames.isGeneric($0.text) ? [] : [$0] } ?? []
            let found = try await resolve(words, kind, at: "/patch", &touched).first
            resolved.printed = .some(found?.text ?? printed?.text)
            if !row.fieldsSet.contains(kind.rawValue) || Reading.self == ModelSize.self { row.names.target = found?.id }
        }
        if let target = names.target, let kind = Reading.targetKind {
            let words = target.map { [$0] } ?? []
            row.names.target = try await resolve(words, kind, at: "/patch/\(kind.rawValue)", &touched).first?.id
        }
        row.reading.setNames(resolved)
        for id in row.names.benchmarks { touched.used.insert(NameID(kind: .benchmark, id: id)) }
        if let metric = row.names.metric { touched.used.insert(NameID(kind: .metric, id: metric)) }
        if let target = row.names.target, let kind = Reading.targetKind {
            touched.used.insert(NameID(kind: kind, id: target))
        }
    }

    private func benchmarkNames(of reading: some CorrectableReading) -> [String] {
        switch reading {
        case let claim as ExtractedClaim: claim.benchmarks
        case let statement as SOTAClaim: statement.benchmarks
        default: []
        }
    }
}
