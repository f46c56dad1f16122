package import Claims

/// One reported number as the registry keeps it.
package struct ClaimRecord: Sendable, Hashable {
    package var id: Int64
    package var paper: PaperReference
    /// The fields as read, or as corrected.
    package var claim: ExtractedClaim
    package var metric: MetricReference?
    package var model: ModelReference?
    /// The benchmarks that ``ExtractedClaim/benchmarks`` names, in its order.
    package var benchmarks: [BenchmarkReference]
    package var extractor: ExtractorVersion
    package var status: RecordStatus
    /// The number of the newest revision.
    package var revision: Int
    /// Who set fields by hand: a JSON object of field names; `{}` where nobody did.
    package var setBy: String
    /// When it was first kept, in UTC (RFC 3339, microseconds).
    package var createdAt: String
}

/// Which claims are wanted; each condition given must hold.
package struct ClaimQuery: Sendable, Hashable {
    /// The benchmark's slug, or any of its names.
    package var benchmark: String?
    /// The metric's slug, or any of its names.
    package var metric: String?
    /// The model's slug.
    package var model: String?
    package var paper: Int64?
    package var kind: ClaimKind?
    package var unit: String?
    package var bound: Bound?
    package var status: RecordStatus?
    /// The least confidence, 0...1.
    package var minConfidence: Double?
    /// The moment whose state is wanted; `nil` for the present.
    package var asOf: AsOf?
    package var page: PageRequest

    /// Makes a query for all active claims; narrow it by setting the rest.
    package init(status: RecordStatus? = .active, page: PageRequest = PageRequest()) {
        self.status = status
        self.page = page
    }
}
