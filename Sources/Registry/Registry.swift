package import Logging
package import Postgres

/// The use cases over the database: what the API and the command line call.
///
/// It keeps no state but the connection pool, so that any number of registries can work on one database.
package struct Registry: Sendable {
    let client: Database
    let logger: Logger
    /// The bounds of what accounts may correct.
    package var correctionLimits = CorrectionLimits()

    /// Makes a registry over a database that ``migrate()`` has brought up to date.
    package init(client: PostgresClient, logger: Logger) {
        self.client = Database(client: client)
        self.logger = logger
    }
}
