import Claims
internal import Postgres

// What was read from one paper, kind by kind.

extension Registry {
    func mentions(
        of paper: Int64,
        at moment: Moment
    ) async throws -> [Recorded<BenchmarkMention, BenchmarkReference>] {
        let state: SQL = "past.state"
        let rows = try await client.read(
            records(
                of: paper,
                "paper_benchmark",
                at: moment,
                now: ("b.id, b.slug, b.name, \(Columns.mention)", "JOIN benchmark b ON b.id = n.benchmark_id"),
                past: { position in
                    (
                        """
                        (\(state) ->> 'benchmark_id')::bigint, b.state ->> 'slug', b.state ->> 'name',
                        \(state) ->> 'name', \(state) ->> 'full_name', \(state) ->> 'role',
                        ARRAY(SELECT (k.value ->> 'count')::bigint
                            FROM jsonb_array_elements(\(state) -> 'counts') WITH ORDINALITY AS k (value, place)
                            ORDER BY k.place),
                        ARRAY(SELECT k.value ->> 'of'
                            FROM jsonb_array_elements(\(state) -> 'counts') WITH ORDINALITY AS k (value, place)
                            ORDER BY k.place),
                        \(Past.evidence("past.state")), \(Past.sureness("past.state"))
                        """,
                        "JOIN \(Past.state("benchmark", "(past.state ->> 'benchmark_id')::bigint", position)) b ON true"
                    )
                }
            )
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            let (id, status, revision, setBy) = try Self.heading(&columns)
            let benchmark = BenchmarkReference(
                id: try columns.next(),
                slug: try columns.next(),
                name: try columns.next()
            )
            return Recorded(
                id: id,
                reading: try BenchmarkMention(reading: &columns),
                target: benchmark,
                status: status,
                revision: revision,
                setBy: setBy
            )
        }
    }

    func sotaClaims(of paper: Int64, at moment: Moment) async throws -> [Recorded<SOTAClaim, ModelReference>] {
        let rows = try await client.read(
            records(
                of: paper,
                "sota_claim",
                at: moment,
                now: ("\(Columns.model), \(Columns.sotaClaim)", "LEFT JOIN model d ON d.id = s.model_id"),
                past: { position in
                    (
                        """
                        \(Past.model("(past.state ->> 'model_id')::bigint", "d.state")), past.state ->> 'strength',
                        past.state ->> 'subject', \(Past.printedBenchmarks("past.state")),
                        \(Past.evidence("past.state")), \(Past.sureness("past.state"))
                        """,
                        Self.pastModel(position)
                    )
                }
            )
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            let (id, status, revision, setBy) = try Self.heading(&columns)
            let model = try columns.model()
            return Recorded(
                id: id,
                reading: try SOTAClaim(reading: &columns),
                target: model,
                status: status,
                revision: revision,
                setBy: setBy
            )
        }
    }

    func modelSizes(of paper: Int64, at moment: Moment) async throws -> [Recorded<ModelSize, ModelReference>] {
        let rows = try await client.read(
            records(
                of: paper,
                "model_size",
                at: moment,
                now: ("\(Columns.model), \(Columns.modelSize)", "LEFT JOIN model d ON d.id = s.model_id"),
                past: { position in
                    (
                        """
                        \(Past.model("(past.state ->> 'model_id')::bigint", "d.state")), past.state ->> 'model',
                        (past.state ->> 'parameters')::bigint, (past.state ->> 'parameters_high')::bigint,
                        past.state ->> 'bound', \(Past.evidence("past.state")), \(Past.sureness("past.state"))
                        """,
                        Self.pastModel(position)
                    )
                }
            )
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            let (id, status, revision, setBy) = try Self.heading(&columns)
            let model = try columns.model()
            return Recorded(
                id: id,
                reading: try ModelSize(reading: &columns),
                target: model,
                status: status,
                revision: revision,
                setBy: setBy
            )
        }
    }

    func links(of paper: Int64, at moment: Moment) async throws -> [Recorded<Link, Never>] {
        let rows = try await client.read(
            records(
                of: paper,
                "link",
                at: moment,
                now: (Columns.link, ""),
                past: { _ in
                    (
                        """
                        past.state ->> 'url', past.state ->> 'kind', \(Past.evidence("past.state")),
                        \(Past.sureness("past.state"))
                        """,
                        ""
                    )
                }
            )
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            let (id, status, revision, setBy) = try Self.heading(&columns)
            return Recorded(
                id: id,
                reading: try Link(reading: &columns),
                target: nil,
                status: status,
                revision: revision,
                setBy: setBy
            )
        }
    }

    /// The query for the records of one kind that a paper has, in the order of its text.
    ///
    /// - Parameters:
    ///   - paper: the paper's id.
    ///   - table: the kind's table; its first letter is the name in the query, but for mentions, which are `n`.
    ///   - moment: which state of them.
    ///   - now: columns and joins for the present.
    ///   - past: columns and joins for a log position; the state is `past.state`.
    /// - Returns: the query; id, status, revision and set_by come first.
    private func records(
        of paper: Int64,
        _ table: String,
        at moment: Moment,
        now: (columns: SQL, joins: SQL),
        past: (Int64) -> (columns: SQL, joins: SQL)
    ) -> SQL {
        let name: SQL = ["paper_benchmark": "n", "link": "l"][table] ?? "s"
        guard let position = moment.position else {
            return """
                SELECT \(name).id, \(name).status, \(name).revision, \(name).set_by::text, \(now.columns)
                FROM \(unescaped: table) \(name)
                \(now.joins)
                WHERE \(name).paper_id = \(paper)
                ORDER BY \(name).evidence_source DESC, \(name).evidence_start, \(name).id
                """
        }
        let then = past(position)
        return """
            SELECT \(name).id, past.state ->> 'status', past.number, past.state ->> 'set_by', \(then.columns)
            FROM \(unescaped: table) \(name)
            JOIN \(Past.state(table, "\(name).id", position)) past ON true
            \(then.joins)
            WHERE \(name).paper_id = \(paper)
            ORDER BY
                past.state #>> '{evidence,source}' DESC, (past.state #>> '{evidence,start}')::integer, \(name).id
            """
    }

    private static func pastModel(_ position: Int64) -> SQL {
        "LEFT JOIN \(Past.state("model", "(past.state ->> 'model_id')::bigint", position)) d ON true"
    }

    private static func heading(_ columns: inout ColumnReader) throws -> (Int64, RecordStatus, Int, String) {
        (try columns.next(), try columns.word(), try columns.next(), try columns.next())
    }
}
