import Claims
import Formats
internal import Postgres

extension CorrectionRound {
    /// Makes sure that no identifier of a patch, and no text that it makes, is another paper's.
    func check(_ patched: PatchedPaper, of paper: Int64, texts: PaperTexts) async throws {
        let identifiers = patched.identifiers ?? []
        let rows = try await transaction.query(
            """
            SELECT wanted.place - 1, i.paper_id
            FROM unnest(
                \(identifiers.map(\.scheme.rawValue))::text[], \(identifiers.map(\.value))::text[]
            ) WITH ORDINALITY AS wanted (scheme, value, place)
            JOIN paper_identifier i ON i.scheme = wanted.scheme AND i.value = wanted.value AND i.paper_id <> \(paper)
            """
        )
        var faults = try rows.decode(Int.self, Int64.self).map { place, other in
            CorrectionFault("/patch/identifiers/\(place)", "Is an identifier of paper \(other).")
        }
        let new = texts.patched(by: patched)
        if new != texts {
            let hash = new.hash
            let others = try await transaction.query(
                """
                SELECT p.id FROM paper p WHERE p.text_hash = \(hash) AND p.id <> \(paper)
                UNION ALL
                SELECT f.paper_id FROM former_text f WHERE f.text_hash = \(hash) AND f.paper_id <> \(paper)
                """
            )
            if let other = try others.value(Int64.self) {
                let field = patched.title == nil ? "abstract" : "title"
                faults.append(CorrectionFault("/patch/\(field)", "Makes the text that of paper \(other)."))
            }
        }
        guard faults.isEmpty else { throw CorrectionRefused(faults: faults) }
    }

    /// Applies a correction of a paper, which is locked.
    func applyPaper(
        _ correction: Correction,
        texts: PaperTexts,
        was: TargetState,
        restoring setByBefore: JSONNode?,
        touched: inout Touched
    ) async throws {
        guard let id = correction.targetID else { throw IngestRace() }
        let setBy = try await changed(was.setBy, correction, setByBefore, was.fields, &touched)
        try await transaction.execute(
            "UPDATE paper SET set_by = \(setBy.json)::jsonb, updated_at = now() WHERE id = \(id)"
        )
        switch correction.operation {
        case .retract: try await retractPaper(id, was: was, statusSetBy: setBy["status"], touched: &touched)
        case .restore: try await restorePaper(id, was: was, touched: &touched)
        default: try await updatePaper(id, correction.patch, texts: texts, was: was, touched: &touched)
        }
    }

    private func updatePaper(
        _ id: Int64,
        _ patch: JSONNode,
        texts: PaperTexts,
        was: TargetState,
        touched: inout Touched
    ) async throws {
        let patched = try PatchedPaper(patch)
        try await check(patched, of: id, texts: texts)
        let new = texts.patched(by: patched)
        if new != texts { try await retext(id, new) }
        if new.abstract != texts.abstract { try await reread(id, new, was: was, touched: &touched) }
        if new != texts { try await moveEvidence(of: id) }
        if let published = patched.published {
            try await transaction.execute(
                """
                UPDATE paper SET published = \(published?.firstDay)::date,
                    published_precision = \(published?.description.utf8.count)::smallint
                WHERE id = \(id)
                """
            )
        }
        if let url = patched.url { try await transaction.execute("UPDATE paper SET url = \(url) WHERE id = \(id)") }
        if let identifiers = patched.identifiers {
            try await transaction.execute("DELETE FROM paper_identifier WHERE paper_id = \(id)")
            try await transaction.execute(
                """
                INSERT INTO paper_identifier (scheme, value, paper_id)
                SELECT n.scheme, n.value, \(id)
                FROM unnest(\(identifiers.map(\.scheme.rawValue))::text[], \(identifiers.map(\.value))::text[])
                    AS n (scheme, value)
                ORDER BY n.scheme, n.value
                """
            )
        }
    }

    /// What `set_by` says after a correction of fields.
    func changed(
        _ setBy: SetBy,
        _ correction: Correction,
        _ setByBefore: JSONNode?,
        _ before: JSONNode,
        _ touched: inout Touched
    ) async throws -> SetBy {
        var setBy = setBy
        let fields = correction.touchedFields
        touched.setByBefore = setBy.only(fields)
        let setter = Setter(account: correction.proposer, correction: correction.id, at: try await now())
        for field in fields {
            if let setByBefore {
                setBy[field] = setByBefore[field]
            } else {
                setBy[field] = setter.entry(read: nil)
            }
        }
        return setBy
    }
}
