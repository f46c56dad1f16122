/// A `numeric` exactly as PostgreSQL prints it, digits, trailing zeros and all; never a float.
package struct PostgresNumeric: Hashable, PostgresEncodable, PostgresDecodable, CustomStringConvertible {
    /// The number's text: `-12.50`, `NaN`, `Infinity`.
    package let text: String

    /// Wraps a number's text; the server refuses what is not a number.
    package init(_ text: String) {
        self.text = text
    }

    /// The number's text.
    package var description: String { text }

    /// Writes the text as it is.
    package func appendPostgresText(to bytes: inout [UInt8]) {
        bytes += text.utf8
    }

    /// Keeps the text as it is.
    package init?(postgresText bytes: Span<UInt8>) {
        guard let text = String(postgresText: bytes), !text.isEmpty else { return nil }
        self.text = text
    }
}
