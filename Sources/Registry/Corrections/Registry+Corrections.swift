import Formats
internal import Postgres

/// Which corrections are wanted; each condition given must hold.
package struct CorrectionQuery: Sendable, Hashable {
    package var state: CorrectionState?
    package var targetType: RecordType?
    /// The target's id, of any type where none is given.
    package var targetID: Int64?
    /// The slug, or any name, of a benchmark that it was about when it was proposed.
    package var benchmark: String?
    /// The proposer's account.
    package var proposer: String?
    /// Proposed at this time or later (RFC 3339).
    package var since: String?
    package var page: PageRequest

    /// Makes a query for all corrections; narrow it by setting the rest.
    package init(state: CorrectionState? = nil, page: PageRequest = PageRequest()) {
        self.state = state
        self.page = page
    }
}

extension Registry {
    /// Lists corrections, the oldest first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor; notFound: benchmark).
    package func corrections(_ query: CorrectionQuery) async throws -> Page<Correction> {
        let limit = try query.page.checkedLimit()
        var conditions = try await conditions(query)
        if let cursor = try query.page.cursor(of: "corrections", count: 1) {
            conditions.append("c.id > \(try cursor.number(0))")
        }
        if let state = query.state { conditions.append("c.state = \(state.rawValue)") }
        let rows = try await client.read(
            """
            SELECT \(Correction.columns)
            FROM correction c
            WHERE \(SQL.joined(conditions, separator: " AND "))
            ORDER BY c.id
            LIMIT \(limit + 1)
            """
        )
        let items = try rows.map { row in
            var columns = ColumnReader(row)
            return try Correction(reading: &columns)
        }
        return Page(read: items, limit: limit, list: "corrections") { [String($0.id)] }
    }

    /// How many corrections there are in each state, whatever state the query asks for; each up to ``countLimit``, so that
    /// a page costs the same however long the queue is.
    ///
    /// - Throws: `RegistryError` (notFound: benchmark).
    package func correctionCounts(_ query: CorrectionQuery) async throws -> [CorrectionState: Int] {
        let conditions = SQL.joined(try await conditions(query), separator: " AND ")
        let rows = try await client.read(
            """
            SELECT s.state, (
                SELECT count(*) FROM (
                    SELECT FROM correction c WHERE c.state = s.state AND \(conditions) LIMIT \(Self.countLimit)
                ) counted)
            FROM unnest(\(CorrectionState.allCases.map(\.rawValue))::text[]) AS s (state)
            """
        )
        var counts: [CorrectionState: Int] = [:]
        for row in rows {
            var columns = ColumnReader(row)
            let state = try columns.word(CorrectionState.self)
            let count = try columns.next(Int.self)
            if count > 0 { counts[state] = count }
        }
        return counts
    }

    /// The most that ``correctionCounts(_:)`` counts: more than anybody looks through.
    package static let countLimit = 10_000

    /// A correction.
    ///
    /// - Returns: `nil` where there is none.
    package func correction(_ id: Int64) async throws -> Correction? {
        let rows = try await client.read("SELECT \(Correction.columns) FROM correction c WHERE c.id = \(id)")
        guard let row = rows.first else { return nil }
        var columns = ColumnReader(row)
        return try Correction(reading: &columns)
    }

    /// A correction with the fields that it touches, and its history.
    ///
    /// - Returns: `nil` where there is none.
    package func correctionReport(_ id: Int64) async throws -> CorrectionReport? {
        guard let correction = try await correction(id) else { return nil }
        let view = correction.targetType.nameKind == nil ? "record_state" : "name_state"
        let current = try await client.read(
            """
            SELECT correctable_fields(s.record_type, s.state)::text FROM \(unescaped: view) s
            WHERE s.record_type = \(correction.targetType.rawValue) AND s.record_id = \(correction.targetID)::bigint
            """
        ).value(String.self)
        let rows = try await client.read(
            """
            SELECT r.number, r.state::text, r.author, r.reason, \(Columns.time("r.created_at")), r.log_position
            FROM revision r
            WHERE r.record_type = 'correction' AND r.record_id = \(id)
            ORDER BY r.number
            """
        )
        let history = try rows.decode(Int.self, String.self, String.self, String.self, String.self, Int64.self)
            .map { Revision(number: $0, state: $1, author: $2, reason: $3, createdAt: $4, logPosition: $5) }
        let state = try current.map { try JSONParser.parse(Array($0.utf8)) }
        return CorrectionReport(
            correction: correction,
            fields: correction.marking(correction.fields(current: state), current: state),
            history: history
        )
    }

    private func conditions(_ query: CorrectionQuery) async throws -> [SQL] {
        var conditions: [SQL] = ["true"]
        if let type = query.targetType { conditions.append("c.target_type = \(type.rawValue)") }
        if let id = query.targetID { conditions.append("c.target_id = \(id)") }
        if let proposer = query.proposer {
            conditions.append("c.proposer_id = (SELECT a.id FROM account a WHERE a.name = \(proposer))")
        }
        if let since = query.since { conditions.append("c.created_at >= \(since)::timestamptz") }
        if let benchmark = query.benchmark {
            let id = try await get(.benchmark, benchmark).id
            conditions.append(
                "c.id IN (SELECT cb.correction_id FROM correction_benchmark cb WHERE cb.benchmark_id = \(id))"
            )
        }
        return conditions
    }
}
