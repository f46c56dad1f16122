import Formats
import Hummingbird
import Registry

/// Papers: lists, and one with its records.
struct PaperRoutes {
    let registry: Registry
    let lists: Lists

    func add(to group: RouterGroup<APIContext>) {
        group.get("papers", use: list)
        group.get("papers/{id}", use: get)
    }

    @Sendable private func list(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        var wanted = PaperQuery(search: query.text("q"), page: query.page())
        wanted.identifier = query.text("identifier", maximumLength: 2048)
        wanted.benchmark = query.text("benchmark")
        wanted.publishedFrom = query.date("published_from")
        wanted.publishedTo = query.date("published_to")
        wanted.asOf = query.asOf()
        wanted.status = query.choice("status") ?? .active
        try query.finish()
        return lists.answer(try await registry.papers(wanted), to: request, asOf: wanted.asOf)
    }

    @Sendable private func get(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let asOf = query.asOf()
        try query.finish()
        let (paper, snapshot) = try await registry.paper(try context.id(), asOf: asOf)
        guard let paper else { throw Problem(.notFound, "There is no paper with this id.") }
        return .json(headers: Dated.headers(snapshot, asOf: asOf), capacity: 16 * 1024) { paper.write(to: &$0) }
    }
}
