import Claims

extension Registry {
    /// Keeps a batch of papers with their records, in one transaction: all of it or, when it throws, nothing.
    ///
    /// A paper that is known (by an identifier, or by its text) and says nothing new changes nothing. One that is known
    /// with another text, more identifiers or another extractor's version is read anew: claims found again keep their
    /// ids, those no longer found are retired, and fields that a person has set stay. Safe to call from many
    /// connections at once, also with the same papers.
    ///
    /// - Parameters:
    ///   - papers: the papers, in any number; some hundreds at a time are quickest.
    /// - Returns: one outcome for each paper, in the same order.
    /// - Throws: `RegistryError` (unavailable) and `PostgresError`.
    package func ingest(_ papers: [IngestPaper]) async throws -> [IngestOutcome] {
        preconditionFailure("being written")
    }
}
