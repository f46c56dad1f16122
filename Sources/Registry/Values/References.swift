package import Claims

/// A benchmark as other records point to it.
package struct BenchmarkReference: Sendable, Hashable {
    package var id: Int64
    package var slug: String
    package var name: String
    /// Whether it counts, where that was looked up: for its boards.
    package var status: Standing?
}

/// A metric as other records point to it.
package struct MetricReference: Sendable, Hashable {
    package var id: Int64
    package var slug: String
    package var name: String
    /// Which way it gets better.
    package var direction: MetricDirection
    /// Whether the direction was guessed from the metric's name.
    package var isDirectionAssumed: Bool
}

/// A model as other records point to it.
package struct ModelReference: Sendable, Hashable {
    package var id: Int64
    package var slug: String
    package var name: String
}

/// A paper as other records point to it.
package struct PaperReference: Sendable, Hashable {
    package var id: Int64
    package var title: String
    package var published: PublicationDate?
    package var url: String?
}

/// Whether a record counts.
package enum RecordStatus: String, Sendable, Hashable, CaseIterable {
    /// It counts.
    case active
    /// A newer reading of the paper no longer finds it.
    case retired
    /// A person took it back.
    case retracted
}
