import Claims
internal import Postgres

/// The conditions of a board query on entries, as SQL over `board_entry` named `e`.
///
/// Every column it names is part of the board's index, so that entries are passed over without being fetched.
struct BoardFilter: Sendable {
    /// Conditions with `AND` before each; empty where there are none.
    let sql: SQL

    /// Makes the conditions of a query.
    init(_ query: BoardQuery) {
        var sql: SQL = ""
        if let least = query.minParameters { sql.append(" AND e.parameters >= \(least)") }
        if let most = query.maxParameters { sql.append(" AND e.parameters <= \(most)") }
        if let hasCode = query.hasCode { sql.append(hasCode ? " AND e.has_code" : " AND NOT e.has_code") }
        if let date = query.publishedFrom { sql.append(" AND e.published >= \(date.firstDay)::date") }
        if let date = query.publishedTo { sql.append(" AND e.published <= \(date.lastDay)::date") }
        self.sql = sql
    }
}

extension Columns {
    /// For ``BoardEntry/init(reading:)``, of a claim `c`, its paper `p`, its model `d`, and a parameter count.
    ///
    /// - Parameters:
    ///   - parameters: the parameter count.
    ///   - hasCode: whether the paper links to code: most do not, and then need not be looked up.
    /// - Returns: the columns.
    static func boardEntry(parameters: SQL, hasCode: SQL = "true") -> SQL {
        """
        c.id, c.value, c.value_high, c.bound, c.aggregate, c.subject, \(model), \(parameters), \(paper),
        \(evidence("c")),
        CASE WHEN \(hasCode) THEN ARRAY(SELECT l.url FROM link l
            WHERE l.paper_id = p.id AND l.kind = 'code' AND l.status = 'active' ORDER BY l.id) ELSE '{}' END,
        c.confidence
        """
    }
}

extension BoardEntry {
    /// Reads the columns of ``Columns/boardEntry(parameters:)``; the rank is left open.
    init(reading columns: inout ColumnReader) throws(PostgresError) {
        self.init(
            rank: nil,
            claimID: try columns.next(),
            value: try columns.decimal(),
            valueHigh: try columns.decimalIfAny(),
            bound: try columns.word(),
            aggregate: try columns.wordIfAny(),
            subject: try columns.next(),
            model: try columns.model(),
            parameters: try columns.next(),
            reportedByPaper: try columns.paper(),
            evidence: try columns.evidence(),
            codeLinks: try columns.next(),
            confidence: try columns.next()
        )
    }
}
