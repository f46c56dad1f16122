import Formats
import Hummingbird
import Registry

/// All states that records have had, with who made them, why, and what they changed.
struct RevisionRoutes {
    let registry: Registry
    let lists: Lists

    func add(to group: RouterGroup<APIContext>) {
        group.get("claims/{id}/revisions") { try await numbered(.claim, $0, $1) }
        group.get("papers/{id}/revisions") { try await numbered(.paper, $0, $1) }
        group.get("benchmarks/{slug}/revisions") { try await named(.benchmark, $0, $1) }
        group.get("models/{slug}/revisions") { try await named(.model, $0, $1) }
        group.get("metrics/{slug}/revisions") { try await named(.metric, $0, $1) }
        group.get("records/{type}/{id}/revisions") { request, context in
            guard let type = RevisedType(rawValue: try context.pathParameter("type")) else {
                let types = RevisedType.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.notFound, "There is no such kind of record. There are: \(types).")
            }
            return try await numbered(type, request, context)
        }
    }

    @Sendable private func numbered(
        _ type: RevisedType,
        _ request: Request,
        _ context: APIContext
    ) async throws -> Response {
        try await answer(type, try context.id(), request)
    }

    @Sendable private func named(
        _ type: RevisedType,
        _ request: Request,
        _ context: APIContext
    ) async throws -> Response {
        let name = try context.pathParameter("slug")
        guard let found = try await registry.record(type, named: name) else { throw Self.unknown(type) }
        if found.slug != name { return .moved(request, from: name, to: found.slug, baseURL: lists.baseURL) }
        return try await answer(type, found.id, request)
    }

    private func answer(_ type: RevisedType, _ id: Int64, _ request: Request) async throws -> Response {
        var query = try QueryReader(request)
        let page = query.page()
        try query.finish()
        let revisions = try await registry.revisions(of: type, id, page: page)
        guard !revisions.items.isEmpty || page.cursor != nil else { throw Self.unknown(type) }
        return lists.answer(revisions, to: request)
    }

    private static func unknown(_ type: RevisedType) -> Problem {
        let words = type.rawValue.replacing("_", with: " ")
        return Problem(.notFound, "There is no \(words) of this name or id.")
    }
}
