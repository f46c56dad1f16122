import Claims

extension Registry {
    /// A part of a board, best first.
    ///
    /// - Throws: `RegistryError` (notFound: benchmark, metric or board; invalid: limit, cursor).
    /// - Complexity: O(log n + k) for a board of n entries and a page of k; with filters, the entries they pass over too.
    package func leaderboard(_ query: BoardQuery) async throws -> BoardPage { preconditionFailure("being written") }

    /// The best claim of each of a benchmark's boards, and what papers say about the state of the art on it.
    ///
    /// - Parameters:
    ///   - query: the benchmark and the filters; the metric and unit, where given, narrow the boards.
    /// - Throws: `RegistryError` (notFound).
    package func sota(_ query: BoardQuery) async throws -> SOTAReport { preconditionFailure("being written") }

    /// How the record on a board progressed. The page of the query plays no part.
    ///
    /// - Throws: `RegistryError` (notFound).
    package func history(_ query: BoardQuery) async throws -> HistoryReport { preconditionFailure("being written") }
}
