import Claims

extension Registry {
    /// Lists claims, the newest in the registry first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor; notFound: benchmark, metric or model).
    package func claims(_ query: ClaimQuery) async throws -> Page<ClaimRecord> { preconditionFailure("being written") }

    /// A claim, whatever its status.
    ///
    /// - Returns: `nil` where there is none.
    package func claim(_ id: Int64) async throws -> ClaimRecord? { preconditionFailure("being written") }

    /// All states that a claim has had, the first one first.
    ///
    /// - Returns: `nil` where there is no such claim.
    package func claimRevisions(_ id: Int64) async throws -> [Revision]? { preconditionFailure("being written") }
}
