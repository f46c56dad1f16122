import Formats
import HTTPTypes
import Hummingbird
import Registry

/// The tokens of accounts, for who manages them.
struct TokenRoutes {
    let registry: Registry
    let lists: Lists
    let limits: APILimits
    let access: AccessControl
    let idempotency: Idempotency

    /// For how many days a token is taken where the client does not say.
    static let defaultDays = 365

    func add(to group: RouterGroup<APIContext>) {
        group.get("accounts/{id}/tokens", use: list)
        group.post("accounts/{id}/tokens", use: create)
        group.delete("accounts/{id}/tokens/{token_id}", use: revoke)
    }

    @Sendable private func list(request: Request, context: APIContext) async throws -> Response {
        _ = try await access.require(.admin, of: request)
        var query = try QueryReader(request)
        let page = query.page()
        try query.finish()
        let id = try context.id()
        guard try await registry.account(id) != nil else {
            throw Problem(.notFound, "There is no account with this id.")
        }
        return Personal.answer(lists.answer(try await registry.tokens(of: id, page), to: request))
    }

    @Sendable private func create(request: Request, context: APIContext) async throws -> Response {
        let principal = try await access.require(.admin, of: request)
        let secret = TokenSecret.random()
        return try await idempotency.once(request, context, by: principal, withholding: secret.text) {
            request,
            registry in
            try QueryReader(request).finish()
            let id = try context.id()
            let wanted = try await read(request)
            do {
                let token = try await registry.createToken(wanted, for: id, by: principal, secret: secret)
                var response = Response.json(headers: Personal.headers, capacity: 512) { json in
                    json.object { json in
                        json.member("token", secret.text)
                        token.members(to: &json)
                    }
                }
                response.status = .created
                return response
            } catch let error as RegistryError where error.code == .invalid {
                // The registry knows the account's role, and with it the scopes that it can have.
                throw Problem.field("/\(error.field ?? "")", error.message)
            }
        }
    }

    @Sendable private func revoke(request: Request, context: APIContext) async throws -> Response {
        let principal = try await access.require(.admin, of: request)
        try QueryReader(request).finish()
        try await registry.revokeToken(try context.id("token_id"), of: try context.id(), by: principal)
        return Response(status: .noContent, headers: Personal.headers)
    }

    private func read(_ request: Request) async throws -> TokenRequest {
        let reader = ContentReader(maximumBytes: limits.bodyBytes, timeLimit: limits.bodyTime)
        var object = try ObjectReader(try await reader.readJSON(request))
        let name = object.text("name", characters: TokenRequest.nameLength, isRequired: true)
        let scopes: [Scope]? = object.choices("scopes")
        let days = object.integer("expires_in_days", in: TokenRequest.dayRange) ?? Self.defaultDays
        try object.finish()
        return TokenRequest(name: name ?? "", scopes: Set(scopes ?? []), days: days)
    }
}
