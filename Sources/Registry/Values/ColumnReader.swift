import Claims
internal import Postgres

/// Reads a row's columns from left to right.
struct ColumnReader {
    private let row: Row
    private var column = 0

    /// Starts at the first column.
    init(_ row: Row) {
        self.row = row
    }

    /// Reads a value.
    mutating func next<Value: PostgresDecodable>(_ type: Value.Type = Value.self) throws(PostgresError) -> Value {
        defer { column += 1 }
        return try row.decode(column: column, as: type)
    }

    /// Passes over columns.
    mutating func skip(_ count: Int) {
        column += count
    }

    /// Reads a word of a closed set.
    mutating func word<Word: RawRepresentable<String>>(_ type: Word.Type = Word.self) throws(PostgresError) -> Word {
        guard let word = Word(rawValue: try next(String.self)) else { throw unreadable(type) }
        return word
    }

    /// Reads a word of a closed set, where there is one.
    mutating func wordIfAny<Word: RawRepresentable<String>>(
        _ type: Word.Type = Word.self
    ) throws(PostgresError) -> Word? {
        guard let text = try next(String?.self) else { return nil }
        guard let word = Word(rawValue: text) else { throw unreadable(type) }
        return word
    }

    /// Reads a `numeric`.
    mutating func decimal() throws(PostgresError) -> ExactDecimal {
        guard let number = ExactDecimal(try next(String.self)) else { throw unreadable(ExactDecimal.self) }
        return number
    }

    /// Reads a `numeric`, where there is one.
    mutating func decimalIfAny() throws(PostgresError) -> ExactDecimal? {
        guard let text = try next(String?.self) else { return nil }
        guard let number = ExactDecimal(text) else { throw unreadable(ExactDecimal.self) }
        return number
    }

    /// Reads a date that is as exact as its text is long.
    mutating func date() throws(PostgresError) -> PublicationDate? {
        try next(String?.self).flatMap { PublicationDate($0) }
    }

    /// Reads four columns: source, start, end, text.
    mutating func evidence() throws(PostgresError) -> Evidence {
        Evidence(source: try word(), start: try next(), end: try next(), text: try next())
    }

    /// Reads two columns: name, version.
    mutating func extractor() throws(PostgresError) -> ExtractorVersion {
        ExtractorVersion(name: try next(), version: try next())
    }

    /// Reads four columns: id, title, date, address.
    mutating func paper() throws(PostgresError) -> PaperReference {
        PaperReference(id: try next(), title: try next(), published: try date(), url: try next())
    }

    /// Reads three columns, which are all null where there is no model: id, slug, name.
    mutating func model() throws(PostgresError) -> ModelReference? {
        let id = try next(Int64?.self)
        let slug = try next(String?.self)
        let name = try next(String?.self)
        guard let id, let slug, let name else { return nil }
        return ModelReference(id: id, slug: slug, name: name)
    }

    /// Reads five columns, which are all null where there is no metric: id, slug, name, direction, whether assumed.
    mutating func metric() throws(PostgresError) -> MetricReference? {
        let id = try next(Int64?.self)
        let slug = try next(String?.self)
        let name = try next(String?.self)
        let direction = try wordIfAny(MetricDirection.self)
        let isAssumed = try next(Bool?.self)
        guard let id, let slug, let name, let direction, let isAssumed else { return nil }
        return MetricReference(id: id, slug: slug, name: name, direction: direction, isDirectionAssumed: isAssumed)
    }

    /// Reads three arrays of one length: ids, slugs, names.
    mutating func benchmarks() throws(PostgresError) -> [BenchmarkReference] {
        let ids = try next([Int64].self)
        let slugs = try next([String].self)
        let names = try next([String].self)
        return zip(ids, zip(slugs, names)).map { BenchmarkReference(id: $0, slug: $1.0, name: $1.1) }
    }

    private func unreadable(_ type: any Any.Type) -> PostgresError {
        PostgresError(.decode, "column \(column) does not read as \(type)")
    }
}

extension Rows {
    /// Reads rows of one column.
    func values<Value: PostgresDecodable>(_ type: Value.Type = Value.self) throws(PostgresError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for row in self { values.append(try row.decode(column: 0, as: type)) }
        return values
    }

    /// Reads the first column of the first row.
    ///
    /// - Returns: `nil` where there is no row.
    func value<Value: PostgresDecodable>(_ type: Value.Type = Value.self) throws(PostgresError) -> Value? {
        guard let row = first else { return nil }
        return try row.decode(column: 0, as: type)
    }
}

/// Lists of columns that ``ColumnReader`` reads as one value.
enum Columns {
    /// For ``ColumnReader/paper()``, of a table named `p`.
    static let paper: SQL = "p.id, p.title, left(to_char(p.published, 'YYYY-MM-DD'), p.published_precision), p.url"
    /// For ``ColumnReader/model()``, of a table named `d`.
    static let model: SQL = "d.id, d.slug, d.name"
    /// For ``ColumnReader/metric()``, of a table named `m`.
    static let metric: SQL = "m.id, m.slug, m.name, m.direction, m.direction_assumed"

    /// For ``ColumnReader/evidence()``.
    static func evidence(_ table: String) -> SQL {
        """
        \(unescaped: table).evidence_source, \(unescaped: table).evidence_start, \(unescaped: table).evidence_end,
        \(unescaped: table).evidence
        """
    }

    /// A time in UTC, RFC 3339 with microseconds.
    static func time(_ column: String) -> SQL {
        "to_char(\(unescaped: column) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    }
}
