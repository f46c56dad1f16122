import Claims

/// Which benchmarks are wanted.
package struct BenchmarkQuery: Sendable, Hashable {
    /// Words of a name or alias, typos forgiven; `nil` for all benchmarks, those with most claims first.
    package var search: String?
    package var page: PageRequest

    /// Makes a query.
    package init(search: String? = nil, page: PageRequest = PageRequest()) {
        self.search = search
        self.page = page
    }
}

/// A benchmark in a list.
package struct BenchmarkSummary: Sendable, Hashable {
    package var benchmark: BenchmarkReference
    /// How many active claims are about it.
    package var claimCount: Int
    /// How many papers name it.
    package var paperCount: Int
}

/// Everything the registry knows of one benchmark, but its boards' entries.
package struct BenchmarkCard: Sendable, Hashable {
    package var benchmark: BenchmarkReference
    /// The other names it goes by, as printed, in the order in which they were first seen.
    package var aliases: [String]
    package var claimCount: Int
    package var paperCount: Int
    /// What it is made of, as papers state it.
    package var counts: [StatedCount]
    /// The papers that present it, oldest first.
    package var introducedBy: [PaperReference]
    /// Its boards, the one with most entries first.
    package var boards: [Board]
    /// The revision that the card shows.
    package var revision: Int
    /// Whether it was found by an alias or a former slug: the canonical address is that of ``benchmark``.
    package var isRedirect: Bool
}

/// A size of a benchmark, with the paper that states it.
package struct StatedCount: Sendable, Hashable {
    package var count: BenchmarkCount
    package var paperID: Int64
}

/// A benchmark's names, for extractors that look for known names.
package struct KnownBenchmark: Sendable, Hashable {
    package var name: String
    package var aliases: [String]
}
