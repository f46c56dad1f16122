/// What became of one line of a board between two moments.
package struct BoardDifference: Sendable, Hashable {
    /// The ways in which a line can differ.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It was not there before.
        case entered
        /// It is no longer there.
        case left
        /// It says something else, and may have another place.
        case changed
        /// It says the same and has another place.
        case moved
    }

    package var kind: Kind
    package var claimID: Int64
    /// The line as it was; `nil` where it was not there.
    package var before: BoardEntry?
    /// The line as it came to be; `nil` where it is gone.
    package var after: BoardEntry?
}

/// How a board differs between two moments.
package struct BoardDiff: Sendable {
    package var benchmark: BenchmarkReference
    /// The board at the later moment; `nil` where the benchmark has none.
    package var board: Board?
    package var from: Snapshot
    package var to: Snapshot
    /// In the order of the later places, then of the earlier ones.
    package var differences: [BoardDifference]
    /// The cursor of the next part.
    package var next: String?
}
