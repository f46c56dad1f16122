import Claims
import Formats
internal import Postgres

extension CorrectionRound {
    /// Gives a paper other texts; those that it had are remembered, so that bringing them again brings nothing new.
    func retext(_ id: Int64, _ texts: PaperTexts) async throws {
        let hash = texts.hash
        try await transaction.execute(
            """
            INSERT INTO former_text (text_hash, paper_id)
            SELECT p.text_hash, p.id FROM paper p WHERE p.id = \(id) AND p.text_hash <> \(hash)
            ON CONFLICT (text_hash) DO NOTHING
            """
        )
        try await transaction.execute("DELETE FROM former_text WHERE text_hash = \(hash) AND paper_id = \(id)")
        try await transaction.execute(
            """
            UPDATE paper SET title = \(texts.title), abstract = \(texts.abstract), text_hash = \(hash) WHERE id = \(id)
            """
        )
    }

    /// Reads a paper anew whose abstract has changed, as a re-extraction does: records found again keep their ids and the
    /// fields that people have set, those no longer found are retired.
    ///
    /// - Throws: `CorrectionRefused` where evidence of an active record that a person has touched would be gone.
    func reread(_ id: Int64, _ texts: PaperTexts, was: TargetState, touched: inout Touched) async throws {
        guard let reader else { throw RegistryError(.unavailable, "nothing here can read the abstract anew") }
        guard was.fields["status"] == .string("active") else {
            throw CorrectionRefused(faults: [
                CorrectionFault("/patch/abstract", "The paper is retracted: restore it first.")
            ])
        }
        let (records, extractor) = await reader(texts.title, texts.abstract)
        let input = IngestPaper(
            paper: Paper(title: texts.title, abstract: texts.abstract),
            records: records,
            extractor: extractor
        )
        if let reason = IngestLimits.refusal(of: input) {
            throw CorrectionRefused(faults: [CorrectionFault("/patch/abstract", "It cannot be kept: \(reason).")])
        }
        guard let extractorID = try await round.extractorIDs([extractor])[extractor] else { throw IngestRace() }
        let work = [
            IngestRound.Work(
                position: 0,
                id: id,
                isNew: false,
                paper: PreparedPaper(place: 0, input: input),
                extractorID: extractorID
            )
        ]
        let names = try await round.resolveNames(work)
        let written = try await round.writeRecords(work, names: names)
        try await transaction.execute(
            "UPDATE paper SET extractor_id = \(extractorID), extracted_at = now() WHERE id = \(id)"
        )
        touched.names += names.changed.map { NameID(kind: $0.kind, id: $0.id) }
        touched.used.formUnion(names.used)
        touched.models.formUnion(written.models)
        try await checkEvidence(of: id, in: texts, where: "r.set_by <> '{}'")
    }

    /// Makes sure that what people rely on stands in an abstract.
    ///
    /// - Parameters:
    ///   - id: the paper.
    ///   - texts: its texts as they are to be.
    ///   - condition: which of its active records, `r`.
    /// - Throws: `CorrectionRefused` with each record whose words are not there.
    func checkEvidence(of id: Int64, in texts: PaperTexts, where condition: SQL) async throws {
        let parts = RecordType.allCases.filter(\.isReading).map { type -> SQL in
            """
            SELECT \(type.rawValue), r.id, r.evidence FROM \(unescaped: type.rawValue) r
            WHERE r.paper_id = \(id) AND r.status = 'active' AND r.evidence_source = 'abstract' AND \(condition)
            """
        }
        let rows = try await transaction.query(SQL.joined(parts, separator: " UNION ALL "))
        let faults = try rows.decode(String.self, Int64.self, String.self)
            .filter { !$2.isEmpty && texts.evidence($2, in: .abstract) == nil }
            .map { type, record, words in
                CorrectionFault(
                    "/patch/abstract",
                    "Does not have \u{201C}\(words.prefix(80))\u{201D}, the evidence of \(type) \(record), which a person has set."
                )
            }
        guard faults.isEmpty else { throw CorrectionRefused(faults: faults) }
    }

    /// Brings the evidence of a paper's records to where its words stand in the texts as they are now.
    ///
    /// Evidence whose words are gone becomes empty.
    func moveEvidence(of id: Int64) async throws {
        let statements = RecordType.allCases.filter(\.isReading).map { type -> SQL in
            let table = type.rawValue
            return """
                UPDATE \(unescaped: table) r SET
                    evidence_start = greatest(moved.place - 1, 0),
                    evidence_end = CASE WHEN moved.place > 0 THEN moved.place - 1 + length(moved.words) ELSE 0 END,
                    evidence = CASE WHEN moved.place > 0 THEN r.evidence ELSE '' END
                FROM (
                    SELECT t.id, t.words, position(t.words IN t.bytes) AS place
                    FROM (
                        SELECT
                            e.id, e.evidence_start AS place, convert_to(e.evidence, 'UTF8') AS words,
                            convert_to(CASE e.evidence_source WHEN 'title' THEN p.title ELSE p.abstract END, 'UTF8') AS bytes
                        FROM \(unescaped: table) e
                        JOIN paper p ON p.id = e.paper_id
                        WHERE e.paper_id = \(id) AND e.evidence <> ''
                    ) t
                    WHERE substring(t.bytes FROM t.place + 1 FOR length(t.words)) <> t.words
                ) moved
                WHERE r.id = moved.id
                """
        }
        _ = try await transaction.batch(statements)
    }
}

extension PaperTexts {
    /// The hash that a paper with these texts is found by.
    var hash: [UInt8] { PreparedPaper.textHash(of: Paper(title: title, abstract: abstract)) }
}
