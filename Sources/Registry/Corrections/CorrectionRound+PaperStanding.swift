import Formats
internal import Postgres

extension CorrectionRound {
    /// Takes a paper back with all of its records, those that its newest reading no longer finds included: otherwise they
    /// would go on standing among what was merely read otherwise.
    ///
    /// Each of these says in `set_by` what its paper says there: restoring the paper finds them by that.
    func retractPaper(_ id: Int64, was: TargetState, statusSetBy: JSONNode?, touched: inout Touched) async throws {
        try await setStanding(of: id, to: "retracted", was: was)
        touched.models.formUnion(try await statedModels(of: id))
        let entry = JSONNode.object([("status", statusSetBy ?? .null)]).text
        _ = try await transaction.batch(
            Self.readings.map { table in
                """
                UPDATE \(unescaped: table) SET status = 'retracted', set_by = set_by || \(entry)::jsonb
                WHERE paper_id = \(id) AND status <> 'retracted'
                """
            }
        )
    }

    /// Makes a paper count again with the records that were taken back with it, which get their `status` and `set_by` from
    /// before.
    func restorePaper(_ id: Int64, was: TargetState, touched: inout Touched) async throws {
        try await setStanding(of: id, to: "active", was: was)
        guard case .number(let digits)? = was.setBy["status"]?["correction"] else { return }
        _ = try await transaction.batch(
            Self.readings.map { table in
                """
                UPDATE \(unescaped: table) t SET
                    status = before.status,
                    set_by = CASE WHEN before.set_by ? 'status'
                        THEN jsonb_set(t.set_by, '{status}', before.set_by -> 'status') ELSE t.set_by - 'status' END
                FROM (
                    SELECT
                        taken.id, earlier.state ->> 'status' AS status, earlier.state -> 'set_by' AS set_by
                    FROM \(unescaped: table) taken
                    CROSS JOIN LATERAL (
                        SELECT r.state FROM revision r
                        WHERE r.record_type = \(table) AND r.record_id = taken.id AND r.state ->> 'status' <> 'retracted'
                        ORDER BY r.number DESC LIMIT 1
                    ) earlier
                    WHERE taken.paper_id = \(id) AND taken.status = 'retracted'
                        AND taken.set_by #>> '{status,correction}' = \(digits)
                ) before
                WHERE t.id = before.id
                """
            }
        )
        touched.models.formUnion(try await statedModels(of: id))
    }

    private static let readings = RecordType.allCases.filter(\.isReading).map(\.rawValue)

    private func setStanding(of id: Int64, to status: String, was: TargetState) async throws {
        guard was.fields["status"] != .string(status) else {
            throw CorrectionRefused(faults: [CorrectionFault("/operation", "It is \(status) already.")])
        }
        try await transaction.execute("UPDATE paper SET status = \(status) WHERE id = \(id)")
    }

    private func statedModels(of id: Int64) async throws -> [Int64] {
        try await transaction.query(
            "SELECT DISTINCT s.model_id FROM model_size s WHERE s.paper_id = \(id) AND s.model_id IS NOT NULL"
        ).values(Int64.self)
    }
}
