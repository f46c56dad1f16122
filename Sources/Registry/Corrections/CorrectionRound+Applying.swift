import Claims
import Formats
internal import Postgres

extension Correction {
    /// The fields that it touches, sorted: the members of its representation that conflicts are looked for in.
    var touchedFields: [String] {
        switch operation {
        case .create: []
        case .update:
            Set(patch.memberNames.map { $0 == "evidence_in" ? "evidence" : $0 }).sorted()
        case .retract, .restore: ["status"]
        case .merge, .split: ["merged_into", "status"]
        case .alias, .unalias: ["aliases"]
        }
    }

    /// The aliases in the patch of an alias or unalias.
    var aliases: [String] {
        guard case .array(let elements)? = patch["aliases"] else { return [] }
        return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    /// What a field is to be, where `current` is what it is.
    func proposed(_ field: String, current: JSONNode?) -> JSONNode {
        switch (operation, field) {
        case (.retract, "status"): return .string("retracted")
        case (.restore, "status"), (.split, "status"): return .string("active")
        case (.merge, "status"): return .string("merged")
        case (.split, "merged_into"): return .null
        case (.alias, "aliases"), (.unalias, "aliases"):
            guard case .array(let elements)? = current else { return .array(aliases.map(JSONNode.string)) }
            let named = aliases.map(JSONNode.string)
            let others = elements.filter { !named.contains($0) }
            return .array(operation == .alias ? others + named : others)
        default:
            // A reference may be given by its slug, and is shown as it is shown elsewhere.
            return patch[field].map(Self.plain) ?? current ?? .null
        }
    }

    private static func plain(_ node: JSONNode) -> JSONNode {
        switch node {
        case .object: node["slug"] ?? node
        case .array(let elements): .array(elements.map { $0["slug"] ?? $0 })
        default: node
        }
    }

    /// Compares what it touches: as it was at the base, as it is, as it is to be.
    func fields(current: JSONNode?) -> [CorrectedField] {
        if let before, let after, state == .accepted {
            return touchedFields.map { field in
                CorrectedField(
                    name: field,
                    base: before[field] ?? .null,
                    current: current?[field],
                    proposed: after[field] ?? .null,
                    isConflict: false
                )
            }
        }
        if operation == .create {
            return patch.memberNames.filter { $0 != "paper" }.map {
                CorrectedField(
                    name: $0,
                    base: .null,
                    current: nil,
                    proposed: proposed($0, current: nil),
                    isConflict: false
                )
            }
        }
        return touchedFields.map { field in
            let base = base[field] ?? .null
            let now = current?[field] ?? .null
            let proposed = proposed(field, current: now)
            let isList = operation == .alias || operation == .unalias
            return CorrectedField(
                name: field,
                base: base,
                current: current?[field],
                proposed: proposed,
                isConflict: !isList && now != base && now != proposed
            )
        }
    }
}

extension CorrectionRound {
    /// What became of the application of a correction.
    enum Application: Sendable {
        /// It was applied; the correction has the rest.
        case applied(Correction, Touched, [NameID: NameUsage])
        /// Its target moved on, or it does not fit that any more.
        case conflicted(Correction, [CorrectedField])
    }

    /// Applies a correction but for what follows from it (boards, counts, history); locks the log.
    ///
    /// - Throws: `CorrectionRefused` where it cannot be applied to the target as it is.
    func apply(_ correction: Correction) async throws -> Application {
        var correction = correction
        var touched = Touched(targetID: correction.targetID)
        let setByBefore = try await setByToRestore(correction)
        if let kind = correction.targetType.nameKind {
            return try await applyName(correction, kind, restoring: setByBefore)
        }
        guard let paper = correction.paperID, let texts = try await lock([paper])[paper] else {
            throw CorrectionRefused(faults: [CorrectionFault("/target", "Its paper is not there.")])
        }
        touched.papers = [paper]
        var was: TargetState?
        if let id = correction.targetID {
            was = try await state(correction.targetType, id)
            let fields = correction.fields(current: was?.fields)
            if fields.contains(where: \.isConflict) { return .conflicted(correction, fields) }
        }
        correction.before = was?.fields
        try await checkStands(correction, paper: paper)
        let usage = try await round.usage(of: [paper])
        if correction.targetType == .paper, let was {
            try await applyPaper(
                correction,
                texts: texts,
                was: was,
                restoring: setByBefore,
                touched: &touched
            )
        } else {
            let ready = correction
            var inner = touched
            _ = try await withReading(correction.targetType) { kind in
                try await applyReading(
                    ready,
                    as: kind,
                    paper: paper,
                    texts: texts,
                    restoring: setByBefore,
                    touched: &inner
                )
            }
            touched = inner
        }
        try await lockLog()
        correction.targetID = touched.targetID
        return .applied(correction, touched, usage)
    }

    /// Makes sure that nothing of a retracted paper is made to count.
    func checkStands(_ correction: Correction, paper: Int64) async throws {
        guard correction.targetType.isReading, [.create, .restore].contains(correction.operation) else { return }
        let rows = try await transaction.query("SELECT 1 FROM paper p WHERE p.id = \(paper) AND p.status = 'retracted'")
        guard !rows.isEmpty else { return }
        let pointer = correction.operation == .create ? "/patch/paper" : "/target"
        throw CorrectionRefused(faults: [CorrectionFault(pointer, "The paper \(paper) is retracted: restore it first.")]
        )
    }

    /// What `set_by` is to say of the fields, where the correction takes back another one that changed fields.
    private func setByToRestore(_ correction: Correction) async throws -> JSONNode? {
        guard let reverted = correction.reverts else { return nil }
        let text = try await transaction.query(
            "SELECT c.before_set_by::text FROM correction c WHERE c.id = \(reverted)"
        ).value(String?.self)
        guard let text = text ?? nil else { return nil }
        return try JSONParser.parse(Array(text.utf8))
    }

    private func applyName(
        _ correction: Correction,
        _ kind: NameKind,
        restoring setByBefore: JSONNode?
    ) async throws -> Application {
        var correction = correction
        var touched = Touched(targetID: correction.targetID)
        guard let id = correction.targetID else {
            try await createName(correction, kind, touched: &touched)
            try await lockLog()
            correction.targetID = touched.targetID
            return .applied(correction, touched, [:])
        }
        let name = NameID(kind: kind, id: id)
        var other: NameID?
        if correction.operation == .merge, case .string(let slug)? = correction.patch["merged_into"] {
            other = try await find(kind, slug).map { NameID(kind: kind, id: $0.id) }
        } else if correction.operation == .split {
            other = try await holder(of: name)
        }
        try await lock([name] + (other.map { [$0] } ?? []))
        // Only now nobody else can merge either of the two: what was found before may have gone on since.
        if let other, try await !isWhere(correction, name, other) { throw IngestRace() }
        guard let was = try await state(correction.targetType, id) else { throw IngestRace() }
        let fields = correction.fields(current: was.fields)
        if fields.contains(where: \.isConflict) { return .conflicted(correction, fields) }
        correction.before = was.fields
        touched.names = [name] + (other.map { [$0] } ?? [])
        let setBy = try await changed(was.setBy, correction, setByBefore, was.fields, &touched)

        let source = correction.operation == .split ? other : name
        let moves = correction.operation == .merge || correction.operation == .split
        let turns = kind == .metric && correction.patch["direction"] != nil
        if moves, let source { try await round.seize(source) }
        let patched = try await preparedName(correction, kind, id: id, was: was)
        try await lockLog()
        if moves || turns, let source { touched.papers = try await papers(using: source) }
        let usage = try await round.usage(of: touched.papers)
        if kind == .model, moves { touched.models = Set(touched.names.map(\.id)) }
        if turns { touched.turned = [id] }
        switch correction.operation {
        case .merge:
            guard case .string("active")? = was.fields["status"] else {
                throw CorrectionRefused(faults: [CorrectionFault("/target", "It was retracted.")])
            }
            guard let other, let holder = try await state(correction.targetType, other.id) else {
                throw CorrectionRefused(faults: [CorrectionFault("/patch/merged_into", "It is not there.")])
            }
            guard other != name else {
                throw CorrectionRefused(faults: [
                    CorrectionFault("/patch/merged_into", "It was itself merged into the target.")
                ])
            }
            guard case .string("active")? = holder.fields["status"] else {
                throw CorrectionRefused(faults: [CorrectionFault("/patch/merged_into", "It was retracted.")])
            }
            try await merge(name, into: other, setBy: setBy)
        case .split:
            guard let other, let merge = try await mergeCorrection(of: correction) else {
                throw CorrectionRefused(faults: [CorrectionFault("/target", "Is not merged into another.")])
            }
            try await split(name, from: other, aliases: merge.aliases, mergedAt: merge.position, setBy: setBy)
        case .retract, .restore:
            let status = correction.operation == .retract ? "retracted" : "active"
            guard was.fields["status"] != .string(status) else {
                throw CorrectionRefused(faults: [CorrectionFault("/operation", "It is \(status) already.")])
            }
            try await transaction.execute(
                """
                UPDATE \(unescaped: kind.rawValue) SET status = \(status), set_by = \(setBy.json)::jsonb
                WHERE id = \(id)
                """
            )
        default: try await write(patched, kind, id: id, setBy: setBy)
        }
        return .applied(correction, touched, usage)
    }

    /// Whether the other name of a merge or split is still the one that was found.
    private func isWhere(_ correction: Correction, _ name: NameID, _ other: NameID) async throws -> Bool {
        guard correction.operation == .merge else { return try await holder(of: name) == other }
        guard case .string(let slug)? = correction.patch["merged_into"] else { return false }
        return try await find(name.kind, slug)?.id == other.id
    }

    /// Brings the aliases to what a correction wants, and gives what is left to be written.
    private func preparedName(
        _ correction: Correction,
        _ kind: NameKind,
        id: Int64,
        was: TargetState
    ) async throws -> PatchedName {
        guard case .string(let oldName)? = was.fields["name"] else { return PatchedName() }
        switch correction.operation {
        case .update:
            let patched = try PatchedName(correction.patch, kind: kind, isNew: false)
            try await check(patched, kind, id: id)
            let name = patched.name ?? oldName
            var added = patched.name.map { [$0] } ?? []
            var removed: [String] = []
            if let aliases = patched.aliases {
                added += aliases
                let kept = Set(([name] + aliases).map { NameKey($0) })
                removed = (was.fields.strings("aliases") + [oldName]).filter { !kept.contains(NameKey($0)) }
            }
            try await changeAliases(kind, id: id, adding: added, removing: removed)
            return patched
        case .alias:
            var patched = PatchedName()
            patched.aliases = correction.aliases
            try await check(patched, kind, id: id)
            try await changeAliases(kind, id: id, adding: correction.aliases, removing: [])
        case .unalias:
            let kept = NameKey(oldName)
            let gone = correction.aliases.filter { NameKey($0) != kept }
            try await changeAliases(kind, id: id, adding: [], removing: gone)
        default: break
        }
        return PatchedName()
    }

    /// What a merged name leads to in the end.
    private func holder(of name: NameID) async throws -> NameID? {
        let rows = try await transaction.query(
            """
            SELECT t.slug FROM \(unescaped: name.kind.rawValue) t WHERE t.id = \(name.id) AND t.merged_into IS NOT NULL
            """
        )
        guard let slug = try rows.value(String.self) else { return nil }
        return try await find(name.kind, slug).map { NameID(kind: name.kind, id: $0.id) }
    }

    /// The merge that a split takes back: the names that its target went by then, and its log entry.
    private func mergeCorrection(of split: Correction) async throws -> (aliases: [String], position: Int64)? {
        guard let id = split.reverts, let merge = try await correction(id), let position = merge.appliedAt,
            let before = merge.before
        else { return nil }
        guard case .string(let name)? = before["name"] else { return nil }
        return ([name] + before.strings("aliases"), position)
    }
}
