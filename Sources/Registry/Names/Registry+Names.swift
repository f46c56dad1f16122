import Claims
internal import Postgres

extension Registry {
    /// Lists models: with a search, the best matches first; else those with most claims first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor).
    package func models(_ query: NameQuery) async throws -> Page<ModelSummary> {
        let page = try await hits(.model, query)
        let rows = try await client.read(
            """
            SELECT \(Columns.model), d.parameters, d.claim_count, d.status
            FROM unnest(\(page.items.map(\.id))::bigint[]) WITH ORDINALITY AS hit (id, place)
            JOIN model d ON d.id = hit.id
            ORDER BY hit.place
            """
        )
        let items = try rows.map { row in
            var columns = ColumnReader(row)
            return ModelSummary(
                model: ModelReference(id: try columns.next(), slug: try columns.next(), name: try columns.next()),
                parameters: try columns.next(),
                claimCount: try columns.next(),
                status: try columns.word()
            )
        }
        return Page(items: items, next: page.next)
    }

    /// The card of a model, by its slug or any of its names.
    ///
    /// - Returns: `nil` where there is none.
    /// - Throws: `PostgresError`.
    package func model(_ name: String) async throws -> ModelCard? {
        guard let found = try await find(.model, name) else { return nil }
        async let sizes = statedSizes(of: found.id)
        let rows = try await client.read(
            """
            SELECT d.claim_count, d.set_by::text, ARRAY(
                SELECT a.alias FROM model_alias a WHERE a.model_id = d.id AND a.alias <> d.name ORDER BY a.name_key)
            FROM model d
            WHERE d.id = \(found.id)
            """
        )
        guard let row = rows.first else { return nil }
        let (claimCount, setBy, aliases) = try row.decode(Int.self, String.self, [String].self)
        return ModelCard(
            model: ModelReference(id: found.id, slug: found.slug, name: found.name),
            aliases: aliases,
            claimCount: claimCount,
            sizes: try await sizes,
            isRedirect: found.isRedirect,
            status: found.standing,
            setBy: setBy
        )
    }

    /// Lists metrics: with a search, the best matches first; else those with most claims first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor).
    package func metrics(_ query: NameQuery) async throws -> Page<MetricSummary> {
        let page = try await hits(.metric, query)
        return Page(items: try await metricSummaries(page.items.map(\.id)), next: page.next)
    }

    /// A metric, by its slug or any of its names; found by another name than its slug, it has that slug all the same.
    ///
    /// - Returns: `nil` where there is none.
    /// - Throws: `PostgresError`.
    package func metric(_ name: String) async throws -> MetricSummary? {
        guard let found = try await find(.metric, name) else { return nil }
        return try await metricSummaries([found.id]).first
    }

    private func metricSummaries(_ ids: [Int64]) async throws -> [MetricSummary] {
        let rows = try await client.read(
            """
            SELECT \(Columns.metric), m.usual_unit, m.claim_count, m.status, m.set_by::text, ARRAY(
                SELECT a.alias FROM metric_alias a WHERE a.metric_id = m.id AND a.alias <> m.name ORDER BY a.name_key)
            FROM unnest(\(ids)::bigint[]) WITH ORDINALITY AS hit (id, place)
            JOIN metric m ON m.id = hit.id
            ORDER BY hit.place
            """
        )
        return try rows.compactMap { row in
            var columns = ColumnReader(row)
            guard let metric = try columns.metric() else { return nil }
            let usualUnit = try columns.next(String?.self)
            let claimCount = try columns.next(Int.self)
            let status = try columns.word(Standing.self)
            let setBy = try columns.next(String.self)
            return MetricSummary(
                metric: metric,
                usualUnit: usualUnit,
                aliases: try columns.next(),
                claimCount: claimCount,
                status: status,
                setBy: setBy
            )
        }
    }

    private func statedSizes(of model: Int64) async throws -> [StatedSize] {
        let rows = try await client.read(
            """
            SELECT \(Columns.paper), \(Columns.modelSize)
            FROM model_size s
            JOIN paper p ON p.id = s.paper_id
            WHERE s.model_id = \(model) AND s.status = 'active'
            ORDER BY s.id DESC
            LIMIT 100
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            let paper = try columns.paper()
            return StatedSize(size: try ModelSize(reading: &columns), paper: paper)
        }
    }
}
