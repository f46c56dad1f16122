import Claims
import Formats
internal import Postgres

extension CorrectionRound {
    /// What names stand for; those that are printed and not known are made.
    ///
    /// - Parameters:
    ///   - words: the names.
    ///   - kind: what they are names of.
    ///   - pointer: where the names stand in the correction.
    ///   - touched: gets the records that were made.
    /// - Returns: for each, the name to print and the record's id.
    /// - Throws: `CorrectionRefused` for a slug that is not known.
    func resolve(
        _ words: [NameWord],
        _ kind: NameKind,
        at pointer: String,
        _ touched: inout Touched
    ) async throws -> [(text: String, id: Int64)] {
        guard !words.isEmpty else { return [] }
        var found: [(text: String, id: Int64)?] = []
        for word in words {
            guard word.isSlug else {
                found.append(nil)
                continue
            }
            guard let record = try await find(kind, word.text) else {
                throw CorrectionRefused(faults: [
                    CorrectionFault(pointer, "There is no \(kind.rawValue) \u{201C}\(word.text)\u{201D}.")
                ])
            }
            found.append((record.name, record.id))
        }
        let printed = words.filter { !$0.isSlug }.map(\.text)
        let made = try await round.resolve(printed, kind)
        touched.names += made.changed
        var ids = made.ids[...]
        return zip(words, found).compactMap { word, record in
            if let record { return record }
            return ids.popFirst().map { (word.text, $0) }
        }
    }

    /// Finds a benchmark, metric or model by its slug, a former slug, or any of its names.
    func find(_ kind: NameKind, _ name: String) async throws -> FoundName? {
        guard !name.utf8.contains(0) else { return nil }
        return try await FoundName(transaction.query(FoundName.sql(kind, name)))
    }
}

extension IngestRound {
    /// What printed names stand for; what is not known is made.
    func resolve(_ names: [String], _ kind: NameKind) async throws -> (ids: [Int64], changed: [NameID]) {
        guard !names.isEmpty else { return ([], []) }
        let catalogue = MetricCatalogue.shared
        let others = { (name: String) -> [String] in
            guard kind == .metric, let known = catalogue.metric(named: name) else { return [] }
            return [known.name] + known.aliases
        }
        let rows = try await transaction.query(Self.known(kind, names.flatMap { [$0] + others($0) }))
        var planner = NamePlanner(known: try Self.ids(rows))
        let references = names.map { name in
            let known = kind == .metric ? catalogue.metric(named: name) : nil
            return planner.resolve(name, others: others(name), title: known.map { ($0.name, $0.slug) }, paper: 0)
        }
        var told = RoundNames(benchmarks: [], papers: [], metrics: [:], models: [:])
        let ids = try await make(planner, kind, telling: &told)
        let changed = told.changed.map { NameID(kind: $0.kind, id: $0.id) }
        return (references.map { $0.id(among: ids) }, changed)
    }

    /// Makes sure that names that were found before the log was locked have not been merged into others meanwhile.
    ///
    /// - Throws: `IngestRace` where one has; seen anew, the name stands for the other.
    func checkStillActive(_ names: Set<NameID>) async throws {
        let wanted = NameKind.allCases.map { kind in names.filter { $0.kind == kind }.map(\.id).sorted() }
        guard wanted.contains(where: { !$0.isEmpty }) else { return }
        let rows = try await transaction.query(
            """
            SELECT
                EXISTS (SELECT FROM benchmark b WHERE b.id = ANY (\(wanted[0])::bigint[]) AND b.status = 'merged')
                OR EXISTS (SELECT FROM metric m WHERE m.id = ANY (\(wanted[1])::bigint[]) AND m.status = 'merged')
                OR EXISTS (SELECT FROM model d WHERE d.id = ANY (\(wanted[2])::bigint[]) AND d.status = 'merged')
            """
        )
        if try rows.value(Bool.self) ?? false { throw IngestRace() }
    }
}
