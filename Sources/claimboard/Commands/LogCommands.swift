import ArgumentParser
import Registry

/// The journal of everything that was written.
struct Log: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at the journal of everything that was written.",
        subcommands: [Verify.self]
    )

    /// Checks the whole journal.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prove that nothing in the journal, or in the revisions it vouches for, was altered.",
            discussion: "Prints the head of the hash chain, to be compared with one noted down earlier. Exit status 1 "
                + "where something was altered."
        )

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            let logger = talk.logger()
            let database = database
            let result = try await Interruption.cancels {
                try await RegistrySession.with(database, logger: logger) { try await $0.verifyLog() }
            }
            if let fault = result.fault {
                throw Failure("The log was altered: \(fault)")
            }
            try StandardOutput.write(
                "ok, \(result.entryCount) entries, head \(result.head.position) \(result.head.hash)\n"
            )
        }
    }
}
