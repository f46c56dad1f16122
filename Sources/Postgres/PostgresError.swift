/// What went wrong between us and PostgreSQL.
///
/// Never holds a bound value: neither the server's DETAIL, which repeats values, nor the part of its message that may.
package struct PostgresError: Error, Sendable, Equatable {
    /// The kind of failure. Open: more may come.
    package struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The kind's name, as it stands in logs.
        package let description: String

        private init(_ description: String) {
            self.description = description
        }

        /// The server refused the statement; `sqlState` says why.
        package static let server = Code("server")
        /// The connection broke while the statement was under way; whether it took effect is not known.
        package static let connectionLost = Code("connection_lost")
        /// No connection could be made within the connect timeout.
        package static let connectFailed = Code("connect_failed")
        /// The time limit passed; the statement has been cancelled or was never sent.
        package static let timeout = Code("timeout")
        /// The task was cancelled.
        package static let cancelled = Code("cancelled")
        /// Too many requests are waiting; try again later.
        package static let overloaded = Code("overloaded")
        /// A value is not of the type that it was to be read as.
        package static let decode = Code("decode")
        /// The client is closed.
        package static let closed = Code("closed")
        /// The call itself is wrong: a bad connection string, a value PostgreSQL cannot hold, a transaction used
        /// after its end.
        package static let misuse = Code("misuse")
    }

    /// The kind of failure.
    package let code: Code
    /// The five characters of PostgreSQL's error code (https://www.postgresql.org/docs/15/errcodes-appendix.html).
    package internal(set) var sqlState: String?
    /// What happened, in the server's words as far as they cannot repeat a value, or in ours.
    package internal(set) var message: String
    /// `ERROR`, `FATAL` or `PANIC`, from the server.
    package internal(set) var severity: String?
    /// The violated constraint.
    package internal(set) var constraintName: String?
    /// The table it belongs to.
    package internal(set) var tableName: String?
    /// The column, for a violated NOT NULL.
    package internal(set) var columnName: String?
    /// The name that the statement was given (`SQL.named`).
    package internal(set) var statementName: String?

    /// Makes an error of ours.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// The kind and the SQLSTATE, fit for anyone's eyes.
    package var description: String {
        var text = "PostgreSQL: \(code)"
        if let sqlState { text += " \(sqlState)" }
        if let statementName { text += " in \(statementName)" }
        return text
    }

    /// Everything there is, for the operator.
    package var debugDescription: String {
        var text = description + ": " + message
        if let severity { text += ", severity \(severity)" }
        if let tableName { text += ", table \(tableName)" }
        if let columnName { text += ", column \(columnName)" }
        if let constraintName { text += ", constraint \(constraintName)" }
        return text
    }
}

extension PostgresError {
    /// Whether the same transaction may go through when it is run again: a serialization failure or a deadlock.
    package var isRetryable: Bool {
        sqlState == "40001" || sqlState == "40P01"
    }

    /// Whether a unique constraint was violated, or the one of that name.
    package func isUniqueViolation(of constraint: String? = nil) -> Bool {
        sqlState == "23505" && (constraint == nil || constraint == constraintName)
    }
}
