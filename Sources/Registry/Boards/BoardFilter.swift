import Claims
internal import Postgres

/// The conditions of a board query on lines, as SQL over a line named `e`.
///
/// Every column it names is part of the index of `board_entry`, so that entries are passed over without being fetched.
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

extension BoardEntry {
    /// Reads the columns of ``BoardLines/columns``; the rank is left open.
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
            confidence: try columns.next(),
            status: try columns.word()
        )
    }
}
