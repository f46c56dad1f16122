/// One row of a result.
package struct Row: Sendable {
    let result: ResultHandle
    /// The row's place in its result.
    package let index: Int

    /// The number of columns.
    package var count: Int { result.columnCount }

    /// Calls the body with a value's bytes in PostgreSQL's text format, nil for NULL, without copying them.
    ///
    /// - Precondition: there is such a column.
    package func withBytes<R, E: Error>(
        _ column: Int,
        _ body: (Span<UInt8>?) throws(E) -> R
    ) throws(E) -> R {
        guard !result.isNull(row: index, column: column) else { return try body(nil) }
        let bytes = result.bytes(row: index, column: column)
        return try body(bytes.span)
    }

    /// Reads the row, one type a column.
    ///
    /// - Throws: `PostgresError` of code `decode` when there are more or fewer columns, or a value is not of its type.
    package func decode<each Value: PostgresDecodable>(
        _ types: repeat (each Value).Type
    ) throws(PostgresError) -> (repeat each Value) {
        var wanted = 0
        for _ in repeat each types { wanted += 1 }
        guard wanted == count else {
            throw PostgresError(.decode, "the result has \(count) columns, \(wanted) were to be read")
        }
        var column = 0
        return (repeat try next(&column, each types))
    }

    /// Reads one value.
    ///
    /// - Throws: `PostgresError` of code `decode` when there is no such column or the value is not of the type.
    package func decode<Value: PostgresDecodable>(
        column: Int,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard column >= 0, column < count else {
            throw PostgresError(.decode, "the result has \(count) columns, number \(column) was to be read")
        }
        let value: Value? = withBytes(column) { bytes in
            if let bytes { Value(postgresText: bytes) } else { Value.postgresNull }
        }
        guard let value else {
            let found = result.isNull(row: index, column: column) ? "NULL" : "type \(result.columnType(column))"
            throw PostgresError(.decode, "column \(result.columnName(column)) (\(found)) does not read as \(type)")
        }
        return value
    }

    private func next<Value: PostgresDecodable>(
        _ column: inout Int,
        _ type: Value.Type
    ) throws(PostgresError) -> Value {
        defer { column += 1 }
        return try decode(column: column, as: type)
    }
}
