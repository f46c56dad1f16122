import Claims
import Formats
internal import Postgres

extension CorrectionRound {
    /// The papers with a record that points to a name, retired and retracted ones included.
    func papers(using name: NameID) async throws -> [Int64] {
        let rows: Rows
        switch name.kind {
        case .benchmark:
            rows = try await transaction.query(
                """
                SELECT c.paper_id FROM claim_benchmark cb JOIN claim c ON c.id = cb.claim_id WHERE cb.benchmark_id = \(name.id)
                UNION
                SELECT s.paper_id FROM sota_claim_benchmark sb JOIN sota_claim s ON s.id = sb.sota_claim_id
                WHERE sb.benchmark_id = \(name.id)
                UNION
                SELECT n.paper_id FROM paper_benchmark n WHERE n.benchmark_id = \(name.id)
                """
            )
        case .metric:
            rows = try await transaction.query("SELECT DISTINCT c.paper_id FROM claim c WHERE c.metric_id = \(name.id)")
        case .model:
            rows = try await transaction.query(
                """
                SELECT c.paper_id FROM claim c WHERE c.model_id = \(name.id)
                UNION
                SELECT s.paper_id FROM sota_claim s WHERE s.model_id = \(name.id)
                UNION
                SELECT z.paper_id FROM model_size z WHERE z.model_id = \(name.id)
                """
            )
        }
        return try rows.values(Int64.self).sorted()
    }

    /// Makes one name another: its aliases and records go over, its slug leads there.
    ///
    /// The log is locked.
    func merge(_ name: NameID, into other: NameID, setBy: SetBy) async throws {
        let table = name.kind.rawValue
        try await transaction.execute(
            """
            UPDATE \(unescaped: table)_alias SET \(unescaped: table)_id = \(other.id)
            WHERE \(unescaped: table)_id = \(name.id)
            """
        )
        for place in Self.places(of: name.kind) {
            try await transaction.execute(
                """
                UPDATE \(unescaped: place.table) SET \(unescaped: place.column) = \(other.id)
                WHERE \(unescaped: place.column) = \(name.id)
                """
            )
        }
        try await transaction.execute(
            """
            UPDATE \(unescaped: table) SET status = 'merged', merged_into = \(other.id), set_by = \(setBy.json)::jsonb
            WHERE id = \(name.id)
            """
        )
    }

    /// Undoes a merge: the name gets its aliases back, and the records that were its own or are printed with one of them.
    ///
    /// What people have moved elsewhere since stays there. The log is locked.
    ///
    /// - Parameters:
    ///   - name: the name that was merged.
    ///   - holder: where its aliases and records are now.
    ///   - aliases: the names that it went by.
    ///   - position: the log entry of the merge.
    ///   - setBy: what is said of the fields from now on.
    /// - Throws: `PostgresError`.
    func split(
        _ name: NameID,
        from holder: NameID,
        aliases: [String],
        mergedAt position: Int64,
        setBy: SetBy
    ) async throws {
        let table = name.kind.rawValue
        let keys = Set(aliases.map { NameKey($0).description })
        try await transaction.execute(
            """
            UPDATE \(unescaped: table)_alias SET \(unescaped: table)_id = \(name.id)
            WHERE \(unescaped: table)_id = \(holder.id) AND name_key = ANY (\(keys.sorted())::text[])
            """
        )
        for place in Self.places(of: name.kind) {
            let printed = try await transaction.query(
                """
                SELECT DISTINCT t.\(unescaped: place.printed) FROM \(unescaped: place.table) t
                WHERE t.\(unescaped: place.column) = \(holder.id) AND t.\(unescaped: place.printed) IS NOT NULL
                """
            ).values(String.self)
            let own = printed.filter { keys.contains(NameKey($0).description) }
            try await transaction.execute(
                """
                UPDATE \(unescaped: place.table) t SET \(unescaped: place.column) = \(name.id)
                WHERE t.\(unescaped: place.column) = \(holder.id)
                    AND (t.\(unescaped: place.printed) = ANY (\(own)::text[]) OR EXISTS (
                        SELECT FROM revision now
                        JOIN revision was ON was.record_type = now.record_type AND was.record_id = now.record_id
                            AND was.number = now.number - 1
                        WHERE now.log_position = \(position) AND now.record_type = \(place.recordType)
                            AND now.record_id = t.\(unescaped: place.record)
                            AND \(unescaped: place.idInState) = \(name.id)))
                """
            )
        }
        try await transaction.execute(
            """
            UPDATE \(unescaped: table) SET status = 'active', merged_into = NULL, set_by = \(setBy.json)::jsonb
            WHERE id = \(name.id)
            """
        )
    }

    /// A column of ids of names.
    private struct Place: Sendable {
        var table: String
        var column: String
        /// The column with the name as printed.
        var printed: String
        var recordType: String
        /// The column with the id of the record.
        var record = "id"
        /// The id in the state `was` of the record.
        var idInState: String
    }

    private static func places(of kind: NameKind) -> [Place] {
        let position = "(was.state #>> ARRAY['benchmarks', (t.position - 1)::text, 'id'])::bigint"
        let model = "(was.state ->> 'model_id')::bigint"
        return switch kind {
        case .benchmark:
            [
                Place(
                    table: "claim_benchmark",
                    column: "benchmark_id",
                    printed: "name",
                    recordType: "claim",
                    record: "claim_id",
                    idInState: position
                ),
                Place(
                    table: "sota_claim_benchmark",
                    column: "benchmark_id",
                    printed: "name",
                    recordType: "sota_claim",
                    record: "sota_claim_id",
                    idInState: position
                ),
                Place(
                    table: "paper_benchmark",
                    column: "benchmark_id",
                    printed: "name",
                    recordType: "paper_benchmark",
                    idInState: "(was.state ->> 'benchmark_id')::bigint"
                ),
            ]
        case .metric:
            [
                Place(
                    table: "claim",
                    column: "metric_id",
                    printed: "metric",
                    recordType: "claim",
                    idInState: "(was.state ->> 'metric_id')::bigint"
                )
            ]
        case .model:
            [
                Place(table: "claim", column: "model_id", printed: "subject", recordType: "claim", idInState: model),
                Place(
                    table: "sota_claim",
                    column: "model_id",
                    printed: "subject",
                    recordType: "sota_claim",
                    idInState: model
                ),
                Place(
                    table: "model_size",
                    column: "model_id",
                    printed: "model",
                    recordType: "model_size",
                    idInState: model
                ),
            ]
        }
    }
}
