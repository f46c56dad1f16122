extension Session {
    /// Sends all chunks of a source to a COPY and gives the number of rows.
    func copyIn<Source: AsyncSequence>(_ sql: SQL, from source: Source) async throws -> Int
    where Source.Element == [UInt8] {
        let transfer = try await startCopy(.copyIn, sql)
        do {
            for try await chunk in source where !chunk.isEmpty {
                try await send(chunk, to: transfer)
            }
        } catch {
            // The server throws away what it has got; how it says so does not matter.
            _ = try? await finishCopy(transfer, because: "the source of the data failed")
            throw error
        }
        return try await finishCopy(transfer)
    }
}

extension PostgresClient {
    /// Sends data to a `COPY … FROM STDIN` in a transaction of its own; all of it arrives, or nothing.
    ///
    /// - Parameters:
    ///   - sql: The COPY; its binds are put into the text as literals.
    ///   - source: The data, in chunks of any size; 64 KB is a good one. It waits for the server.
    /// - Returns: the number of rows.
    /// - Throws: `PostgresError`, or what the source throws.
    @discardableResult
    package func copyIn<Source: AsyncSequence>(_ sql: SQL, from source: Source) async throws -> Int
    where Source.Element == [UInt8] {
        let session = try await Session.open(self, begin: nil)
        defer { session.release() }
        return try await session.copyIn(sql, from: source)
    }
}

extension Transaction {
    /// Sends data to a `COPY … FROM STDIN`. Nothing else can run in the transaction meanwhile.
    ///
    /// - Parameters:
    ///   - sql: The COPY; its binds are put into the text as literals.
    ///   - source: The data, in chunks of any size; 64 KB is a good one. It waits for the server.
    /// - Returns: the number of rows.
    /// - Throws: `PostgresError`, or what the source throws; the transaction can then only be rolled back.
    @discardableResult
    package func copyIn<Source: AsyncSequence>(_ sql: SQL, from source: Source) async throws -> Int
    where Source.Element == [UInt8] {
        try await session.copyIn(sql, from: source)
    }

    /// Sends rows that are in memory to a `COPY … FROM STDIN`.
    ///
    /// - Parameters:
    ///   - sql: The COPY; its binds are put into the text as literals.
    ///   - rows: The rows.
    /// - Returns: the number of rows.
    /// - Throws: `PostgresError`; the transaction can then only be rolled back.
    @discardableResult
    package func copyIn(_ sql: SQL, _ rows: CopyText) async throws(PostgresError) -> Int {
        let transfer = try await session.startCopy(.copyIn, sql)
        try await session.send(rows.bytes, to: transfer)
        return try await session.finishCopy(transfer)
    }
}
