package import Formats
internal import Postgres

/// What came of the acceptance of a correction.
package enum Acceptance: Sendable {
    /// It was applied.
    case applied(Correction)
    /// It takes a second reviewer: this was the first.
    case seconded(Correction)
    /// Its target moved on, or it does not fit any more; it is kept as conflicted.
    case conflicted(Correction, [CorrectedField])
}

extension Registry {
    /// Accepts a correction and applies it, all in one transaction.
    ///
    /// - Parameters:
    ///   - id: the correction.
    ///   - reason: what the reviewer says, if anything.
    ///   - principal: the reviewer.
    ///   - check: looks at the correction, which is locked; what it throws, this throws.
    /// - Returns: what came of it.
    /// - Throws: `RegistryError` (notFound; forbidden: an own correction; conflict: it was decided or changed meanwhile),
    ///   `CorrectionRefused` for a reason that cannot be kept. Nothing is written then.
    package func acceptCorrection(
        _ id: Int64,
        reason: String? = nil,
        by principal: Principal,
        checking check: @Sendable (Correction) throws -> Void = { _ in }
    ) async throws -> Acceptance {
        try checkDecisionReason(reason)
        try principal.checkReviews()
        let limits = correctionLimits
        return try await inCorrectionRound(principal) { round in
            let correction = try await round.undecided(id, checking: check, [.open])
            guard correction.proposerID != principal.accountID else {
                throw RegistryError(.forbidden, "nobody decides on an own correction")
            }
            return try await round.accept(
                correction,
                reason: reason,
                limits: limits,
                kind: "correction.accepted",
                keepsMisfit: true
            )
        }
    }

    /// Turns a correction down.
    ///
    /// - Returns: the correction, rejected.
    /// - Throws: `RegistryError` (notFound, forbidden, conflict) as ``acceptCorrection(_:reason:by:checking:)``.
    package func rejectCorrection(
        _ id: Int64,
        reason: String,
        by principal: Principal,
        checking check: @Sendable (Correction) throws -> Void = { _ in }
    ) async throws -> Correction {
        try checkDecisionReason(reason)
        try principal.checkReviews()
        return try await inCorrectionRound(principal) { round in
            let correction = try await round.undecided(id, checking: check, [.open, .conflicted])
            guard correction.proposerID != principal.accountID else {
                throw RegistryError(.forbidden, "nobody decides on an own correction; its proposer can withdraw it")
            }
            return try await round.close(correction, as: .rejected, reason: reason)
        }
    }

    /// Takes an own correction back before it is decided on.
    ///
    /// - Returns: the correction, withdrawn.
    /// - Throws: `RegistryError` (notFound; forbidden: another's; conflict: it was decided or changed meanwhile).
    package func withdrawCorrection(
        _ id: Int64,
        reason: String? = nil,
        by principal: Principal,
        checking check: @Sendable (Correction) throws -> Void = { _ in }
    ) async throws -> Correction {
        try checkDecisionReason(reason)
        return try await inCorrectionRound(principal) { round in
            let correction = try await round.undecided(id, checking: check, [.open, .conflicted])
            guard correction.proposerID == principal.accountID else {
                throw RegistryError(.forbidden, "only its proposer withdraws a correction")
            }
            return try await round.close(correction, as: .withdrawn, reason: reason)
        }
    }

    /// Brings an own correction to the present state of its target, perhaps with another patch.
    ///
    /// - Returns: the correction, open, with the newest revision as its base.
    /// - Throws: `RegistryError` (notFound; forbidden: another's; conflict: it was decided or changed meanwhile),
    ///   `CorrectionRefused` where the patch does not fit the target as it is.
    package func rebaseCorrection(
        _ id: Int64,
        patch: JSONNode? = nil,
        by principal: Principal,
        checking check: @Sendable (Correction) throws -> Void = { _ in }
    ) async throws -> Correction {
        try await inCorrectionRound(principal) { round in
            var correction = try await round.undecided(id, checking: check, [.open, .conflicted])
            guard correction.proposerID == principal.accountID else {
                throw RegistryError(.forbidden, "only its proposer rebases a correction")
            }
            if let patch {
                guard correction.reverts == nil else {
                    throw CorrectionRefused(faults: [
                        CorrectionFault("/patch", "What takes a correction back cannot be changed.")
                    ])
                }
                if correction.operation == .create, patch["paper"] != correction.patch["paper"] {
                    throw CorrectionRefused(faults: [CorrectionFault("/patch/paper", "Must stay the same.")])
                }
                correction.patch = patch
                let draft = CorrectionDraft(
                    correction.operation,
                    correction.targetID.map { .id(correction.targetType, $0) } ?? .new(correction.targetType),
                    patch: patch,
                    reason: correction.reason
                )
                let faults = draft.faults
                guard faults.isEmpty else { throw CorrectionRefused(faults: faults) }
                _ = try await round.check(&correction, of: draft)
            } else {
                _ = try await round.check(&correction, baseRevision: nil)
            }
            try await round.transaction.execute(
                """
                UPDATE correction SET patch = \(correction.patch.text)::jsonb, base = \(correction.base.text)::jsonb,
                    base_revision = \(correction.baseRevision), state = 'open', seconded_by = NULL, conflict = NULL
                WHERE id = \(id)
                """
            )
            try await round.record(correction.entry("correction.rebased", reason: "rebased"))
            return try await round.present(id)
        }
    }

    private func checkDecisionReason(_ reason: String?) throws(CorrectionRefused) {
        guard let reason else { return }
        if let fault = CorrectionProse.fault(reason, at: "/reason", maximum: CorrectionLimits.reasonLength) {
            throw CorrectionRefused(faults: [fault])
        }
    }
}

extension Principal {
    /// Makes sure that it may decide on corrections.
    fileprivate func checkReviews() throws(RegistryError) {
        guard scopes.contains(.correctionsReview) else {
            throw RegistryError(.forbidden, "only a reviewer decides on corrections")
        }
    }
}

extension CorrectionRound {
    /// A correction, locked, that can still be decided on.
    func undecided(
        _ id: Int64,
        checking check: (Correction) throws -> Void = { _ in },
        _ states: [CorrectionState]
    ) async throws -> Correction {
        guard let correction = try await correction(id, locking: true) else {
            throw RegistryError(.notFound, "there is no correction \(id)")
        }
        try check(correction)
        guard states.contains(correction.state) else {
            throw RegistryError(.conflict, "the correction is \(correction.state.rawValue)")
        }
        return correction
    }

    /// The correction as it is now.
    func present(_ id: Int64) async throws -> Correction {
        guard let correction = try await correction(id) else { throw IngestRace() }
        return correction
    }

    /// Ends a correction without applying it.
    func close(_ correction: Correction, as state: CorrectionState, reason: String?) async throws -> Correction {
        try await transaction.execute(
            """
            UPDATE correction SET state = \(state.rawValue), decided_by = \(principal.accountID),
                decision_reason = \(reason), decided_at = now()
            WHERE id = \(correction.id)
            """
        )
        try await record(correction.entry("correction.\(state.rawValue)", reason: reason ?? state.rawValue))
        return try await present(correction.id)
    }

    /// Accepts a correction that is locked and open.
    ///
    /// - Parameters:
    ///   - correction: the correction.
    ///   - reason: what the reviewer says, if anything.
    ///   - limits: when it takes two reviewers.
    ///   - kind: what the log calls it.
    ///   - keepsMisfit: whether it is kept as conflicted where it cannot be applied to its target as that is.
    /// - Returns: what came of it.
    /// - Throws: `RegistryError` (forbidden: it takes another reviewer), `CorrectionRefused` for a misfit that is not kept.
    func accept(
        _ correction: Correction,
        reason: String?,
        limits: CorrectionLimits,
        kind: String,
        keepsMisfit: Bool
    ) async throws -> Acceptance {
        if try await needsSecond(correction, limits: limits) {
            guard let first = correction.secondedByID else {
                try await transaction.execute(
                    "UPDATE correction SET seconded_by = \(principal.accountID) WHERE id = \(correction.id)"
                )
                try await record(
                    correction.entry("correction.seconded", reason: reason ?? "accepted by a first reviewer")
                )
                return .seconded(try await present(correction.id))
            }
            guard first != principal.accountID else {
                throw RegistryError(.forbidden, "the correction takes a second reviewer")
            }
        }
        switch try await attempt(correction, keepsMisfit: keepsMisfit) {
        case .conflicted(let misfit, let fields):
            let conflicts = misfit.conflicts.isEmpty ? nil : CorrectionConflict.json(misfit.conflicts)
            try await transaction.execute(
                """
                UPDATE correction SET state = 'conflicted', conflict = \(conflicts)::jsonb WHERE id = \(correction.id)
                """
            )
            try await record(correction.entry("correction.conflicted", reason: "the target has changed meanwhile"))
            return .conflicted(try await present(correction.id), fields)
        case .applied(let applied, let touched, let usage):
            guard let target = applied.targetID, let after = try await state(applied.targetType, target) else {
                throw IngestRace()
            }
            let position = try await transaction.query("SELECT position + 1 FROM log_head").value(Int64.self) ?? 1
            try await transaction.execute(
                """
                UPDATE correction SET
                    state = 'accepted', target_id = \(target), decided_by = \(principal.accountID),
                    decision_reason = \(reason), decided_at = now(), applied_at = \(position),
                    before = \((applied.before ?? .object([])).text)::jsonb,
                    before_set_by = \(touched.setByBefore.text)::jsonb, after = \(after.fields.text)::jsonb
                WHERE id = \(applied.id)
                """
            )
            _ = try await finish(touched, usageBefore: usage, entry: applied.entry(kind, reason: applied.reason))
            return .applied(try await present(applied.id))
        }
    }

    /// Applies a correction; what it wrote before it turned out not to fit is undone.
    private func attempt(_ correction: Correction, keepsMisfit: Bool) async throws -> Application {
        do {
            return try await transaction.part { _ in try await apply(correction) }
        } catch let refused as CorrectionRefused where keepsMisfit {
            var misfit = correction
            misfit.conflicts = refused.faults.map(CorrectionConflict.init)
            let current: JSONNode? =
                if let id = correction.targetID { try await state(correction.targetType, id)?.fields } else { nil }
            return .conflicted(misfit, misfit.marking(misfit.fields(current: current), current: current))
        }
    }

    /// Whether its proposer has retracted and merged so much within the hour that it takes two reviewers.
    private func needsSecond(_ correction: Correction, limits: CorrectionLimits) async throws -> Bool {
        guard CorrectionOperation.grave.contains(correction.operation) else { return false }
        // One at a time, so that two reviewers at once cannot both be the last within the limit.
        try await transaction.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('corrector', \(correction.proposerID)))"
        )
        let count = try await transaction.query(
            """
            SELECT count(*) FROM correction c
            WHERE c.proposer_id = \(correction.proposerID) AND c.state = 'accepted'
                AND c.operation IN ('retract', 'merge') AND c.decided_at > now() - interval '1 hour'
            """
        ).value(Int.self)
        return (count ?? 0) >= limits.gravePerHour
    }
}
