package import Claims
package import Logging
package import Postgres

/// Reads what stands in a title and an abstract, and says what has read it.
package typealias PaperReader =
    @Sendable (_ title: String, _ abstract: String) async -> (
        records: ExtractedRecords, extractor: ExtractorVersion
    )

/// The use cases over the database: what the API and the command line call.
///
/// It keeps no state but the connection pool, so that any number of registries can work on one database.
package struct Registry: Sendable {
    var client: Database
    let logger: Logger
    /// The bounds of what accounts may correct.
    package var correctionLimits = CorrectionLimits()
    /// Reads a paper anew whose abstract is corrected; where there is none, abstracts cannot be corrected.
    package var reader: PaperReader?

    /// Makes a registry over a database that ``migrate()`` has brought up to date.
    package init(client: PostgresClient, logger: Logger) {
        self.client = Database(client: client)
        self.logger = logger
    }

    /// The same registry, which tells of each of its own commits.
    ///
    /// - Parameter body: run after each commit and waited for before the writer gets its answer, so that a cache that
    ///   forgets there what has changed never shows a writer the state before.
    /// - Returns: the registry to write through.
    package func afterEachCommit(_ body: @escaping @Sendable () async -> Void) -> Registry {
        var registry = self
        registry.client.afterCommit = body
        return registry
    }
}
