/// The rows of one result, in the memory libpq received them in.
package struct Rows: RandomAccessCollection, Sendable {
    /// One column of the result.
    package struct Column: Hashable, Sendable {
        /// The column's name, which need not be the only one of that name.
        package let name: String
        /// The OID of its type.
        package let typeOID: UInt32
    }

    let result: ResultHandle

    /// Always 0.
    package var startIndex: Int { 0 }
    /// The number of rows.
    package var endIndex: Int { result.rowCount }

    /// The row at an index.
    package subscript(index: Int) -> Row {
        precondition(index >= 0 && index < result.rowCount, "no such row in the result")
        return Row(result: result, index: index)
    }

    /// A value's bytes in PostgreSQL's text format, without copying them and without a closure; nil for NULL.
    ///
    /// SAFETY: they are valid as long as these rows, or a copy of them, are held.
    ///
    /// - Precondition: there is such a row and such a column.
    package func unsafeBytes(row: Int, column: Int) -> UnsafeRawBufferPointer? {
        result.isNull(row: row, column: column) ? nil : UnsafeRawBufferPointer(result.bytes(row: row, column: column))
    }

    /// The number of rows that the statement changed, or gave.
    package var affected: Int { result.affected }

    /// The columns, in order.
    package var columns: [Column] {
        (0..<result.columnCount).map { Column(name: result.columnName($0), typeOID: result.columnType($0)) }
    }

    /// Reads every row, one type a column.
    ///
    /// - Throws: `PostgresError` of code `decode` at the first value that is not of its type.
    package func decode<each Value: PostgresDecodable>(
        _ types: repeat (each Value).Type
    ) throws(PostgresError) -> [(repeat each Value)] {
        var values: [(repeat each Value)] = []
        values.reserveCapacity(count)
        for row in self {
            values.append(try row.decode(repeat each types))
        }
        return values
    }
}
