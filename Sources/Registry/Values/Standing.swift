/// Whether a paper, benchmark, metric or model counts.
package enum Standing: String, Sendable, Hashable, CaseIterable {
    /// It counts.
    case active
    /// A person took it back: it stays to be seen, and stands in no list that does not ask for it.
    case retracted
}

/// Which papers, benchmarks, metrics or models a list has.
package enum ListedStanding: String, Sendable, Hashable, CaseIterable {
    /// Those that count.
    case active
    /// Those that were taken back.
    case retracted
    /// Both.
    case all
}
