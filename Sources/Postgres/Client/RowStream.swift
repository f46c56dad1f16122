/// The rows of a statement in chunks, however many they are: memory stays at two chunks, since the server makes the next
/// one while the reader is at work on the last, and waits then until that is asked for.
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
    package struct Iterator: AsyncIteratorProtocol, Sendable {
        private enum State: Sendable {
            case new
            case open(Ahead)
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
            let session: Session
            let rows: Rows
            let fetch = ("FETCH FORWARD \(unescaped: "\(chunkRows)") FROM rows" as SQL).unprepared
            // Should a statement fail, the session is dropped with the state, which rolls it back.
            switch state {
            case .ended: return nil
            case .open(let ahead):
                state = .ended
                session = ahead.session
                rows = try await ahead.take()
            case .new:
                state = .ended
                session = try await Session.open(client, begin: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                // The whole result is wanted, so the plan is to be the best for that and not for the first rows.
                let statements = [
                    ("SET LOCAL cursor_tuple_fraction = 1" as SQL).unprepared,
                    ("DECLARE rows NO SCROLL CURSOR FOR \(sql)" as SQL).unprepared,
                    fetch,
                ]
                rows = try await session.perform(statements, timeout: nil).single
            }
            if rows.count == chunkRows {
                state = .open(Ahead(session, fetch))
            } else {
                await session.rollBack()
            }
            return rows.isEmpty ? nil : rows
        }
    }
}

/// A chunk that is fetched before it is asked for; dropped, it is given up.
private final class Ahead: Sendable {
    let session: Session
    private let rows: Task<Result<Rows, PostgresError>, Never>

    init(_ session: Session, _ fetch: SQL) {
        self.session = session
        rows = Task {
            do throws(PostgresError) {
                return .success(try await session.perform([fetch], timeout: nil).single)
            } catch {
                return .failure(error)
            }
        }
    }

    deinit { rows.cancel() }

    /// The chunk, as soon as it is there.
    func take() async throws(PostgresError) -> Rows {
        let result = await withTaskCancellationHandler {
            await rows.value
        } onCancel: {
            rows.cancel()
        }
        return try result.get()
    }
}

extension PostgresClient {
    /// Reads the rows of a statement that changes nothing, in chunks and in constant memory.
    ///
    /// - Parameters:
    ///   - sql: A SELECT, VALUES or WITH.
    ///   - chunkRows: How many rows a chunk has; the last one may have fewer.
    /// - Returns: the stream; the statement runs when it is read.
    package func stream(_ sql: SQL, chunkRows: Int = 1000) -> RowStream {
        RowStream(client: self, sql: sql, chunkRows: chunkRows)
    }
}
