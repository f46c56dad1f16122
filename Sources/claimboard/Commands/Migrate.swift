import ArgumentParser
import Registry

/// Brings the database up to date.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database up to this program's schema.",
        discussion: """
            Makes the private PostgreSQL where there is none. Goes forward only: back up a database of your own first. \
            Safe to run from many machines at once, and again.
            """
    )

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    mutating func run() async throws {
        let logger = talk.logger()
        let database = database
        let talk = talk
        try await Interruption.cancels {
            try await RegistrySession.withDatabase(database, logger: logger) { client in
                let applied = try await Registry(client: client, logger: logger).migrate()
                for name in applied { talk.say("applied \(name)") }
                talk.say("The schema is at version \(Registry.requiredSchemaVersion).")
            }
        }
    }
}
