import ArgumentParser
import Logging
import Postgres
import PrivateCluster
import Registry

/// Says what is missing on this machine.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what is missing on this machine, and what to do about it.",
        discussion: "Changes nothing. Exit status 1 where something is in the way."
    )

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var standbys: StandbyOptions
    @OptionGroup var talk: TalkOptions

    mutating func validate() throws {
        _ = try standbys.configuration(for: database.place)
    }

    mutating func run() async throws {
        var isFine = true
        func tell(_ outcome: ClusterReport.Outcome, _ name: String, _ text: String) throws {
            isFine = isFine && outcome != .failure
            let mark =
                switch outcome {
                case .fine: "ok     "
                case .warning: "warning"
                case .failure: "FAILED "
                }
            try StandardOutput.write("\(mark)  \(name): \(text)\n")
        }
        switch database.place {
        case .privateCluster(let folder):
            for check in await ClusterReport.examine(folder: folder).checks {
                try tell(check.outcome, check.name, check.text)
            }
        case .server(let conninfo):
            try await examine(conninfo, tell: tell)
        }
        if !isFine { throw ExitStatus.failed }
    }

    private func examine(
        _ conninfo: String,
        tell: (ClusterReport.Outcome, String, String) throws -> Void
    ) async throws {
        let logger = talk.logger(level: .critical)
        let client = try PostgresClient(configuration: PostgresConfiguration(conninfo: conninfo), logger: logger)
        do {
            let server = try await client.query(
                """
                SELECT current_setting('server_version'), current_setting('server_version_num')::integer,
                    EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm'),
                    current_setting('server_encoding')
                """
            ).decode(String.self, Int.self, Bool.self, String.self)
            for (version, number, hasTrigrams, encoding) in server {
                try tell(
                    number >= 150_000 ? .fine : .failure,
                    "PostgreSQL",
                    "version \(version); 15 or newer is needed"
                )
                try tell(
                    hasTrigrams ? .fine : .failure,
                    "pg_trgm",
                    hasTrigrams ? "is there" : "is missing: install the server's contrib package"
                )
                try tell(encoding == "UTF8" ? .fine : .failure, "encoding", "\(encoding); UTF8 is needed")
            }
            let version = try await Registry(client: client, logger: logger).schemaVersion()
            let needed = Registry.requiredSchemaVersion
            let advice =
                version < needed ? "; run: claimboard migrate" : version > needed ? "; use a newer program" : ""
            try tell(version == needed ? .fine : .failure, "schema", "version \(version) of \(needed)\(advice)")
            if let standbys = try standbys.configuration(for: database.place) {
                try await StandbyReport(configuration: standbys, logger: logger).examine(client, tell: tell)
            }
        } catch let error as OutputError {
            await client.close()
            throw error
        } catch {
            try tell(.failure, "database", "\(Failure(error).message ?? "cannot be used")")
        }
        await client.close()
    }
}
