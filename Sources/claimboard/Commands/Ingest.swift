import ArgumentParser
import Formats

/// Papers into the registry.
struct Ingest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read papers into the registry.",
        discussion: """
            Finds out what a file is from its content: JSON Lines with title and abstract (and any of id, published, \
            identifiers, url), the copied text of a Hugging Face Daily Papers listing page, plain text with a title line \
            and blank lines between papers; also gzipped. A record that cannot be read is reported with file and line, \
            and the others go in. Reading a paper again changes nothing.

            Exit status: 0 done, 1 failed or all was refused, 2 wrong use, 3 some records were refused. After an \
            interruption, all batches before it are in; run it again to go on.
            """
    )

    /// How the outcome is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    @Argument(help: "Files of papers, also gzipped; - is standard input.", completion: .file())
    var files: [String]

    @Option(name: .long, help: "How to print the outcome.")
    var format = Format.text

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    mutating func run() async throws {
        try refuseToWaitForTyping(files)
        let command = self
        let logger = talk.logger()
        let outcome = try await Interruption.cancels {
            try await RegistrySession.with(command.database, logger: logger) { registry in
                try await IngestRun(registry: registry, talk: command.talk).ingest(command.files)
            }
        }
        switch format {
        case .text: try StandardOutput.write(outcome.text)
        case .json: try StandardOutput.write(outcome.json)
        }
        if outcome.hasRefused { throw outcome.papers == 0 ? ExitStatus.failed : .refused }
    }
}
