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
        group.get("metrics/{slug}", use: getMetric)
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

    @Sendable private func getMetric(request: Request, context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        let slug = try context.pathParameter("slug")
        guard let metric = try await registry.metric(slug) else {
            throw Problem(.notFound, "There is no metric of this name.")
        }
        guard metric.metric.slug == slug else {
            return .moved(request, from: slug, to: metric.metric.slug, baseURL: lists.baseURL)
        }
        return .json { metric.write(to: &$0) }
    }

    private func wanted(_ request: Request) throws(Problem) -> NameQuery {
        var query = try QueryReader(request)
        var wanted = NameQuery(search: query.text("q"), page: query.page())
        wanted.status = query.choice("status") ?? .active
        try query.finish()
        return wanted
    }
}
