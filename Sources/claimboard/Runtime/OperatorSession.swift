import Registry

/// What the commands about accounts and tokens share.
enum OperatorSession {
    /// Opens the registry for one command.
    static func run<Value: Sendable>(
        _ database: DatabaseOptions,
        _ talk: TalkOptions,
        body: @Sendable @escaping (Registry) async throws -> Value
    ) async throws -> Value {
        let logger = talk.logger()
        return try await Interruption.cancels {
            try await RegistrySession.with(database, logger: logger, body: body)
        }
    }

    /// The account of a name.
    ///
    /// - Throws: `Failure` where there is none.
    static func account(_ name: String, in registry: Registry) async throws -> Account {
        guard let account = try await registry.account(named: name) else {
            throw Failure("There is no account \(name). To make it: claimboard account create \(name) --role ROLE")
        }
        return account
    }

    /// Changes an account, and prints how it is then.
    static func change(
        _ name: String,
        _ change: AccountChange,
        _ database: DatabaseOptions,
        _ talk: TalkOptions
    ) async throws {
        try await run(database, talk) { registry in
            let id = try await account(name, in: registry).id
            let account = try await registry.changeAccount(id, change, by: .operator)
            try StandardOutput.write(
                "\(account.name)  \(account.role.rawValue)\(account.disabledAt == nil ? "" : "  disabled")\n"
            )
        }
    }

    /// All parts of a list.
    static func all<Item>(_ part: (PageRequest) async throws -> Page<Item>) async throws -> [Item] {
        var items: [Item] = []
        var cursor: String?
        repeat {
            let page = try await part(PageRequest(limit: PageRequest.maximumLimit, cursor: cursor))
            items += page.items
            cursor = page.next
        } while cursor != nil
        return items
    }
}
