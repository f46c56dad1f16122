package import Claims

/// Which papers are wanted; each condition given must hold.
package struct PaperQuery: Sendable, Hashable {
    /// Words of title or abstract, in the syntax of web search engines (quotes, `or`, `-`).
    package var search: String?
    /// A paper's identifier, in any form in which it is recognised.
    package var identifier: String?
    /// The slug, or any name, of a benchmark that the paper names.
    package var benchmark: String?
    package var publishedFrom: PublicationDate?
    package var publishedTo: PublicationDate?
    /// The moment whose state is wanted; `nil` for the present.
    package var asOf: AsOf?
    /// Those that count, or others.
    package var status = ListedStanding.active
    package var page: PageRequest

    /// Makes a query for all papers; narrow it by setting the rest.
    package init(search: String? = nil, page: PageRequest = PageRequest()) {
        self.search = search
        self.page = page
    }
}

/// A paper in a list.
package struct PaperSummary: Sendable, Hashable {
    package var paper: PaperReference
    package var identifiers: [PaperIdentifier]
    package var claimCount: Int
    /// When it was first kept, in UTC (RFC 3339, microseconds).
    package var createdAt: String
    /// Whether it counts.
    package var status: Standing
}

/// A paper with all that was read from it.
package struct PaperRecord: Sendable, Hashable {
    package var id: Int64
    package var paper: Paper
    package var extractor: ExtractorVersion
    /// When it was read, in UTC (RFC 3339, microseconds).
    package var extractedAt: String
    package var createdAt: String
    /// The number of the newest revision.
    package var revision: Int
    /// Whether it counts: retracted, none of its records does.
    package var status: Standing
    /// Who set fields of the paper by hand: a JSON object of field names; `{}` where nobody did.
    package var setBy: String
    package var benchmarks: [Recorded<BenchmarkMention, BenchmarkReference>]
    package var claims: [ClaimRecord]
    package var sotaClaims: [Recorded<SOTAClaim, ModelReference>]
    package var modelSizes: [Recorded<ModelSize, ModelReference>]
    package var links: [Recorded<Link, Never>]
}

/// A record read from a paper, with its place in the registry.
package struct Recorded<Reading: Sendable & Hashable, Target: Sendable & Hashable>: Sendable, Hashable {
    package var id: Int64
    /// The fields as read, or as corrected.
    package var reading: Reading
    /// What the reading's name stands for, where it has one.
    package var target: Target?
    package var status: RecordStatus
    /// The number of the newest revision.
    package var revision: Int
    /// Who set fields by hand: a JSON object of field names; `{}` where nobody did.
    package var setBy: String
}
