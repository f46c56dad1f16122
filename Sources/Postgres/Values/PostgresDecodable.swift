/// A value that can be read from a result, from PostgreSQL's text format.
package protocol PostgresDecodable: Sendable {
    /// Reads a value; nil when the bytes are not one.
    init?(postgresText bytes: Span<UInt8>)

    /// What NULL reads as; nil when the type has no such value.
    static var postgresNull: Self? { get }

    /// Reads several values from one: an array, save for bytes, which come from a `bytea`.
    static func postgresArray(_ bytes: Span<UInt8>) -> [Self]?
}

extension PostgresDecodable {
    /// NULL is no value unless the type says so.
    package static var postgresNull: Self? { nil }

    /// Reads `{…}`.
    package static func postgresArray(_ bytes: Span<UInt8>) -> [Self]? {
        ArrayText.parse(bytes)
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// Reads the wrapped value.
    package init?(postgresText bytes: Span<UInt8>) {
        guard let value = Wrapped(postgresText: bytes) else { return nil }
        self = .some(value)
    }

    /// NULL is nil.
    package static var postgresNull: Self? { .some(.none) }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// Reads the elements from one value.
    package init?(postgresText bytes: Span<UInt8>) {
        guard let elements = Element.postgresArray(bytes) else { return nil }
        self = elements
    }
}
