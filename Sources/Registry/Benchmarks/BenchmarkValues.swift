package import Claims

/// Which benchmarks are wanted.
package struct BenchmarkQuery: Sendable, Hashable {
    /// The orders in which all benchmarks can be listed.
    package enum Order: Sendable, Hashable {
        /// Those with most claims first. One whose count changes between two pages can be missed, or come twice.
        case mostClaims
        /// By slug. Stable however much is written between two pages.
        case slug
    }

    /// Words of a name or alias, typos forgiven; the best matches come first.
    package var search: String?
    /// The order where nothing is searched for.
    package var order: Order
    /// Those that count, or others.
    package var status = ListedStanding.active
    package var page: PageRequest

    /// Makes a query.
    package init(search: String? = nil, order: Order = .mostClaims, page: PageRequest = PageRequest()) {
        self.search = search
        self.order = order
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
    /// Whether it counts.
    package var status: Standing
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
    /// The newest log entry that changed anything of it, its boards included.
    package var logPosition: Int64
    /// The revision that the card shows.
    package var revision: Int
    /// Whether it was found by an alias or a former slug: the canonical address is that of ``benchmark``.
    package var isRedirect: Bool
    /// What people have written of it.
    package var about = BenchmarkDescription()
}

/// What people have written of a benchmark, by corrections.
package struct BenchmarkDescription: Sendable, Hashable {
    /// What kind of thing it is, such as dataset or game.
    package var kind: String?
    package var description: String?
    /// Where it is found.
    package var url: String?
    /// Retracted where it is no benchmark.
    package var status = Standing.active
    /// Which fields a person has set, when and by which correction: JSON.
    package var setBy = "{}"
}

/// A size of a benchmark, with the paper that states it.
package struct StatedCount: Sendable, Hashable {
    package var count: BenchmarkCount
    package var paperID: Int64
}
