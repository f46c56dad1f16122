import Claims

extension Registry {
    /// Lists models: with a search, the best matches first; else those with most claims first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor).
    package func models(_ query: NameQuery) async throws -> Page<ModelSummary> { preconditionFailure("being written") }

    /// The card of a model, by its slug or any of its names.
    ///
    /// - Returns: `nil` where there is none.
    package func model(_ name: String) async throws -> ModelCard? { preconditionFailure("being written") }

    /// Lists metrics: with a search, the best matches first; else those with most claims first.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor).
    package func metrics(_ query: NameQuery) async throws -> Page<MetricSummary> {
        preconditionFailure("being written")
    }

    /// A metric, by its slug or any of its names.
    ///
    /// - Returns: `nil` where there is none.
    package func metric(_ name: String) async throws -> MetricSummary? { preconditionFailure("being written") }
}
