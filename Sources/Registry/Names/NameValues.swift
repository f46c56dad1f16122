package import Claims

/// Which models or metrics are wanted.
package struct NameQuery: Sendable, Hashable {
    /// Words of a name, typos forgiven; `nil` for all.
    package var search: String?
    /// Those that count, or others.
    package var status = ListedStanding.active
    package var page: PageRequest

    /// Makes a query.
    package init(search: String? = nil, page: PageRequest = PageRequest()) {
        self.search = search
        self.page = page
    }
}

/// A model in a list.
package struct ModelSummary: Sendable, Hashable {
    package var model: ModelReference
    /// The parameter count that papers state of it: the newest statement.
    package var parameters: Int64?
    /// How many active claims are for it.
    package var claimCount: Int
    /// Whether it counts.
    package var status: Standing
}

/// Everything the registry knows of one model.
package struct ModelCard: Sendable, Hashable {
    package var model: ModelReference
    /// The other names it goes by, as printed.
    package var aliases: [String]
    package var claimCount: Int
    /// What papers say about its size.
    package var sizes: [StatedSize]
    /// Whether it was found by an alias or a former slug.
    package var isRedirect: Bool
    /// Whether it counts.
    package var status: Standing
    /// Which fields a person has set, when and by which correction: JSON.
    package var setBy: String
}

/// A model's size, with the paper that states it.
package struct StatedSize: Sendable, Hashable {
    package var size: ModelSize
    package var paper: PaperReference
}

/// A metric in a list.
package struct MetricSummary: Sendable, Hashable {
    package var metric: MetricReference
    /// The unit in which it is usually given.
    package var usualUnit: String?
    package var aliases: [String]
    /// How many active claims use it.
    package var claimCount: Int
    /// Whether it counts.
    package var status: Standing
    /// Which fields a person has set, when and by which correction: JSON.
    package var setBy: String
}
