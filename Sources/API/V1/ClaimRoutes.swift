import Claims
import Formats
import Hummingbird
import Registry

/// Claims: lists, one, and all states that one has had.
struct ClaimRoutes {
    let registry: Registry
    let lists: Lists

    func add(to group: RouterGroup<APIContext>) {
        group.get("claims", use: list)
        group.get("claims/{id}", use: get)
        group.get("claims/{id}/revisions", use: revisions)
    }

    @Sendable private func list(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        var wanted = ClaimQuery(status: query.choice("status") ?? .active, page: query.page())
        wanted.benchmark = query.text("benchmark")
        wanted.metric = query.text("metric")
        wanted.model = query.text("model")
        wanted.paper = query.integer("paper", in: 1...Int(Int64.max)).map(Int64.init)
        wanted.kind = query.choice("kind")
        wanted.unit = query.text("unit", maximumLength: 50)
        wanted.bound = query.choice("bound")
        wanted.minConfidence = query.fraction("min_confidence")
        try query.finish()
        return lists.answer(try await registry.claims(wanted), to: request)
    }

    @Sendable private func get(request: Request, context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        guard let claim = try await registry.claim(try context.id()) else { throw Self.unknown }
        return .json { claim.write(to: &$0) }
    }

    @Sendable private func revisions(request: Request, context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        guard let revisions = try await registry.claimRevisions(try context.id()) else { throw Self.unknown }
        return .json { json in
            json.object { json in
                json.member("items", revisions)
                json.member("next", nil as String?)
            }
        }
    }

    private static let unknown = Problem(.notFound, "There is no claim with this id.")
}
