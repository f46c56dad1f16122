import Claims
internal import Crypto
internal import Formats
internal import Postgres

/// What the names in a round's papers stand for.
struct RoundNames: Sendable {
    /// For each paper of the round, the ids of its ``PaperNames/benchmarks``.
    var benchmarks: [[Int64]]
    /// For each paper of the round, its names.
    var papers: [PaperNames]
    var metrics: [NameKey: Int64]
    var models: [NameKey: Int64]
    /// The records that are new or have another alias, each with the position in the round of the paper that did it.
    var changed: [(kind: NameKind, id: Int64, paper: Int)] = []

    /// Everything that records were found to be about.
    var used: Set<NameID> {
        var used: Set<NameID> = []
        for id in benchmarks.joined() { used.insert(NameID(kind: .benchmark, id: id)) }
        for id in metrics.values { used.insert(NameID(kind: .metric, id: id)) }
        for id in models.values { used.insert(NameID(kind: .model, id: id)) }
        return used
    }

    /// The metric of a claim.
    func metric(_ name: String?) -> Int64? {
        name.flatMap { metrics[NameKey($0)] }
    }

    /// The model that a record is for; `nil` for a name that any paper could use.
    func model(_ name: String?) -> Int64? {
        guard let name, !PaperNames.isGeneric(name) else { return nil }
        return models[NameKey(name)]
    }

    /// The benchmark that a paper means by a name.
    func benchmark(_ name: String, paper: Int) -> Int64 {
        benchmarks[paper][papers[paper].position(ofBenchmark: name)]
    }
}

extension IngestRound {
    /// Finds what the names in papers stand for, and makes what is not known.
    ///
    /// - Throws: `IngestRace` where another transaction has just made one of them.
    func resolveNames(_ work: [Work]) async throws -> RoundNames {
        let papers = work.map { PaperNames($0.paper.input.records) }
        let catalogue = MetricCatalogue.shared
        let metricNames = papers.flatMap(\.metrics).flatMap { name in
            [name] + (catalogue.metric(named: name).map { [$0.name] + $0.aliases } ?? [])
        }
        let benchmarkNames = papers.flatMap(\.benchmarks).flatMap { [$0.name] + $0.others }
        let rows = try await transaction.batch([
            Self.known(.benchmark, benchmarkNames), Self.known(.metric, metricNames),
            Self.known(.model, papers.flatMap(\.models)),
        ])
        var planners = try rows.map { NamePlanner(known: try Self.ids($0)) }
        var benchmarks: [[NameReference]] = []
        var metrics: [NameKey: NameReference] = [:]
        var models: [NameKey: NameReference] = [:]
        for (position, paper) in papers.enumerated() {
            benchmarks.append(
                paper.benchmarks.map { planners[0].resolve($0.name, others: $0.others, paper: position) }
            )
            for name in paper.metrics where metrics[NameKey(name)] == nil {
                let known = catalogue.metric(named: name)
                metrics[NameKey(name)] = planners[1].resolve(
                    name,
                    others: known.map { [$0.name] + $0.aliases } ?? [],
                    title: known.map { ($0.name, $0.slug) },
                    paper: position
                )
            }
            for name in paper.models where models[NameKey(name)] == nil {
                models[NameKey(name)] = planners[2].resolve(name, paper: position)
            }
        }
        var names = RoundNames(benchmarks: [], papers: papers, metrics: [:], models: [:])
        let benchmarkIDs = try await make(planners[0], .benchmark, telling: &names)
        let metricIDs = try await make(planners[1], .metric, telling: &names)
        let modelIDs = try await make(planners[2], .model, telling: &names)
        names.benchmarks = benchmarks.map { $0.map { $0.id(among: benchmarkIDs) } }
        names.metrics = metrics.mapValues { $0.id(among: metricIDs) }
        names.models = models.mapValues { $0.id(among: modelIDs) }
        return names
    }

    /// The query for what names are known.
    static func known(_ kind: NameKind, _ names: [String]) -> SQL {
        // A batch has few names, each many times, and a key is dear.
        let keys = Set(Set(names).map { NameKey($0).description }).sorted()
        return """
            SELECT a.name_key, a.\(unescaped: kind.rawValue)_id FROM \(unescaped: kind.rawValue)_alias a
            WHERE a.name_key = ANY (\(keys)::text[])
            """
    }

    /// The answer of ``known(_:_:)``.
    static func ids(_ rows: Rows) throws -> [NameKey: Int64] {
        // The key of a key is the key itself.
        Dictionary(try rows.decode(String.self, Int64.self).map { (NameKey($0), $1) }) { first, _ in first }
    }

    /// Makes the records and aliases that a plan asks for.
    ///
    /// - Returns: the ids of ``NamePlanner/new``.
    func make(_ plan: NamePlanner, _ kind: NameKind, telling names: inout RoundNames) async throws -> [Int64] {
        let ids = try await newIDs(plan.new.count, of: kind.rawValue)
        if !ids.isEmpty { try await insert(plan.new, ids: ids, kind: kind) }
        let aliases =
            zip(ids, plan.new).flatMap { id, new in new.aliases.map { (id: id, alias: $0) } }
            + plan.newAliases.map { (id: $0.id, alias: $0.alias) }
        if !aliases.isEmpty {
            let count = try await transaction.execute(
                """
                INSERT INTO \(unescaped: kind.rawValue)_alias (name_key, \(unescaped: kind.rawValue)_id, alias)
                SELECT n.name_key, n.id, n.alias
                FROM unnest(
                    \(aliases.map { NameKey($0.alias).description })::text[], \(aliases.map(\.id))::bigint[],
                    \(aliases.map(\.alias))::text[]
                ) AS n (name_key, id, alias)
                ORDER BY n.name_key
                ON CONFLICT (name_key) DO NOTHING
                """
            )
            guard count == aliases.count else { throw IngestRace() }
        }
        names.changed += zip(ids, plan.new).map { (kind, $0, $1.paper) }
        names.changed += plan.newAliases.map { (kind, $0.id, $0.paper) }
        return ids
    }

    private func insert(_ new: [NewName], ids: [Int64], kind: NameKind) async throws {
        let slugs = try await freeSlugs(new, kind: kind)
        let table = kind.rawValue
        let sql: SQL
        if kind == .metric {
            let catalogue = MetricCatalogue.shared
            let directions = new.map { catalogue.direction(of: $0.name) }
            sql = """
                INSERT INTO metric (id, slug, name, direction, direction_assumed, usual_unit)
                SELECT n.id, n.slug, n.name, n.direction, n.direction_assumed, n.usual_unit
                FROM unnest(
                    \(ids)::bigint[], \(slugs)::text[], \(new.map(\.name))::text[],
                    \(directions.map(\.direction.rawValue))::text[], \(directions.map(\.isAssumed))::boolean[],
                    \(new.map { catalogue.metric(named: $0.name)?.usualUnit })::text[]
                ) AS n (id, slug, name, direction, direction_assumed, usual_unit)
                ORDER BY n.slug
                ON CONFLICT (slug) DO NOTHING
                """
        } else {
            sql = """
                INSERT INTO \(unescaped: table) (id, slug, name)
                SELECT n.id, n.slug, n.name
                FROM unnest(\(ids)::bigint[], \(slugs)::text[], \(new.map(\.name))::text[]) AS n (id, slug, name)
                ORDER BY n.slug
                ON CONFLICT (slug) DO NOTHING
                """
        }
        guard try await transaction.execute(sql) == ids.count else { throw IngestRace() }
    }

    /// A slug for each new name: the one that it should have or, where that is or was another's, one with a suffix that
    /// follows from the name, so that it is the same whoever comes first.
    private func freeSlugs(_ new: [NewName], kind: NameKind) async throws -> [String] {
        let rows = try await transaction.query(
            """
            SELECT t.slug FROM \(unescaped: kind.rawValue) t WHERE t.slug = ANY (\(new.map(\.slug))::text[])
            UNION ALL
            SELECT f.slug FROM former_slug f
            WHERE f.record_type = \(kind.rawValue) AND f.slug = ANY (\(new.map(\.slug))::text[])
            """
        )
        var taken = Set(try rows.values(String.self))
        return new.map { name in
            if taken.insert(name.slug).inserted { return name.slug }
            let hash = Array(SHA256.hash(data: Array(NameKey(name.name).description.utf8)))
            let slug = "\(name.slug)-\([UInt8](hash.prefix(4)).hexadecimal)"
            taken.insert(slug)
            return slug
        }
    }
}

extension NameReference {
    /// The id that a reference stands for.
    func id(among new: [Int64]) -> Int64 {
        switch self {
        case .known(let id): id
        case .new(let position): new[position]
        }
    }
}
