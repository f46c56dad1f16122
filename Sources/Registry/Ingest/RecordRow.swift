import Claims
internal import Postgres

/// What the names in a reading stand for, by id.
struct ReadingNames: Sendable, Hashable {
    /// The model or, for a mention of a benchmark, the benchmark.
    var target: Int64?
    var metric: Int64?
    /// In the order of the reading's benchmarks.
    var benchmarks: [Int64] = []
}

/// One record as it stands in its table, or is to stand there.
struct RecordRow<Reading: StoredReading>: Sendable, Hashable {
    /// `nil` for a record that is to be made.
    var id: Int64?
    var paperID: Int64
    var reading: Reading
    var names: ReadingNames
    var extractorID: Int
    var status: RecordStatus = .active
    /// Who set fields by hand: a JSON object.
    var setBy = "{}"
    /// The fields that are set by hand: the names in ``setBy``.
    var fieldsSet: Set<String> = []
    /// When it was first kept, as the database prints it; `nil` for a record that is to be made.
    var createdAt: String?
}

/// One of the five kinds of what is read from papers, as the registry stores it.
protocol StoredReading: Sendable, Hashable {
    /// The table's name, which is also the type of the record's revisions.
    static var table: String { get }
    /// The columns of the table that only this kind has, in the order in which ``append(_:to:)`` writes them.
    static var ownColumns: SQL { get }
    /// The table of what a record has several of.
    static var childTable: ChildTable? { get }
    /// The columns that ``read(_:)`` reads, of the table under the name ``alias``.
    static var storedColumns: SQL { get }
    static var alias: String { get }

    var evidence: Evidence { get }
    var confidence: Double { get }
    var rules: [String] { get }

    /// What a newer reading must have in common to be the same record: strictest first, tried in turn.
    func matchKeys(_ names: ReadingNames) -> [[String]]

    /// Takes the fields that a person has set from the record as it stands.
    mutating func keep(_ fields: Set<String>, of stored: Self)

    /// Reads a record and what its names stand for.
    static func read(_ columns: inout ColumnReader) throws(PostgresError) -> (Self, ReadingNames)

    /// Writes a record's row: the shared columns, then its own.
    static func append(_ row: RecordRow<Self>, to copy: inout CopyText)

    /// Writes the rows of what the record has several of.
    static func appendChildren(of row: RecordRow<Self>, id: Int64, to copy: inout CopyText)
}

/// The table of what a record has several of: it has the record's id, a position from 1, and more columns.
struct ChildTable: Sendable {
    var name: String
    /// The column with the record's id.
    var parent: String
    /// The columns after the position.
    var columns: String
}

extension StoredReading {
    /// The columns that all five tables have, in the order in which they are written.
    static var sharedColumns: SQL {
        """
        id, paper_id, evidence_source, evidence_start, evidence_end, evidence, confidence, rules, extractor_id, status,
        set_by, created_at
        """
    }

    /// Writes a row: the shared columns, then those given.
    static func append<each Own: PostgresEncodable>(
        _ row: RecordRow<Self>,
        _ own: repeat each Own,
        to copy: inout CopyText
    ) {
        copy.append(
            row.id,
            row.paperID,
            row.reading.evidence.source.rawValue,
            row.reading.evidence.start,
            row.reading.evidence.end,
            row.reading.evidence.text,
            row.reading.confidence,
            row.reading.rules,
            row.extractorID,
            row.status.rawValue,
            row.setBy,
            row.createdAt,
            repeat each own
        )
    }

    /// A record without children writes none.
    static func appendChildren(of row: RecordRow<Self>, id: Int64, to copy: inout CopyText) {}
}
