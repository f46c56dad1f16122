import Claims
import Formats
import Hummingbird
import Registry

/// Claims: lists, and one.
struct ClaimRoutes {
    let registry: Registry
    let lists: Lists

    func add(to group: RouterGroup<APIContext>) {
        group.get("claims", use: list)
        group.get("claims/{id}", use: get)
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
        wanted.asOf = query.asOf()
        try query.finish()
        return lists.answer(try await registry.claims(wanted), to: request, asOf: wanted.asOf)
    }

    @Sendable private func get(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let asOf = query.asOf()
        try query.finish()
        let (claim, snapshot) = try await registry.claim(try context.id(), asOf: asOf)
        guard let claim else { throw Self.unknown }
        return .json(headers: Dated.headers(snapshot, asOf: asOf)) { claim.write(to: &$0) }
    }

    private static let unknown = Problem(.notFound, "There is no claim with this id.")
}
