import Claims
import Formats
internal import Postgres

/// What a patch makes of a paper.
struct PatchedPaper: Sendable, Hashable {
    var title: String?
    var identifiers: [PaperIdentifier]?
    var published: PublicationDate??
    var url: String??

    /// Reads a patch.
    ///
    /// - Throws: `CorrectionRefused` with all that is wrong.
    init(_ patch: JSONNode) throws(CorrectionRefused) {
        var reader = PatchReader(patch)
        if reader.names.isEmpty { reader.refuse("", "Must have at least one member.") }
        var title: String?
        var identifiers: [PaperIdentifier]?
        var published: PublicationDate??
        var url: String??
        reader.member("title", PatchValue.text(IngestLimits.titleBytes)) { title = $0 }
        reader.member("identifiers", PatchValue.list(of: Self.identifier, maximum: 20)) { list in
            var seen: Set<PaperIdentifier> = []
            identifiers = list.filter { seen.insert($0).inserted }
        }
        reader.member("published", PatchValue.optional(Self.date)) { published = .some($0) }
        reader.member("url", PatchValue.optional(PatchValue.webAddress)) { url = .some($0) }
        reader.finish()
        guard reader.faults.isEmpty else { throw CorrectionRefused(faults: reader.faults) }
        self.title = title
        self.identifiers = identifiers
        self.published = published
        self.url = url
    }

    private static func identifier(_ node: JSONNode) throws(CorrectionFault) -> PaperIdentifier {
        guard case .string(let text) = node, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let colon = text.firstIndex(of: ":"),
            let scheme = PaperIdentifier.Scheme(rawValue: String(text[..<colon])),
            let identifier = PaperIdentifier(scheme: scheme, value: text[colon...].dropFirst()),
            identifier.description == text
        else { throw CorrectionFault("", "Must be in normal form, such as arxiv:2509.01234 or doi:10.1000/182.") }
        return identifier
    }

    private static func date(_ node: JSONNode) throws(CorrectionFault) -> PublicationDate {
        guard case .string(let text) = node, text.utf8.count <= 10, let date = PublicationDate(text) else {
            throw CorrectionFault("", "Must be a date such as 2026-01-31, 2026-01 or 2026.")
        }
        return date
    }
}

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
        if let title = patched.title {
            let hash = PreparedPaper.textHash(of: Paper(title: title, abstract: texts.abstract))
            let others = try await transaction.query(
                """
                SELECT p.id FROM paper p WHERE p.text_hash = \(hash) AND p.id <> \(paper)
                UNION ALL
                SELECT f.paper_id FROM former_text f WHERE f.text_hash = \(hash) AND f.paper_id <> \(paper)
                """
            )
            if let other = try others.value(Int64.self) {
                faults.append(CorrectionFault("/patch/title", "Makes the text that of paper \(other)."))
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
        let patched = try PatchedPaper(correction.patch)
        try await check(patched, of: id, texts: texts)
        let setBy = try await changed(was.setBy, correction, setByBefore, was.fields, &touched)
        try await transaction.execute(
            "UPDATE paper SET set_by = \(setBy.json)::jsonb, updated_at = now() WHERE id = \(id)"
        )
        if let title = patched.title { try await retitle(id, title, texts: texts) }
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

    /// Gives a paper another title; the text that it had is remembered, so that bringing it again brings nothing new.
    private func retitle(_ id: Int64, _ title: String, texts: PaperTexts) async throws {
        let hash = PreparedPaper.textHash(of: Paper(title: title, abstract: texts.abstract))
        try await transaction.execute(
            """
            INSERT INTO former_text (text_hash, paper_id)
            SELECT p.text_hash, p.id FROM paper p WHERE p.id = \(id) AND p.text_hash <> \(hash)
            ON CONFLICT (text_hash) DO NOTHING
            """
        )
        try await transaction.execute("DELETE FROM former_text WHERE text_hash = \(hash) AND paper_id = \(id)")
        try await transaction.execute("UPDATE paper SET title = \(title), text_hash = \(hash) WHERE id = \(id)")
        let moved = PaperTexts(title: title, abstract: texts.abstract)
        for table in ["claim", "sota_claim", "model_size", "link", "paper_benchmark"] {
            let rows = try await transaction.query(
                """
                SELECT r.id, r.evidence FROM \(unescaped: table) r
                WHERE r.paper_id = \(id) AND r.evidence_source = 'title'
                """
            )
            for (record, words) in try rows.decode(Int64.self, String.self) {
                var evidence = Evidence(source: .title, start: 0, end: 0, text: words)
                moved.move(&evidence)
                try await transaction.execute(
                    """
                    UPDATE \(unescaped: table) SET evidence_start = \(evidence.start), evidence_end = \(evidence.end),
                        evidence = \(evidence.text)
                    WHERE id = \(record)
                    """
                )
            }
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
