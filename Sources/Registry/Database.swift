internal import Postgres

/// The client, with the errors that callers can act on in the registry's own words.
struct Database: Sendable {
    let client: PostgresClient
    /// A transaction under way that all reads and writes go through; `nil` where each goes its own way.
    ///
    /// Whoever sets it uses the database from one task at a time.
    var enclosing: Transaction?
    /// What is done after each commit, before the writer hears of it.
    var afterCommit: (@Sendable () async -> Void)?
    /// The standbys that reads may go to; `nil` where there are none.
    var standbys: StandbyReads?

    init(client: PostgresClient) {
        self.client = client
    }

    /// Runs a statement that changes nothing, and gives its rows: where there are standbys, on one of them if the present
    /// ``ReadScope`` allows for it.
    func read(_ sql: SQL) async throws -> Rows {
        do {
            if let enclosing { return try await enclosing.query(sql) }
            if let standbys { return try await standbys.read(sql) }
            return try await client.read(sql)
        } catch {
            throw Self.translated(error)
        }
    }

    /// Runs a statement that changes nothing but has to see all that was committed before, and gives its rows: never on
    /// a standby, which may be behind.
    func readPresent(_ sql: SQL) async throws -> Rows {
        do {
            if let enclosing { return try await enclosing.query(sql) }
            return try await client.read(sql)
        } catch {
            throw Self.translated(error)
        }
    }

    /// Runs a statement that changes nothing and may take long, and gives its rows.
    ///
    /// On a connection of its own: on the shared ones the server ends every statement after the configured time limit.
    func longRead(_ sql: SQL, timeout: Duration) async throws -> Rows {
        do {
            return try await client.transaction(readOnly: true) { try await $0.query(sql, timeout: timeout) }
        } catch {
            throw Self.translated(error)
        }
    }

    /// Runs the body in a transaction that sees what others commit; errors come as they are, for the body's caller to
    /// try again.
    ///
    /// Within an enclosing transaction it is a part of that one: undone alone where it throws, committed with the whole.
    func transaction<R: Sendable>(_ body: (Transaction) async throws -> R) async throws -> R {
        if let enclosing { return try await enclosing.part(body) }
        let result = try await client.transaction(isolation: .readCommitted, body)
        await afterCommit?()
        return result
    }

    /// As ``transaction(_:)``, with errors in the registry's own words.
    func write<R: Sendable>(_ body: (Transaction) async throws -> R) async throws -> R {
        do {
            return try await transaction(body)
        } catch {
            throw Self.translated(error)
        }
    }

    /// Runs the body in a transaction that changes nothing and sees one state of the database; errors come as they are.
    func snapshotTransaction<R: Sendable>(_ body: (Transaction) async throws -> R) async throws -> R {
        try await client.transaction(isolation: .repeatableRead, readOnly: true, body)
    }

    /// Rows of a statement that changes nothing, as they come.
    func stream(_ sql: SQL, chunkRows: Int = 1000) -> RowStream {
        client.stream(sql, chunkRows: chunkRows)
    }

    /// What a caller is to know of an error: that trying later may help, that it was cancelled, or the error itself.
    static func translated(_ error: any Error) -> any Error {
        guard let error = error as? PostgresError else { return error }
        func unavailable(_ message: String) -> RegistryError {
            RegistryError(.unavailable, message, cause: error.debugDescription)
        }
        switch error.code {
        case .connectFailed, .connectionLost, .closed: return unavailable("the database cannot be reached")
        case .timeout: return unavailable("the database did not answer in time")
        case .overloaded: return unavailable("too many requests are waiting for the database")
        case .cancelled: return CancellationError()
        default:
            // A standby answers a transaction that may write with 0A000, and a statement that writes with 25006.
            let isReadOnly = error.sqlState == "25006" || error.sqlState == "0A000"
            return isReadOnly ? unavailable("the database takes no changes now") : error
        }
    }
}

extension Transaction {
    /// Runs a part of the transaction, which is undone alone where it throws.
    func part<R: Sendable>(_ body: (Transaction) async throws -> R) async throws -> R {
        try await execute("SAVEPOINT part")
        do {
            let value = try await body(self)
            try await execute("RELEASE SAVEPOINT part")
            return value
        } catch {
            // Where even this fails, the whole transaction is lost; the error to tell is the first one.
            _ = try? await batch(["ROLLBACK TO SAVEPOINT part", "RELEASE SAVEPOINT part"])
            throw error
        }
    }
}
