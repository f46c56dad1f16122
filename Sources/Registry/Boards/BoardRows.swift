import Claims
internal import Postgres

/// The entries of a part of a board in the bytes that the database has sent: for those who only pass them on.
///
/// Reading fifty entries into values costs several times what copying their bytes into an answer does.
package struct BoardRows: Sendable {
    private let rows: Rows
    /// The entries' places, one an entry.
    package let ranks: [Int]

    /// How many entries there are.
    package var count: Int { ranks.count }

    /// Takes the first rows of a leaderboard's query, and gives out their places.
    init(_ rows: Rows, limit: Int, ranking: inout Ranking) {
        self.rows = rows
        self.ranks = ranking.places(of: rows, limit: limit)
    }

    /// All that is shown of an entry but place, parameters and status: JSON values with tabs between them, which no JSON
    /// value has within.
    ///
    /// In this order: the claim's id, value, upper value, bound, aggregate; the model's slug and name, the subject; the
    /// paper's id, title, date, address; the array of its code's addresses; the evidence, its source, start and end; the
    /// confidence as PostgreSQL prints `double precision`. What there is not is `null`.
    ///
    /// SAFETY: valid as long as these lines are held.
    package func shown(_ line: Int) -> UnsafeRawBufferPointer {
        rows.unsafeBytes(row: line, column: Column.shown) ?? UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// The model's size in decimal digits; `nil` where it is not known.
    ///
    /// SAFETY: valid as long as these lines are held.
    package func parameters(_ line: Int) -> UnsafeRawBufferPointer? {
        rows.unsafeBytes(row: line, column: Column.parameters)
    }

    /// The claim's status, a word that needs no escaping.
    ///
    /// SAFETY: valid as long as these lines are held.
    package func status(_ line: Int) -> UnsafeRawBufferPointer {
        rows.unsafeBytes(row: line, column: Column.status) ?? UnsafeRawBufferPointer(start: nil, count: 0)
    }

    /// Where the part after these entries starts: the last one's sort key and claim.
    var end: (key: String, claim: Int64)? {
        guard count > 0, let key = rows.unsafeBytes(row: count - 1, column: Column.sortKey) else { return nil }
        let digits = shown(count - 1).prefix { $0 != UInt8(ascii: "\t") }
        return Int64(String(decoding: digits, as: UTF8.self)).map { (String(decoding: key, as: UTF8.self), $0) }
    }

    /// The columns of the query behind a leaderboard.
    enum Column {
        static let counter = 0
        static let sortKey = 1
        static let parameters = 2
        static let status = 3
        static let shown = 4
    }
}

extension Ranking {
    /// Gives out the places of the first rows of a leaderboard's query.
    mutating func places(of rows: Rows, limit: Int) -> [Int] {
        var ranks: [Int] = []
        ranks.reserveCapacity(limit)
        var before: UnsafeRawBufferPointer?
        for row in 0..<Swift.min(limit, rows.count) {
            guard let key = rows.unsafeBytes(row: row, column: BoardRows.Column.sortKey) else { continue }
            if let before {
                ranks.append(place(isTied: key.isSameNumber(as: before)))
            } else if let number = ExactDecimal(String(decoding: key, as: UTF8.self)) {
                // The first may share its place with the last of the part before.
                ranks.append(place(of: number))
            }
            before = key
        }
        return ranks
    }
}

extension UnsafeRawBufferPointer {
    /// Whether two numbers as PostgreSQL prints `numeric` are equal: zeros at the end of a fraction mean nothing.
    fileprivate func isSameNumber(as other: UnsafeRawBufferPointer) -> Bool {
        // Most are of one scale: then they are equal where they are printed alike.
        if count == other.count { return elementsEqual(other) }
        let (left, right) = (significantCount, other.significantCount)
        return left == right && self[..<left].elementsEqual(other[..<right])
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
