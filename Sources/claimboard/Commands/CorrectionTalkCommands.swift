import ArgumentParser
import Formats
import Registry

extension CorrectionsCommand {
    /// A proposal brought up to date.
    struct Rebase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring an own correction to what its target is now, perhaps with another patch."
        )

        @Argument(help: "The correction's id.")
        var id: Int64

        @Option(name: .long, help: "Another change: a JSON object. Default: the one that it has.")
        var patch: String?

        @Option(name: .customLong("as"), help: "The account that proposed it.")
        var account = Principal.operator.name

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            let (id, account) = (id, account)
            let node = try patch.map(CorrectionSession.patch)
            try await OperatorSession.run(database, talk) { registry in
                let principal = try await CorrectionSession.principal(account, in: registry)
                let correction = try await registry.rebaseCorrection(id, patch: node, by: principal)
                try StandardOutput.write("\(correction.id)  \(correction.state.rawValue)\n")
            }
        }
    }

    /// What people say about a correction.
    struct Comments: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what was said about a correction, or say something.",
            subcommands: [All.self, Add.self],
            defaultSubcommand: All.self
        )

        /// All comments.
        struct All: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "list",
                abstract: "Show what was said about a correction, the oldest first."
            )

            @Argument(help: "The correction's id.")
            var id: Int64

            @OptionGroup var database: DatabaseOptions
            @OptionGroup var talk: TalkOptions

            mutating func run() async throws {
                let id = id
                try await OperatorSession.run(database, talk) { registry in
                    let comments = try await OperatorSession.all { page in
                        try await registry.comments(onCorrection: id, page: page)
                    }
                    for comment in comments {
                        let text = comment.text.replacing("\n", with: "\n    ")
                        try StandardOutput.write("\(comment.createdAt)  \(comment.author)\n    \(text)\n")
                    }
                }
            }
        }

        /// One more comment.
        struct Add: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Say something about a correction.")

            @Argument(help: "The correction's id.")
            var id: Int64

            @Argument(help: "What is said.")
            var text: String

            @Option(name: .customLong("as"), help: "The account that says it.")
            var account = Principal.operator.name

            @OptionGroup var database: DatabaseOptions
            @OptionGroup var talk: TalkOptions

            mutating func run() async throws {
                let (id, text, account) = (id, text, account)
                try await OperatorSession.run(database, talk) { registry in
                    let principal = try await CorrectionSession.principal(account, in: registry)
                    let comment = try await registry.comment(onCorrection: id, text, by: principal)
                    try StandardOutput.write("\(comment.id)\n")
                }
            }
        }
    }
}
