import Claims
import Formats
internal import Postgres

extension Correction {
    /// The columns that ``init(reading:)`` reads, of the table under the name `c`.
    static let columns: SQL =
        """
        c.id, c.target_type, c.target_id,
        CASE c.target_type
            WHEN 'benchmark' THEN (SELECT t.slug FROM benchmark t WHERE t.id = c.target_id)
            WHEN 'metric' THEN (SELECT t.slug FROM metric t WHERE t.id = c.target_id)
            WHEN 'model' THEN (SELECT t.slug FROM model t WHERE t.id = c.target_id)
        END,
        c.paper_id, c.operation, c.patch::text, c.base_revision, c.reason, c.source_url, c.state,
        (SELECT a.name FROM account a WHERE a.id = c.proposer_id),
        (SELECT a.name FROM account a WHERE a.id = c.seconded_by),
        (SELECT a.name FROM account a WHERE a.id = c.decided_by),
        c.decision_reason, c.reverts,
        (
            SELECT r.id FROM correction r
            WHERE r.reverts = c.id AND r.state IN ('open', 'accepted', 'conflicted') LIMIT 1),
        c.applied_at, c.revision, \(Columns.time("c.created_at")), \(Columns.time("c.decided_at")),
        (SELECT count(*) FROM correction_comment m WHERE m.correction_id = c.id),
        c.base::text, c.before::text, c.before_set_by::text, c.after::text, c.proposer_id, c.seconded_by,
        c.conflict::text
        """

    /// Reads ``columns``.
    init(reading columns: inout ColumnReader) throws {
        func node(_ text: String?) throws -> JSONNode? {
            try text.map { try JSONParser.parse(Array($0.utf8)) }
        }
        self.init(
            id: try columns.next(),
            targetType: try columns.word(),
            targetID: try columns.next(),
            targetSlug: try columns.next(),
            paperID: try columns.next(),
            operation: try columns.word(),
            patch: try node(columns.next()) ?? .object([]),
            baseRevision: try columns.next(),
            reason: try columns.next(),
            sourceURL: try columns.next(),
            state: try columns.word(),
            proposer: try columns.next(),
            secondedBy: try columns.next(),
            decidedBy: try columns.next(),
            decisionReason: try columns.next(),
            reverts: try columns.next(),
            revertedBy: try columns.next(),
            appliedAt: try columns.next(),
            revision: try columns.next(),
            createdAt: try columns.next(),
            decidedAt: try columns.next(),
            commentCount: try columns.next(),
            base: try node(columns.next()) ?? .object([]),
            before: try node(columns.next()),
            beforeSetBy: try node(columns.next()),
            after: try node(columns.next()),
            proposerID: try columns.next(),
            secondedByID: try columns.next(),
            conflicts: CorrectionConflict.list(try node(columns.next()))
        )
    }
}

extension CorrectionRound {
    /// Reads a correction; with `locking`, others are kept from deciding on it.
    func correction(_ id: Int64, locking: Bool = false) async throws -> Correction? {
        if locking {
            try await transaction.execute("SELECT c.id FROM correction c WHERE c.id = \(id) FOR UPDATE")
        }
        let rows = try await transaction.query("SELECT \(Correction.columns) FROM correction c WHERE c.id = \(id)")
        guard let row = rows.first else { return nil }
        var columns = ColumnReader(row)
        return try Correction(reading: &columns)
    }

    /// Keeps a new correction.
    ///
    /// - Returns: the same with its id.
    func insert(_ correction: Correction, benchmarks: [Int64]) async throws -> Correction {
        var correction = correction
        let rows = try await transaction.query(
            """
            INSERT INTO correction (
                target_type, target_id, paper_id, operation, patch, base_revision, base, reason, source_url, state,
                proposer_id, reverts)
            VALUES (
                \(correction.targetType.rawValue), \(correction.targetID), \(correction.paperID),
                \(correction.operation.rawValue), \(correction.patch.text)::jsonb, \(correction.baseRevision),
                \(correction.base.text)::jsonb, \(correction.reason), \(correction.sourceURL),
                \(correction.state.rawValue), \(principal.accountID), \(correction.reverts))
            RETURNING id
            """
        )
        guard let id = try rows.value(Int64.self) else { throw IngestRace() }
        correction.id = id
        try await transaction.execute(
            """
            INSERT INTO correction_benchmark (correction_id, benchmark_id)
            SELECT \(id), n.id FROM unnest(\(Set(benchmarks).sorted())::bigint[]) AS n (id)
            """
        )
        return correction
    }

    /// The benchmarks that a record is about.
    func benchmarks(of type: RecordType, _ id: Int64) async throws -> [Int64] {
        let rows: Rows
        switch type {
        case .benchmark: return [id]
        case .claim:
            rows = try await transaction.query(
                "SELECT cb.benchmark_id FROM claim_benchmark cb WHERE cb.claim_id = \(id)"
            )
        case .sotaClaim:
            rows = try await transaction.query(
                "SELECT sb.benchmark_id FROM sota_claim_benchmark sb WHERE sb.sota_claim_id = \(id)"
            )
        case .paperBenchmark:
            rows = try await transaction.query("SELECT n.benchmark_id FROM paper_benchmark n WHERE n.id = \(id)")
        case .paper, .modelSize, .link, .metric, .model: return []
        }
        return try rows.values(Int64.self)
    }
}
