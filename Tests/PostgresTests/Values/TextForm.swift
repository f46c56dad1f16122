import Postgres

extension PostgresDecodable {
    /// Reads a value from its text form.
    static func read(_ text: String) -> Self? {
        Self(postgresText: text.utf8.span)
    }
}

extension PostgresEncodable {
    /// The value's text form.
    var textForm: String {
        var bytes: [UInt8] = []
        appendPostgresText(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
