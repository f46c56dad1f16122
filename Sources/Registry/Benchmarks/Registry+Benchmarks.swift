import Claims

extension Registry {
    /// Lists benchmarks: with a search, the best matches first; else those with most claims first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor, a search of more than 200 characters).
    package func benchmarks(_ query: BenchmarkQuery) async throws -> Page<BenchmarkSummary> {
        preconditionFailure("being written")
    }

    /// The card of a benchmark.
    ///
    /// - Parameter name: its slug, a former slug, or any of its names.
    /// - Returns: `nil` where there is none.
    package func benchmark(_ name: String) async throws -> BenchmarkCard? { preconditionFailure("being written") }

    /// The names of all benchmarks, those with most claims first, at most `limit` of them.
    package func namesForGazetteer(limit: Int = 100_000) async throws -> [KnownBenchmark] {
        preconditionFailure("being written")
    }
}
