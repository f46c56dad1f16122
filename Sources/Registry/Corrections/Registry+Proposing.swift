import Claims
import Formats
internal import Postgres

extension Registry {
    /// Proposes a correction.
    ///
    /// It is checked as if it were applied now. Where its base revision is older than a change to one of the fields that it
    /// touches, it is kept as conflicted, for its proposer to rebase.
    ///
    /// - Parameters:
    ///   - draft: the correction.
    ///   - principal: who proposes it.
    /// - Returns: the correction, open or conflicted.
    /// - Throws: `CorrectionRefused` with all that is wrong with it; `RegistryError` (notFound) where its target is not
    ///   there, (unavailable). Nothing is written then.
    package func propose(_ draft: CorrectionDraft, by principal: Principal) async throws -> Correction {
        let faults = draft.faults
        guard faults.isEmpty else { throw CorrectionRefused(faults: faults) }
        return try await inCorrectionRound(principal) { try await $0.propose(draft) }
    }

    /// Runs the body in a transaction of corrections, and again where another writer was quicker.
    func inCorrectionRound<R: Sendable>(
        _ principal: Principal,
        _ body: @Sendable (CorrectionRound) async throws -> R
    ) async throws -> R {
        try await inRound { try await body(CorrectionRound(round: $0, principal: principal, reader: reader)) }
    }
}

extension CorrectionDraft {
    /// What is wrong with the parts that can be told without the database.
    var faults: [CorrectionFault] {
        var faults: [CorrectionFault] = []
        if let fault = CorrectionProse.fault(reason, at: "/reason", maximum: CorrectionLimits.reasonLength) {
            faults.append(fault)
        }
        if let sourceURL, sourceURL.utf8.count > IngestLimits.urlBytes || !PatchValue.isWebAddress(sourceURL) {
            faults.append(CorrectionFault("/source_url", "Must be a web address in printable ASCII."))
        }
        if !Self.operations(on: target.type).contains(operation) {
            let list = Self.operations(on: target.type).map(\.rawValue).joined(separator: ", ")
            faults.append(CorrectionFault("/operation", "Must be one of \(list) for a \(target.type.rawValue)."))
        }
        if let baseRevision, baseRevision < 1 || operation == .create {
            faults.append(
                CorrectionFault("/base_revision", "Must be a revision of the target; a record to be made has none.")
            )
        }
        switch target {
        case .new: if operation != .create { faults.append(CorrectionFault("/target", "Must name a record.")) }
        case .id, .name:
            if operation == .create { faults.append(CorrectionFault("/target", "Must name a type only, for create.")) }
        }
        guard case .object = patch else {
            return faults + [CorrectionFault("/patch", "Must be an object, not \(patch.kind).")]
        }
        if patch.text.utf8.count > CorrectionLimits.patchBytes {
            faults.append(CorrectionFault("/patch", "Must not be longer than \(CorrectionLimits.patchBytes) bytes."))
        }
        return faults + operandFaults
    }

    /// Line breaks and other control characters in what stands on one line.
    var lineFaults: [CorrectionFault] {
        guard case .object(let members) = patch else { return [] }
        return members.filter { !["abstract", "description", "evidence"].contains($0.name) }
            .flatMap { Self.controls(in: $0.value, at: "/patch/" + PatchReader.escaped($0.name)) }
    }

    private static func controls(in node: JSONNode, at pointer: String) -> [CorrectionFault] {
        switch node {
        case .string(let text) where text.hasControls():
            [CorrectionFault(pointer, "Must not contain control characters.")]
        case .array(let elements):
            elements.enumerated().flatMap { controls(in: $1, at: "\(pointer)/\($0)") }
        case .object(let members):
            members.flatMap { controls(in: $0.value, at: pointer + "/" + PatchReader.escaped($0.name)) }
        default: []
        }
    }

    private var operandFaults: [CorrectionFault] {
        switch operation {
        case .retract, .restore:
            return patch.memberNames.map { CorrectionFault("/patch/" + $0, "There is nothing to be changed here.") }
        case .merge:
            guard case .string(let slug)? = patch["merged_into"], !slug.isEmpty, patch.memberNames.count == 1 else {
                return [CorrectionFault("/patch", "Must have the one member merged_into, the slug of another.")]
            }
            return []
        case .alias:
            var reader = PatchReader(patch)
            reader.require(["aliases"])
            reader.member("aliases", PatchValue.list(of: PatchedName.printed, maximum: 200)) { _ in }
            reader.finish()
            if reader.faults.isEmpty, patch.strings("aliases").isEmpty {
                reader.refuse("aliases", "Must have an element.")
            }
            return reader.faults
        default: return []
        }
    }

    private static func operations(on type: RecordType) -> [CorrectionOperation] {
        if type.nameKind != nil { return CorrectionOperation.proposable }
        return type == .paper ? [.update, .retract, .restore] : [.create, .update, .retract, .restore]
    }
}

extension CorrectionRound {
    /// Checks a draft against the database and keeps it.
    func propose(_ draft: CorrectionDraft) async throws -> Correction {
        var correction = try await checked(draft)
        let conflicts = try await check(&correction, of: draft)
        if conflicts { correction.state = .conflicted }
        var benchmarks: [Int64] = []
        if let id = correction.targetID { benchmarks = try await self.benchmarks(of: correction.targetType, id) }
        for word in draft.patch.strings("benchmarks") {
            if let found = try await find(.benchmark, word) { benchmarks.append(found.id) }
        }
        if correction.targetType == .benchmark, case .string(let slug)? = draft.patch["merged_into"],
            let other = try await find(.benchmark, slug)
        {
            benchmarks.append(other.id)
        }
        correction = try await insert(correction, benchmarks: benchmarks)
        try await record(correction.entry("correction.proposed", reason: correction.reason))
        guard let kept = try await self.correction(correction.id) else { throw IngestRace() }
        return kept
    }

    /// Finds a draft's target.
    private func checked(_ draft: CorrectionDraft) async throws -> Correction {
        var targetID: Int64?
        var paperID: Int64?
        switch draft.target {
        case .new(let type):
            guard type.isReading else { break }
            guard case .number(let digits)? = draft.patch["paper"], let id = Int64(digits), id > 0 else {
                throw CorrectionRefused(faults: [CorrectionFault("/patch/paper", "Must be the id of a paper.")])
            }
            guard try await state(.paper, id) != nil else {
                throw CorrectionRefused(faults: [CorrectionFault("/patch/paper", "There is no paper with this id.")])
            }
            paperID = id
        case .id(_, let id): targetID = id
        case .name(let type, let name):
            guard let kind = type.nameKind, let found = try await find(kind, name) else {
                throw CorrectionRefused(faults: [
                    CorrectionFault("/target/slug", "There is no such \(type.rawValue).")
                ])
            }
            // Who means one thing is not to change another without a word.
            guard !found.wasMerged else {
                throw CorrectionRefused(faults: [
                    CorrectionFault(
                        "/target/slug",
                        "Was merged into the \(type.rawValue) \(found.slug): name that one, if it is meant."
                    )
                ])
            }
            targetID = found.id
        }
        if let targetID {
            guard let state = try await state(draft.target.type, targetID) else {
                throw CorrectionRefused(faults: [
                    CorrectionFault("/target/id", "There is no \(draft.target.type.rawValue) with this id.")
                ])
            }
            paperID = state.paperID
        }
        return Correction(draft, targetID: targetID, paperID: paperID, by: principal)
    }

    /// Checks a correction with all that can be wrong with its draft, and sets its base.
    ///
    /// - Returns: as ``check(_:baseRevision:)``.
    func check(_ correction: inout Correction, of draft: CorrectionDraft) async throws -> Bool {
        let lineFaults = draft.lineFaults
        do {
            let conflicts = try await check(&correction, baseRevision: draft.baseRevision)
            if lineFaults.isEmpty { return conflicts }
        } catch let refused as CorrectionRefused {
            let told = Set(refused.faults.map(\.pointer))
            throw CorrectionRefused(faults: refused.faults + lineFaults.filter { !told.contains($0.pointer) })
        }
        throw CorrectionRefused(faults: lineFaults)
    }

    /// Checks a correction against its target as it is, and sets its base.
    ///
    /// - Returns: whether the target moved on since the base, in the fields that the correction touches.
    func check(_ correction: inout Correction, baseRevision: Int?) async throws -> Bool {
        let type = correction.targetType
        guard let id = correction.targetID else {
            try await checkCreation(correction)
            return false
        }
        guard let now = try await state(type, id) else {
            throw CorrectionRefused(faults: [CorrectionFault("/target", "Is not there.")])
        }
        try await checkChange(correction, now: now)
        var base = now.fields
        if let baseRevision, baseRevision != now.revision {
            guard baseRevision < now.revision, let then = try await fields(type, id, revision: baseRevision) else {
                throw CorrectionRefused(faults: [
                    CorrectionFault("/base_revision", "The newest revision is \(now.revision).")
                ])
            }
            base = then
        }
        correction.base = base
        correction.baseRevision = baseRevision ?? now.revision
        return correction.fields(current: now.fields).contains(where: \.isConflict)
    }

    private func checkCreation(_ correction: Correction) async throws {
        if let kind = correction.targetType.nameKind {
            let patched = try PatchedName(correction.patch, kind: kind, isNew: true)
            try await check(patched, kind, id: nil)
            return
        }
        guard let paper = correction.paperID else { return }
        try await checkStands(correction, paper: paper)
        try await checkReading(correction, paper: paper)
    }

    private func checkChange(_ correction: Correction, now: TargetState) async throws {
        guard let id = correction.targetID else { return }
        let status = now.fields["status"]
        if status == .string("merged") && correction.operation != .split {
            throw CorrectionRefused(faults: [CorrectionFault("/target", "Was merged into another.")])
        }
        switch correction.operation {
        case .create, .split, .unalias: break
        case .retract:
            guard status != .string("retracted") else {
                throw CorrectionRefused(faults: [CorrectionFault("/operation", "It is retracted already.")])
            }
        case .restore:
            guard status != .string("active") else {
                throw CorrectionRefused(faults: [CorrectionFault("/operation", "It is active already.")])
            }
            if let paper = now.paperID { try await checkStands(correction, paper: paper) }
        case .merge:
            guard let kind = correction.targetType.nameKind,
                case .string(let slug)? = correction.patch["merged_into"], let other = try await find(kind, slug)
            else {
                throw CorrectionRefused(faults: [
                    CorrectionFault("/patch/merged_into", "There is no such \(correction.targetType.rawValue).")
                ])
            }
            guard other.id != id else {
                throw CorrectionRefused(faults: [CorrectionFault("/patch/merged_into", "Is the target itself.")])
            }
            guard other.standing == .active else {
                throw CorrectionRefused(faults: [CorrectionFault("/patch/merged_into", "Was retracted.")])
            }
        case .alias:
            guard let kind = correction.targetType.nameKind else { break }
            var patched = PatchedName()
            patched.aliases = correction.aliases
            try await check(patched, kind, id: id)
        case .update:
            if let kind = correction.targetType.nameKind {
                try await check(PatchedName(correction.patch, kind: kind, isNew: false), kind, id: id)
            } else if correction.targetType == .paper {
                try await checkPaper(correction, of: id, now: now)
            } else if let paper = now.paperID {
                try await checkReading(correction, paper: paper)
            }
        }
    }

    private func checkPaper(_ correction: Correction, of id: Int64, now: TargetState) async throws {
        let patched = try PatchedPaper(correction.patch)
        let texts = try await texts(of: id)
        try await check(patched, of: id, texts: texts)
        guard patched.abstract != nil else { return }
        guard now.fields["status"] == .string("active") else {
            throw CorrectionRefused(faults: [
                CorrectionFault("/patch/abstract", "The paper is retracted: restore it first.")
            ])
        }
        // What the new reading does not find again is known only once it is applied; evidence set by hand stays in any case.
        try await checkEvidence(of: id, in: texts.patched(by: patched), where: "r.set_by ? 'evidence'")
    }

    private func checkReading(_ correction: Correction, paper: Int64) async throws {
        let texts = try await texts(of: paper)
        _ = try await withReading(correction.targetType) { kind in
            try await checkReading(correction, as: kind, paper: paper, texts: texts)
        }
    }

    private func checkReading<Reading: CorrectableReading>(
        _ correction: Correction,
        as kind: Reading.Type,
        paper: Int64,
        texts: PaperTexts
    ) async throws {
        var reading = Reading.blank
        if let id = correction.targetID {
            let rows = try await round.storedRows(of: [paper], as: kind)[paper] ?? []
            guard let row = rows.first(where: { $0.id == id }) else { throw IngestRace() }
            reading = row.reading
        }
        let (_, names) = try patched(reading, by: correction, texts: texts)
        var faults: [CorrectionFault] = []
        let words: [(NameKind, String, [NameWord])] = [
            (.metric, "metric", names.metric.map { $0.map { [$0] } ?? [] } ?? []),
            (.benchmark, "benchmarks", names.benchmarks ?? []),
            (
                Reading.targetKind ?? .model, Reading.targetKind?.rawValue ?? "",
                names.target.map { $0.map { [$0] } ?? [] } ?? []
            ),
            (
                Reading.targetKind ?? .model, Reading.targetKind == .benchmark ? "name" : "model",
                names.printed.map { $0.map { [$0] } ?? [] } ?? []
            ),
        ]
        for (kind, field, words) in words {
            for (index, word) in words.enumerated() where word.isSlug {
                guard try await find(kind, word.text) == nil else { continue }
                let pointer = field == "benchmarks" ? "/patch/benchmarks/\(index)/slug" : "/patch/\(field)/slug"
                faults.append(CorrectionFault(pointer, "There is no such \(kind.rawValue)."))
            }
        }
        guard faults.isEmpty else { throw CorrectionRefused(faults: faults) }
        guard correction.reverts == nil else { return }
        var known: [Int64] = []
        for (index, word) in (names.benchmarks ?? []).enumerated() {
            // What is not known yet is nothing else's name.
            known.append(try await find(.benchmark, word.text)?.id ?? -Int64(index) - 1)
        }
        try Self.refuseRepeated(known)
    }

    private func texts(of paper: Int64) async throws -> PaperTexts {
        let rows = try await transaction.query("SELECT p.title, p.abstract FROM paper p WHERE p.id = \(paper)")
        guard let (title, abstract) = try rows.first?.decode(String.self, String.self) else { throw IngestRace() }
        return PaperTexts(title: title, abstract: abstract)
    }
}

extension Correction {
    /// A correction that is about to be kept.
    init(_ draft: CorrectionDraft, targetID: Int64?, paperID: Int64?, by principal: Principal) {
        self.init(
            id: 0,
            targetType: draft.target.type,
            targetID: targetID,
            paperID: paperID,
            operation: draft.operation,
            patch: draft.patch,
            reason: draft.reason,
            sourceURL: draft.sourceURL,
            state: .open,
            proposer: principal.name,
            revision: 1,
            createdAt: "",
            commentCount: 0,
            base: .object([]),
            proposerID: principal.accountID
        )
    }

    /// What the log says of something that happened to it.
    func entry(_ kind: String, reason: String) -> CorrectionRound.Entry {
        var subject: [(name: String, value: JSONNode)] = [
            ("correction", .number(String(id))), ("operation", .string(operation.rawValue)),
        ]
        if let targetID { subject.append((targetType.rawValue, .number(String(targetID)))) }
        return CorrectionRound.Entry(kind: kind, reason: reason, subject: .object(subject), correction: id)
    }
}
