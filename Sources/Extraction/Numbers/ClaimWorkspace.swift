/// The memory that the stages of numbers work in, one abstract after the other.
struct ClaimWorkspace {
    var quantities: [Quantity] = []
    var roles: [ClaimContext.TokenRole] = []
    var decisions: [KindDecision] = []
    var results = ResultList()
    var groups = BenchmarkGroups()
    var benchmarkStage = BenchmarkStage()
    var benchmarks: [BenchmarkStage.Decision] = []
    var metricStage = MetricStage()
    var metrics: [MetricStage.Decision] = []

    /// Finds the quantities and what each token is part of.
    mutating func prepare(_ document: Document, names: NamedThings) {
        QuantityFinder.find(in: document, into: &quantities)
        ClaimContext.markRoles(of: document, names: names, into: &roles)
    }

    /// What the later stages look at.
    func context(_ document: Document, names: NamedThings) -> ClaimContext {
        ClaimContext(document: document, names: names, quantities: quantities, roles: roles)
    }
}
