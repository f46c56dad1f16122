/// The rows of a statement in chunks, however many they are: memory stays at one chunk, and the server goes on only when
/// the next one is asked for.
///
/// The statement runs as a cursor in a read-only transaction of its own, so it sees one state of the database.
package struct RowStream: AsyncSequence, Sendable {
    /// Some rows.
    package typealias Element = Rows

    let client: PostgresClient
    let sql: SQL
    let chunkRows: Int

    /// Starts to read; the statement runs when the first chunk is asked for.
    package func makeAsyncIterator() -> Iterator {
        Iterator(client: client, sql: sql, chunkRows: chunkRows)
    }

    /// Reads a stream of rows from its beginning to its end.
    package struct Iterator: AsyncIteratorProtocol {
        private enum State {
            case new
            case open(Session)
            case ended
        }

        private let client: PostgresClient
        private let sql: SQL
        private let chunkRows: Int
        private var state = State.new

        fileprivate init(client: PostgresClient, sql: SQL, chunkRows: Int) {
            self.client = client
            self.sql = sql
            self.chunkRows = Swift.max(1, chunkRows)
        }

        /// The next chunk, never empty; nil at the end.
        package mutating func next() async throws(PostgresError) -> Rows? {
            try await next(isolation: nil)
        }

        /// The next chunk, never empty; nil at the end.
        package mutating func next(isolation actor: isolated (any Actor)?) async throws(PostgresError) -> Rows? {
            var statements: [SQL] = []
            let session: Session
            switch state {
            case .ended: return nil
            case .open(let open): session = open
            case .new:
                session = try await Session.open(client, begin: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                // The whole result is wanted, so the plan is to be the best for that and not for the first rows.
                statements = [
                    ("SET LOCAL cursor_tuple_fraction = 1" as SQL).unprepared,
                    ("DECLARE rows NO SCROLL CURSOR FOR \(sql)" as SQL).unprepared,
                ]
            }
            // Should the statement fail, the session is dropped with the state, which rolls it back.
            state = .ended
            statements.append(("FETCH FORWARD \(unescaped: "\(chunkRows)") FROM rows" as SQL).unprepared)
            let rows = try await session.perform(statements, timeout: nil).single
            if rows.count == chunkRows {
                state = .open(session)
            } else {
                await session.rollBack()
            }
            return rows.isEmpty ? nil : rows
        }
    }
}

extension PostgresClient {
    /// Reads the rows of a statement that changes nothing, in chunks and in constant memory.
    ///
    /// - Parameters:
    ///   - sql: A SELECT, VALUES or WITH.
    ///   - chunkRows: How many rows a chunk has; the last one may have fewer.
    package func stream(_ sql: SQL, chunkRows: Int = 1000) -> RowStream {
        RowStream(client: self, sql: sql, chunkRows: chunkRows)
    }
}
