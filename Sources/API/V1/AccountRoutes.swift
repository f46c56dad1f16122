import Formats
import HTTPTypes
import Hummingbird
import Registry

/// Accounts, for who manages them, and one's own for everyone who has one.
struct AccountRoutes {
    let registry: Registry
    let lists: Lists
    let limits: APILimits
    let access: AccessControl
    let idempotency: Idempotency

    func add(to group: RouterGroup<APIContext>) {
        group.get("account", use: own)
        group.get("accounts", use: list)
        group.post("accounts", use: create)
        group.get("accounts/{id}", use: get)
        group.patch("accounts/{id}", use: change)
    }

    @Sendable private func own(request: Request, context: APIContext) async throws -> Response {
        let sender = try await access.sender(of: request)
        try QueryReader(request).finish()
        return .json(headers: Personal.headers, capacity: 512) { sender.write(to: &$0) }
    }

    @Sendable private func list(request: Request, context: APIContext) async throws -> Response {
        _ = try await access.require(.admin, of: request)
        var query = try QueryReader(request)
        let page = query.page()
        try query.finish()
        return Personal.answer(lists.answer(try await registry.accounts(page), to: request))
    }

    @Sendable private func create(request: Request, context: APIContext) async throws -> Response {
        let principal = try await access.require(.admin, of: request)
        return try await idempotency.once(request, context, by: principal) { request, registry in
            try QueryReader(request).finish()
            let reader = ContentReader(maximumBytes: limits.bodyBytes, timeLimit: limits.bodyTime)
            var object = try ObjectReader(try await reader.readJSON(request))
            let name = object.text("name", characters: 1...64, isRequired: true)
            if let name, !Account.isName(name) {
                object.refuse("name", "Must have only a-z, 0-9, '.', '_', '-', and begin with a letter or digit.")
            }
            let role: Role? = object.choice("role", isRequired: true)
            try object.finish()
            guard let name, let role else { throw Problem(.internalError) }
            let account = try await registry.createAccount(name, role: role, by: principal)
            var response = Self.answer(account)
            response.status = .created
            response.headers[.location] = "/v1/accounts/\(account.id)"
            return response
        }
    }

    @Sendable private func get(request: Request, context: APIContext) async throws -> Response {
        _ = try await access.require(.admin, of: request)
        try QueryReader(request).finish()
        guard let account = try await registry.account(try context.id()) else {
            throw Problem(.notFound, "There is no account with this id.")
        }
        return Self.answer(account)
    }

    @Sendable private func change(request: Request, context: APIContext) async throws -> Response {
        let principal = try await access.require(.admin, of: request)
        try QueryReader(request).finish()
        let id = try context.id()
        let reader = ContentReader(maximumBytes: limits.bodyBytes, timeLimit: limits.bodyTime)
        let (_, bytes) = try await reader.read(request, as: [.json, .mergePatch])
        var object = try ObjectReader(try ContentReader.json(bytes))
        let role: Role? = object.choice("role")
        let isDisabled = object.boolean("disabled")
        try object.finish()
        let change = AccountChange(role: role, isDisabled: isDisabled)
        let account = try await registry.changeAccount(id, change, by: principal) { account in
            try Precondition.require(request, Self.tag(account))
        }
        return Self.answer(account)
    }

    private static func tag(_ account: Account) -> String {
        Precondition.tag(of: "account", id: account.id, revision: account.revision)
    }

    private static func answer(_ account: Account) -> Response {
        var headers = Personal.headers
        headers[.eTag] = tag(account)
        return .json(headers: headers, capacity: 512) { account.write(to: &$0) }
    }
}

/// Answers that are for nobody else's eyes: no cache keeps them.
enum Personal {
    static let headers: HTTPFields = [.cacheControl: "no-store"]

    /// Makes an answer one of these.
    static func answer(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
