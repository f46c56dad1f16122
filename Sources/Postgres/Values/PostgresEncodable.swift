/// A value that can be bound to a statement or written into a COPY, in PostgreSQL's text format.
package protocol PostgresEncodable: Sendable {
    /// Whether the value stands for NULL.
    var isPostgresNull: Bool { get }

    /// Appends the value as PostgreSQL writes it. Not called for NULL.
    func appendPostgresText(to bytes: inout [UInt8])

    /// Appends several values as one: an array, save for bytes, which make a `bytea`.
    static func appendPostgresArray(_ values: [Self], to bytes: inout [UInt8])
}

extension PostgresEncodable {
    /// A value is not NULL unless its type says so.
    package var isPostgresNull: Bool { false }

    /// Writes `{…}`, each element quoted.
    package static func appendPostgresArray(_ values: [Self], to bytes: inout [UInt8]) {
        ArrayText.append(values, to: &bytes)
    }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// Nil is NULL.
    package var isPostgresNull: Bool { self?.isPostgresNull ?? true }

    /// Appends the wrapped value.
    package func appendPostgresText(to bytes: inout [UInt8]) {
        self?.appendPostgresText(to: &bytes)
    }
}

extension Array: PostgresEncodable where Element: PostgresEncodable {
    /// Appends the elements as one value.
    package func appendPostgresText(to bytes: inout [UInt8]) {
        Element.appendPostgresArray(self, to: &bytes)
    }
}
