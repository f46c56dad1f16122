/// Which changes are wanted.
package struct ChangeQuery: Sendable, Hashable {
    /// The changes after this log position; 0 for all.
    package var after: Int64
    /// How many at most, 1...1000.
    package var limit: Int
    /// Only what concerns this benchmark: its slug, or any of its names.
    package var benchmark: String?
    /// Only records of this kind.
    package var type: RevisedType?

    /// Makes a query.
    package init(after: Int64 = 0, limit: Int = 50, benchmark: String? = nil, type: RevisedType? = nil) {
        self.after = after
        self.limit = limit
        self.benchmark = benchmark
        self.type = type
    }
}

/// What one log entry tells of.
package struct Change: Sendable, Hashable {
    /// The entry's position in the log.
    package var position: Int64
    /// The entry's hash, hexadecimal.
    package var hash: String
    /// When, in UTC (RFC 3339, microseconds).
    package var at: String
    package var actor: String
    /// What was done, such as `paper.created`.
    package var kind: String
    package var reason: String?
    /// The paper that it is about, as it was then; `nil` where it is about something else.
    package var paper: PaperReference?
    /// The records that got a new revision, as far as they were asked for.
    package var records: [ChangedRecord]
}

/// A record that a change gave a new revision.
package struct ChangedRecord: Sendable, Hashable {
    package var type: RevisedType
    package var id: Int64
    /// The number of the new revision.
    package var revision: Int
    /// What the record is, in few words; `nil` where it has none.
    package var summary: String?
}

/// A part of the changes.
package struct ChangePage: Sendable, Hashable {
    /// In the order of the log.
    package var changes: [Change]
    /// The position that everything asked for has been told up to: ask for what comes after it to go on.
    package var position: Int64
    /// Whether there is more already.
    package var hasMore: Bool
}
