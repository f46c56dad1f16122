import Formats
import Hummingbird
import Registry

/// Models and metrics.
struct NameRoutes {
    let registry: Registry
    let lists: Lists

    func add(to group: RouterGroup<APIContext>) {
        group.get("models", use: listModels)
        group.get("models/{slug}", use: getModel)
        group.get("metrics", use: listMetrics)
    }

    @Sendable private func listModels(request: Request, context: APIContext) async throws -> Response {
        lists.answer(try await registry.models(try wanted(request)), to: request)
    }

    @Sendable private func listMetrics(request: Request, context: APIContext) async throws -> Response {
        lists.answer(try await registry.metrics(try wanted(request)), to: request)
    }

    @Sendable private func getModel(request: Request, context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        let slug = try context.pathParameter("slug")
        guard let card = try await registry.model(slug) else {
            throw Problem(.notFound, "There is no model of this name.")
        }
        guard card.model.slug == slug else {
            return .moved(request, from: slug, to: card.model.slug, baseURL: lists.baseURL)
        }
        return .json { card.write(to: &$0) }
    }

    private func wanted(_ request: Request) throws(Problem) -> NameQuery {
        var query = try QueryReader(request)
        let wanted = NameQuery(search: query.text("q"), page: query.page())
        try query.finish()
        return wanted
    }
}
