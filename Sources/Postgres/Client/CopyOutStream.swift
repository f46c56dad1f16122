/// The bytes of a `COPY … TO STDOUT` in chunks of some 64 KB, in constant memory: the server waits for the reader.
package struct CopyOutStream: AsyncSequence, Sendable {
    /// Some bytes, which may end in the middle of no row: each chunk holds whole rows.
    package typealias Element = [UInt8]

    /// Where the connection comes from: a transaction's own, or one of the client's for this stream alone.
    enum Source: Sendable {
        case client(PostgresClient)
        case transaction(Session)
    }

    let source: Source
    let sql: SQL

    /// Starts to read; the COPY runs when the first chunk is asked for.
    package func makeAsyncIterator() -> Iterator {
        Iterator(source: source, sql: sql)
    }

    /// Reads the bytes from the beginning to the end; the COPY is cancelled when the iterator is dropped before.
    package final class Iterator: AsyncIteratorProtocol {
        private let source: Source
        private let sql: SQL
        private var copy: (session: Session, transfer: Transfer)?
        private var isEnded = false

        fileprivate init(source: Source, sql: SQL) {
            self.source = source
            self.sql = sql
        }

        deinit {
            guard !isEnded, let copy else { return }
            copy.session.abandon(copy.transfer)
        }

        /// The next chunk; nil at the end.
        package func next() async throws(PostgresError) -> [UInt8]? {
            try await next(isolation: nil)
        }

        /// The next chunk; nil at the end.
        package func next(isolation actor: isolated (any Actor)?) async throws(PostgresError) -> [UInt8]? {
            guard !isEnded else { return nil }
            do throws(PostgresError) {
                if copy == nil { copy = try await Iterator.start(sql, from: source) }
                if let copy, let chunk = try await copy.session.nextChunk(of: copy.transfer) { return chunk }
                end()
                return nil
            } catch {
                end()
                throw error
            }
        }

        private static func start(
            _ sql: SQL,
            from source: Source
        ) async throws(PostgresError) -> (session: Session, transfer: Transfer) {
            let session =
                switch source {
                case .transaction(let session): session
                case .client(let client): try await Session.open(client, begin: nil)
                }
            return (session, try await session.startCopy(.copyOut, sql))
        }

        private func end() {
            isEnded = true
            // A client's session is given back (or closed, if doubtful) when it is dropped here.
            copy = nil
        }
    }
}

extension PostgresClient {
    /// Reads what a `COPY … TO STDOUT` gives, in constant memory, on a connection of its own.
    ///
    /// - Parameter sql: The COPY; its binds are put into the text as literals.
    package func copyOut(_ sql: SQL) -> CopyOutStream {
        CopyOutStream(source: .client(self), sql: sql)
    }
}

extension Transaction {
    /// Reads what a `COPY … TO STDOUT` gives, in constant memory. Nothing else can run in the transaction meanwhile.
    ///
    /// - Parameter sql: The COPY; its binds are put into the text as literals.
    package func copyOut(_ sql: SQL) -> CopyOutStream {
        CopyOutStream(source: .transaction(session), sql: sql)
    }
}
