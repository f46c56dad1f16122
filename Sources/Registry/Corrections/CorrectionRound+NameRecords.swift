import Claims
import Formats
internal import Postgres

extension CorrectionRound {
    /// Lets one transaction at a time correct some names.
    ///
    /// An ingest does not wait for this: what it needs stands under the log's lock.
    func lock(_ names: [NameID]) async throws {
        for name in names.sorted(by: { ($0.kind.rawValue, $0.id) < ($1.kind.rawValue, $1.id) }) {
            try await transaction.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(\(name.kind.rawValue), \(name.id)))"
            )
        }
    }

    /// What is wrong with names for a record: those that others go by.
    func check(_ patched: PatchedName, _ kind: NameKind, id: Int64?) async throws {
        var faults: [CorrectionFault] = []
        let wanted =
            (patched.name.map { [("/patch/name", $0)] } ?? [])
            + (patched.aliases ?? []).enumerated().map { ("/patch/aliases/\($0)", $1) }
        let rows = try await transaction.query(
            """
            SELECT wanted.place - 1, t.slug
            FROM unnest(\(wanted.map { NameKey($0.1).description })::text[]) WITH ORDINALITY AS wanted (name_key, place)
            JOIN \(unescaped: kind.rawValue)_alias a ON a.name_key = wanted.name_key
            JOIN \(unescaped: kind.rawValue) t ON t.id = a.\(unescaped: kind.rawValue)_id
            WHERE t.id IS DISTINCT FROM \(id)::bigint
            ORDER BY wanted.place
            """
        )
        for (place, other) in try rows.decode(Int.self, String.self) {
            faults.append(
                CorrectionFault(
                    wanted[place].0,
                    "Is a name of the \(kind.rawValue) \(other): merge the two, or take it from there."
                )
            )
        }
        if let slug = patched.slug {
            let owner = try await transaction.query(
                """
                SELECT t.slug FROM \(unescaped: kind.rawValue) t
                WHERE t.slug = \(slug) AND t.id IS DISTINCT FROM \(id)::bigint
                UNION ALL
                SELECT f.slug FROM former_slug f
                WHERE f.record_type = \(kind.rawValue) AND f.slug = \(slug) AND f.record_id IS DISTINCT FROM \(id)::bigint
                """
            )
            if !owner.isEmpty { faults.append(CorrectionFault("/patch/slug", "Is or was another's.")) }
        }
        guard faults.isEmpty else { throw CorrectionRefused(faults: faults) }
    }

    /// Makes a benchmark, metric or model.
    func createName(_ correction: Correction, _ kind: NameKind, touched: inout Touched) async throws {
        let patched = try PatchedName(correction.patch, kind: kind, isNew: true)
        try await check(patched, kind, id: nil)
        guard let name = patched.name else { return }
        let slug = patched.slug ?? Slug(name).description
        let known = kind == .metric ? MetricCatalogue.shared.metric(named: name) : nil
        var planner = NamePlanner(known: [:])
        _ = planner.resolve(
            name,
            others: (patched.aliases ?? []) + (patched.aliases == nil ? known?.aliases ?? [] : []),
            title: (name, slug),
            paper: 0
        )
        var told = RoundNames(benchmarks: [], papers: [], metrics: [:], models: [:])
        guard let id = try await round.make(planner, kind, telling: &told).first else { throw IngestRace() }
        touched.targetID = id
        touched.names.append(NameID(kind: kind, id: id))
        var rest = patched
        (rest.name, rest.slug, rest.aliases) = (nil, nil, nil)
        let setter = Setter(account: correction.proposer, correction: correction.id, at: try await now())
        var setBy = SetBy(nil)
        for field in correction.patch.memberNames { setBy[field] = setter.entry(read: nil) }
        try await write(rest, kind, id: id, setBy: setBy)
    }

    /// Brings the aliases of a record to what a patch says, before the log is locked.
    ///
    /// It is to go by the names added, and no longer by those removed.
    func changeAliases(_ kind: NameKind, id: Int64, adding added: [String], removing removed: [String]) async throws {
        let table = kind.rawValue
        let goneKeys = Set(removed.map { NameKey($0).description }).sorted()
        if !goneKeys.isEmpty {
            try await transaction.execute(
                """
                DELETE FROM \(unescaped: table)_alias a
                WHERE a.\(unescaped: table)_id = \(id) AND a.name_key = ANY (\(goneKeys)::text[])
                """
            )
        }
        var seen: Set<NameKey> = []
        let new = added.filter { seen.insert(NameKey($0)).inserted }
        guard !new.isEmpty else { return }
        let keys = new.map { NameKey($0).description }
        try await transaction.execute(
            """
            INSERT INTO \(unescaped: table)_alias (name_key, \(unescaped: table)_id, alias)
            SELECT n.name_key, \(id), n.alias
            FROM unnest(\(keys)::text[], \(new)::text[]) AS n (name_key, alias)
            ORDER BY n.name_key
            ON CONFLICT (name_key) DO UPDATE SET alias = EXCLUDED.alias
            WHERE \(unescaped: table)_alias.\(unescaped: table)_id = EXCLUDED.\(unescaped: table)_id
            """
        )
        let owned = try await transaction.query(
            """
            SELECT count(*) FROM \(unescaped: table)_alias a
            WHERE a.\(unescaped: table)_id = \(id) AND a.name_key = ANY (\(keys)::text[])
            """
        ).value(Int.self)
        guard owned == keys.count else { throw IngestRace() }
    }

    /// Writes the fields of a record and who has set them; the log is locked.
    func write(_ patched: PatchedName, _ kind: NameKind, id: Int64, setBy: SetBy) async throws {
        let table = kind.rawValue
        if let slug = patched.slug {
            try await transaction.execute(
                """
                INSERT INTO former_slug (record_type, slug, record_id)
                SELECT \(table), t.slug, t.id FROM \(unescaped: table) t WHERE t.id = \(id) AND t.slug <> \(slug)
                """
            )
            try await transaction.execute(
                "DELETE FROM former_slug WHERE record_type = \(table) AND slug = \(slug) AND record_id = \(id)"
            )
        }
        var changes: [SQL] = ["set_by = \(setBy.json)::jsonb"]
        if let slug = patched.slug { changes.append("slug = \(slug)") }
        if let name = patched.name { changes.append("name = \(name)") }
        if let value = patched.kind { changes.append("kind = \(value)") }
        if let value = patched.description { changes.append("description = \(value)") }
        if let value = patched.url { changes.append("url = \(value)") }
        if let direction = patched.direction {
            changes.append("direction = \(direction.rawValue), direction_assumed = false")
        }
        if let unit = patched.usualUnit { changes.append("usual_unit = \(unit)") }
        try await transaction.execute(
            "UPDATE \(unescaped: table) SET \(SQL.joined(changes, separator: ", ")) WHERE id = \(id)"
        )
    }

    /// Turns the boards of metrics to the direction that the metrics have now; their papers are to be put on them anew.
    func turnBoards(of metrics: Set<Int64>) async throws {
        guard !metrics.isEmpty else { return }
        let rows = try await transaction.query(
            """
            SELECT b.id, b.unit, m.direction, m.direction_assumed
            FROM board b JOIN metric m ON m.id = b.metric_id
            WHERE m.id = ANY (\(metrics.sorted())::bigint[])
            """
        )
        let boards = try rows.map { row in
            var columns = ColumnReader(row)
            let id = try columns.next(Int64.self)
            let unit = try columns.next(String.self)
            let metric = BoardDirection(direction: try columns.word(), isAssumed: try columns.next())
            return (id, BoardDirection(metric: metric, unit: unit))
        }
        try await transaction.execute(
            """
            UPDATE board b SET direction = n.direction, direction_assumed = n.assumed
            FROM unnest(
                \(boards.map(\.0))::bigint[], \(boards.map(\.1.direction.rawValue))::text[],
                \(boards.map(\.1.isAssumed))::boolean[]
            ) AS n (id, direction, assumed)
            WHERE b.id = n.id
            """
        )
    }
}
