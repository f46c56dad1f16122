/// A transaction under way: one connection, from BEGIN to COMMIT.
///
/// BEGIN goes to the server together with the first statement. The transaction must not be used after the body that it
/// was given to has ended; a statement then fails as `misuse`.
package struct Transaction: Sendable {
    let session: Session

    /// Runs a statement and gives its rows.
    ///
    /// - Parameters:
    ///   - sql: The statement.
    ///   - timeout: The time limit of this statement; nil for none.
    /// - Returns: the rows.
    /// - Throws: `PostgresError`; the transaction can then only be rolled back.
    @discardableResult
    package func query(_ sql: SQL, timeout: Duration? = nil) async throws(PostgresError) -> Rows {
        try await session.perform([sql], timeout: timeout).single
    }

    /// Runs a statement and gives the number of rows it changed.
    ///
    /// - Parameters:
    ///   - sql: The statement.
    ///   - timeout: The time limit of this statement; nil for none.
    /// - Returns: the number of rows.
    /// - Throws: `PostgresError`; the transaction can then only be rolled back.
    @discardableResult
    package func execute(_ sql: SQL, timeout: Duration? = nil) async throws(PostgresError) -> Int {
        try await session.perform([sql], timeout: timeout).single.affected
    }

    /// Runs several statements in order with one round trip, and gives the rows of each.
    ///
    /// - Parameters:
    ///   - statements: The statements.
    ///   - timeout: The time limit of them all together; nil for none.
    /// - Returns: the rows of each statement.
    /// - Throws: `PostgresError` of the first that failed; those after it were not run.
    @discardableResult
    package func batch(_ statements: [SQL], timeout: Duration? = nil) async throws(PostgresError) -> [Rows] {
        guard !statements.isEmpty else { return [] }
        return try await session.perform(statements, timeout: timeout)
    }

    /// Runs a script: several statements separated by semicolons, without binds or results.
    ///
    /// - Throws: `PostgresError` of the first statement that failed; those after it were not run.
    package func script(_ text: String) async throws(PostgresError) {
        try await session.script(SQL(unescaped: text))
    }
}
