/// Rows in COPY's text format (https://www.postgresql.org/docs/15/sql-copy.html): tabs between values, a newline after
/// each row, `\N` for NULL, backslashes before what would be mistaken.
package struct CopyText: Sendable {
    /// The rows so far.
    package private(set) var bytes: [UInt8] = []
    private var scratch: [UInt8] = []

    /// Starts without rows.
    package init() {}

    /// Takes the rows out and starts anew, for sending them in chunks.
    package mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    /// Appends a row, one value a column.
    package mutating func append<each Value: PostgresEncodable>(_ values: repeat each Value) {
        var isFirst = true
        for value in repeat each values {
            if !isFirst { bytes.append(UInt8(ascii: "\t")) }
            isFirst = false
            append(value: value)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(value: some PostgresEncodable) {
        guard !value.isPostgresNull else {
            bytes += #"\N"#.utf8
            return
        }
        scratch.removeAll(keepingCapacity: true)
        value.appendPostgresText(to: &scratch)
        for byte in scratch {
            switch byte {
            case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
            case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
            case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
            case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
            default: bytes.append(byte)
            }
        }
    }
}
