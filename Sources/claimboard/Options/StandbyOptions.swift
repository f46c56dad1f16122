import ArgumentParser
import Postgres

/// Where reads may go besides the primary.
struct StandbyOptions: ParsableArguments {
    @Option(
        name: .customLong("read-database-url"),
        help: ArgumentHelp(
            "Standbys of the database that reads go to where they are up to date: a libpq address, of several hosts too. "
                + "Default: $READ_DATABASE_URL, else all reads go to the primary.",
            valueName: "url"
        )
    )
    var url: String?

    mutating func validate() throws {
        if let url, url.isEmpty { throw ValidationError("--read-database-url wants a value that is not empty.") }
    }

    /// How to reach the standbys of a database, from flag and environment in this order; `nil` for none.
    ///
    /// - Throws: `ValidationError` where the address cannot be read, asks for a primary, or the database is the private one,
    ///   which has no standbys.
    func configuration(for place: DatabasePlace) throws -> PostgresConfiguration? {
        guard case .server = place else {
            guard url == nil else {
                throw ValidationError(
                    "--read-database-url goes with --database-url: the private database has no standbys."
                )
            }
            return nil
        }
        guard let conninfo = url ?? environment("READ_DATABASE_URL") else { return nil }
        let configuration = PostgresConfiguration(conninfo: conninfo)
        do throws(PostgresError) {
            _ = try configuration.hosts()
        } catch {
            throw ValidationError("--read-database-url: \(error.message).")
        }
        return configuration
    }
}
