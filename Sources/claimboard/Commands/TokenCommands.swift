import ArgumentParser
import Formats
import Registry

/// The tokens of accounts.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make, list and revoke the tokens that let accounts in over HTTP.",
        discussion: "Works on the database directly, and acts in the log as \(Principal.operator.name).",
        subcommands: [Create.self, List.self, Revoke.self]
    )

    /// Makes a token.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token, and print it: it is not shown again.",
            discussion: "Standard output has the token alone: TOKEN=$(claimboard token create NAME)."
        )

        @Argument(help: "The name of the account that it lets in.")
        var account: String

        @Option(name: .long, help: "What its holder calls it.")
        var name = "made on the command line"

        @Option(
            name: .customLong("scope"),
            help: ArgumentHelp(
                "What it allows; may be given more than once. Default: all that the account's role does.",
                valueName: "scope"
            )
        )
        var scopes: [Scope] = []

        @Option(name: .long, help: "For how many days it is taken, 1 to 3650.")
        var days = 365

        @Flag(name: .long, help: "It is taken until it is revoked.")
        var noExpiry = false

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func validate() throws {
            guard TokenRequest.dayRange.contains(days) else {
                throw ValidationError("--days takes a number from 1 to 3650, not \(days).")
            }
        }

        mutating func run() async throws {
            let command = self
            let secret = TokenSecret.random()
            let token = try await OperatorSession.run(database, talk) { registry in
                let account = try await OperatorSession.account(command.account, in: registry)
                let request = TokenRequest(
                    name: command.name,
                    scopes: command.scopes.isEmpty ? account.role.scopes : Swift.Set(command.scopes),
                    days: command.noExpiry ? nil : command.days
                )
                return try await registry.createToken(request, for: account.id, by: .operator, secret: secret)
            }
            try StandardOutput.write(secret.text + "\n")
            let end = token.expiresAt.map { "until \($0)" } ?? "until it is revoked"
            let scopes = token.scopes.map(\.rawValue).joined(separator: ", ")
            talk.say("Token \(token.id) of \(token.accountName): \(scopes), \(end). It is not shown again.")
        }
    }

    /// Lists tokens.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List tokens, without their secrets.")

        @Argument(help: "Only those of this account.")
        var account: String?

        @OptionGroup var format: FormatOptions
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            let (name, format) = (account, format.format)
            try await OperatorSession.run(database, talk) { registry in
                var id: Int64?
                if let name { id = try await OperatorSession.account(name, in: registry).id }
                let tokens = try await OperatorSession.all { [id] in try await registry.tokens(of: id, $0) }
                try AccountText.write(tokens, as: format)
            }
        }
    }

    /// Revokes a token.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Revoke a token: no service takes it from now on.",
            discussion: "`claimboard token list` has the ids."
        )

        @Argument(help: "The token's id.")
        var id: Int64

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            let id = id
            let token = try await OperatorSession.run(database, talk) { registry in
                try await registry.revokeToken(id, by: .operator)
            }
            talk.say("Token \(token.id) of \(token.accountName) is revoked.")
        }
    }
}
