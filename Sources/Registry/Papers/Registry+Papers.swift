import Claims

extension Registry {
    /// Lists papers, the newest in the registry first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor, identifier; notFound: benchmark).
    package func papers(_ query: PaperQuery) async throws -> Page<PaperSummary> { preconditionFailure("being written") }

    /// A paper with all its records, retired and retracted ones included.
    ///
    /// - Returns: `nil` where there is none.
    package func paper(_ id: Int64) async throws -> PaperRecord? { preconditionFailure("being written") }
}
