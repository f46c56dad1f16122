import ArgumentParser

/// The program: its subcommands, and how errors become messages and exit statuses.
@main
struct Claimboard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claimboard",
        abstract: "A registry of what papers claim.",
        discussion: """
            Results go to standard output, everything else to standard error.

            Without a setting, the registry is in a PostgreSQL of its own, which this program makes, starts and stops. \
            With DATABASE_URL, or --database-url, it is in that one.

            Exit status: 0 done, 1 failed, 2 wrong use, 3 some records were refused (ingest, \
            reextract, extract), 130 interrupted.
            """,
        version: version,
        subcommands: [
            Serve.self, Ingest.self, Work.self, Reextract.self, Extract.self, Benchmarks.self, SOTA.self,
            Leaderboard.self, ExportCommand.self, Dump.self, Restore.self, Log.self, CorrectionsCommand.self,
            AccountCommand.self, TokenCommand.self,
            Migrate.self, Evaluate.self, Doctor.self,
        ]
    )

    /// This program's version, as CHANGELOG.md counts them.
    static let version = "0.1.0"

    static func main() async {
        // A reader that goes away ("| head") shows as an error when writing, not as sudden death: the private
        // PostgreSQL is to be stopped first.
        ignoreBrokenPipes()
        do {
            var command = try parseAsRoot(withNumbersJoined(Array(CommandLine.arguments.dropFirst())))
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(for: error)
        }
    }

    /// Joins negative numbers to the options before them: `--port -1` becomes `--port=-1`.
    ///
    /// Standing alone they are taken for options, and the message speaks of a value that is missing.
    private static func withNumbersJoined(_ arguments: [String]) -> [String] {
        var joined: [String] = []
        for argument in arguments {
            if let option = joined.last, option.hasPrefix("--"), option != "--", !option.contains("="),
                !joined.contains("--"), argument.first == "-", argument.dropFirst().first?.isNumber == true
            {
                joined[joined.count - 1] = "\(option)=\(argument)"
            } else {
                joined.append(argument)
            }
        }
        return joined
    }

    private static func exit(for error: any Error) -> Never {
        if let status = error as? ExitStatus { status.exit() }
        switch exitCode(for: error) {
        case .success:
            // Help and version are what was asked for.
            print(fullMessage(for: error))
            ExitStatus.done.exit()
        case .validationFailure:
            StandardError.write(fullMessage(for: error))
            ExitStatus.wrongUse.exit()
        default:
            let failure = Failure(error)
            if let message = failure.message { StandardError.write("error: \(message)") }
            failure.status.exit()
        }
    }
}
