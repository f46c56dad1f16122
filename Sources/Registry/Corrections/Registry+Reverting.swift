import Formats
internal import Postgres

extension Registry {
    /// Takes an accepted correction back, by a correction that undoes it.
    ///
    /// A reviewer who did not propose the original has it applied at once, which needs no second opinion because it only
    /// brings back what stood there; of anyone else it is a proposal that waits for a reviewer. The guard of grave
    /// corrections holds here, too.
    ///
    /// - Parameters:
    ///   - id: the correction to be taken back.
    ///   - reason: why, 1...2000 characters.
    ///   - principal: who asks.
    /// - Returns: what came of the new correction; of one that waits, `seconded` without a first reviewer.
    /// - Throws: `RegistryError` (notFound; conflict: it was not accepted, or is taken back already), `CorrectionRefused`.
    package func revertCorrection(
        _ id: Int64,
        reason: String,
        by principal: Principal
    ) async throws -> Acceptance {
        if let fault = CorrectionProse.fault(reason, at: "/reason", maximum: CorrectionLimits.reasonLength) {
            throw CorrectionRefused(faults: [fault])
        }
        let limits = correctionLimits
        return try await inCorrectionRound(principal) { round in
            let original = try await round.undecided(id, [.accepted])
            if let other = original.revertedBy {
                throw RegistryError(.conflict, "correction \(other) takes it back already")
            }
            guard let target = original.targetID, let now = try await round.state(original.targetType, target) else {
                throw RegistryError(.notFound, "the record of correction \(id) is not there")
            }
            var correction = try original.inverse(reason: reason, by: principal)
            correction.baseRevision = now.revision
            let benchmarks = try await round.benchmarks(of: correction.targetType, target)
            correction = try await round.insert(correction, benchmarks: benchmarks)
            let isReviewer = principal.scopes.contains(.correctionsReview)
            guard isReviewer, try await !round.hasProposed(principal, original) else {
                try await round.record(correction.entry("correction.proposed", reason: reason))
                return .seconded(try await round.present(correction.id))
            }
            return try await round.accept(
                correction,
                reason: nil,
                limits: limits,
                kind: "correction.reverted",
                keepsMisfit: false
            )
        }
    }
}

extension CorrectionRound {
    /// Whether somebody has proposed a correction, or one that it takes back in turn: what is taken back twice stands
    /// there again as it was proposed.
    fileprivate func hasProposed(_ principal: Principal, _ correction: Correction) async throws -> Bool {
        let rows = try await transaction.query(
            """
            WITH RECURSIVE chain AS (
                SELECT c.reverts, c.proposer_id FROM correction c WHERE c.id = \(correction.id)
                UNION ALL
                SELECT c.reverts, c.proposer_id FROM chain JOIN correction c ON c.id = chain.reverts
            )
            SELECT EXISTS (SELECT FROM chain WHERE chain.proposer_id = \(principal.accountID))
            """
        )
        return try rows.value(Bool.self) ?? true
    }
}

extension Correction {
    /// The correction that undoes this one, which was accepted.
    fileprivate func inverse(reason: String, by principal: Principal) throws -> Correction {
        let before = before ?? .object([])
        let after = after ?? .object([])
        var patch: [(name: String, value: JSONNode)] = []
        switch operation {
        case .update:
            for field in touchedFields { patch.append((field, Self.patchValue(field, before[field], of: targetType))) }
            if touchedFields.contains("evidence"), before["evidence"] != .string("") {
                patch.append(("evidence_in", before["evidence_in"] ?? .null))
            }
            // Whoever gets another name keeps the old one as an alias, and loses it again now.
            if targetType.nameKind != nil, before["name"] != after["name"], !touchedFields.contains("aliases") {
                patch.append(("aliases", before["aliases"] ?? .array([])))
            }
        case .alias, .unalias:
            let known = before.strings("aliases")
            let new = operation == .alias ? aliases.filter { !known.contains($0) } : aliases
            patch.append(("aliases", .array(new.map(JSONNode.string))))
        case .split: patch.append(("merged_into", before["merged_into"] ?? .null))
        case .create, .retract, .restore, .merge: break
        }
        var inverse = Correction(
            CorrectionDraft(operation.inverse, .new(targetType), patch: .object(patch), reason: reason),
            targetID: targetID,
            paperID: paperID,
            by: principal
        )
        inverse.reverts = id
        inverse.base = after
        return inverse
    }

    /// What a patch has to say for a field to be as it was.
    private static func patchValue(_ field: String, _ value: JSONNode?, of type: RecordType) -> JSONNode {
        guard case .string(let text)? = value else { return value ?? .null }
        switch field {
        case "evidence" where text.isEmpty: return .null
        case "model" where type == .claim || type == .sotaClaim, "benchmark": return .object([("slug", .string(text))])
        default: return .string(text)
        }
    }
}
