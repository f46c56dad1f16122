internal import Postgres

/// How far the database was when a write had its answer: whoever names it in a later read sees the write, on whichever
/// server the read takes place.
package struct WritePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    let lsn: LSN

    init(_ lsn: LSN) {
        self.lsn = lsn
    }

    /// Reads the form that ``description`` has: two hexadecimal numbers of up to eight digits, such as `16/B374D848`.
    ///
    /// - Returns: `nil` for any other text.
    package init?(_ text: String) {
        guard let lsn = LSN(text) else { return nil }
        self.lsn = lsn
    }

    /// The form that clients carry.
    package var description: String { lsn.description }

    /// Whether a position comes before another.
    package static func < (left: WritePosition, right: WritePosition) -> Bool {
        left.lsn < right.lsn
    }
}
