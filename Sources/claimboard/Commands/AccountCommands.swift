import ArgumentParser
import Formats
import Registry

/// The accounts that may write.
struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "Make and change the accounts that may write.",
        discussion: "Works on the database directly, and acts in the log as \(Principal.operator.name).",
        subcommands: [Create.self, List.self, Set.self, Disable.self, Enable.self]
    )

    /// Makes an account.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an account.",
            discussion: "It has no way in yet: make a token for it by `claimboard token create`."
        )

        @Argument(help: "Its name in log and revisions: a-z, 0-9, '.', '_', '-'.")
        var name: String

        @Option(name: .long, help: "What it may do at most.")
        var role: Role

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            let (name, role) = (name, role)
            try await OperatorSession.run(database, talk) { registry in
                let account = try await registry.createAccount(name, role: role, by: .operator)
                try StandardOutput.write("\(account.name)  \(account.role.rawValue)\n")
            }
            talk.say("Next, a token: claimboard token create \(name)")
        }
    }

    /// Lists all accounts.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts.")

        @OptionGroup var format: FormatOptions
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            let format = format.format
            try await OperatorSession.run(database, talk) { registry in
                let accounts = try await OperatorSession.all { try await registry.accounts($0) }
                try AccountText.write(accounts, as: format)
            }
        }
    }

    /// Changes a role.
    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give an account another role.")

        @Argument(help: "The account's name.")
        var name: String

        @Option(name: .long, help: "What it may do at most from now on.")
        var role: Role

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            try await OperatorSession.change(name, AccountChange(role: role), database, talk)
        }
    }

    /// Keeps an account out.
    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take none of an account's credentials from now on.",
            discussion: "What it has written stays. `claimboard account enable` takes it up again."
        )

        @Argument(help: "The account's name.")
        var name: String

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            try await OperatorSession.change(name, AccountChange(isDisabled: true), database, talk)
        }
    }

    /// Lets an account in again.
    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take an account's credentials again.")

        @Argument(help: "The account's name.")
        var name: String

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            try await OperatorSession.change(name, AccountChange(isDisabled: false), database, talk)
        }
    }
}

extension Role: ExpressibleByArgument {}
extension Scope: ExpressibleByArgument {}
