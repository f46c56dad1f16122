import Claims
internal import Postgres

/// The entries of a part of a board in the bytes that the database has sent: for those who only pass them on.
///
/// Reading fifty entries into values costs several times what writing their bytes into an answer does.
package struct BoardRows: Sendable {
    /// What an entry has, in the order of the query's columns: the counter and the sort key come before.
    package enum Field: Int, Sendable {
        case claimID = 2
        case value, valueHigh, bound, aggregate, subject
        case modelID, modelSlug, modelName, parameters
        case paperID, paperTitle, published, paperURL
        case evidenceSource, evidenceStart, evidenceEnd, evidence
        case codeLinks, confidence, status
    }

    private let rows: Rows
    /// The entries' places, one an entry.
    package let ranks: [Int]

    /// How many entries there are.
    package var count: Int { ranks.count }

    /// Takes the first rows of a leaderboard's query, and gives out their places.
    init(_ rows: Rows, limit: Int, ranking: inout Ranking) {
        self.rows = rows
        var ranks: [Int] = []
        ranks.reserveCapacity(limit)
        for row in 0..<Swift.min(limit, rows.count) {
            let key = rows.unsafeBytes(row: row, column: Self.sortKey)
            let before = row > 0 ? rows.unsafeBytes(row: row - 1, column: Self.sortKey) : nil
            if let key, let before {
                ranks.append(ranking.place(isTied: key.isSameNumber(as: before)))
            } else if let key = key.flatMap({ ExactDecimal(String(decoding: $0, as: UTF8.self)) }) {
                ranks.append(ranking.place(of: key))
            }
        }
        self.ranks = ranks
    }

    /// The UTF-8 of a field as PostgreSQL prints it; `nil` for NULL.
    ///
    /// SAFETY: valid as long as these lines are held.
    package func bytes(_ line: Int, _ field: Field) -> UnsafeRawBufferPointer? {
        rows.unsafeBytes(row: line, column: field.rawValue)
    }

    /// The addresses of the code of an entry's paper.
    ///
    /// - Throws: `PostgresError`.
    package func codeLinks(_ line: Int) throws -> [String] {
        // Most papers have none.
        if bytes(line, .codeLinks)?.count == 2 { return [] }
        return try rows[line].decode(column: Field.codeLinks.rawValue)
    }

    /// The entries as values.
    ///
    /// - Throws: `PostgresError`.
    func entries() throws -> [BoardEntry] {
        try ranks.indices.map { line in
            var columns = ColumnReader(rows[line])
            columns.skip(Field.claimID.rawValue)
            var entry = try BoardEntry(reading: &columns)
            entry.rank = ranks[line]
            return entry
        }
    }

    /// The sort key of the last entry, as printed.
    var lastKey: String? {
        guard count > 0, let key = rows.unsafeBytes(row: count - 1, column: Self.sortKey) else { return nil }
        return String(decoding: key, as: UTF8.self)
    }

    private static let sortKey = 1
}

extension UnsafeRawBufferPointer {
    /// Whether two numbers as PostgreSQL prints `numeric` are equal: zeros at the end of a fraction mean nothing.
    fileprivate func isSameNumber(as other: UnsafeRawBufferPointer) -> Bool {
        let (left, right) = (significantCount, other.significantCount)
        guard left == right else { return false }
        for index in 0..<left where self[index] != other[index] { return false }
        return true
    }

    private var significantCount: Int {
        guard contains(UInt8(ascii: ".")) else { return count }
        var end = count
        while end > 0, self[end - 1] == UInt8(ascii: "0") { end -= 1 }
        return end > 0 && self[end - 1] == UInt8(ascii: ".") ? end - 1 : end
    }
}

/// A part of a board whose entries are rows.
package struct BoardRowsPage: Sendable {
    package var benchmark: BenchmarkReference
    /// The board shown; `nil` where the benchmark has none.
    package var board: Board?
    /// All boards of the benchmark, the one with most entries first.
    package var boards: [Board]
    /// Best first; `nil` where there is no board.
    package var rows: BoardRows?
    /// As in ``BoardPage/unranked``.
    package var unranked: [BoardEntry]
    /// The cursor of the next part of ``rows``.
    package var next: String?
    /// As in ``BoardPage/nextUnranked``.
    package var nextUnranked: String?
    /// As in ``BoardPage/logPosition``.
    package var logPosition: Int64
    /// As in ``BoardPage/snapshot``.
    package var snapshot: Snapshot
}
