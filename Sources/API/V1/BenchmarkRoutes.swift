import Formats
import HTTPTypes
import Hummingbird
import Registry

/// Benchmarks: search and cards.
struct BenchmarkRoutes {
    let registry: Registry
    let cache: BoardCache
    let lists: Lists

    func add(to group: RouterGroup<APIContext>) {
        group.get("benchmarks", use: list)
        group.get("benchmarks/{slug}", use: get)
    }

    @Sendable private func list(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        var wanted = BenchmarkQuery(search: query.text("q"), page: query.page())
        wanted.status = query.choice("status") ?? .active
        try query.finish()
        return lists.answer(try await registry.benchmarks(wanted), to: request)
    }

    @Sendable private func get(request: Request, context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        let slug = try context.pathParameter("slug")
        guard let card = try await registry.benchmark(slug) else {
            throw Problem(.notFound, "There is no benchmark of this name.")
        }
        guard card.benchmark.slug == slug else {
            return .moved(request, from: slug, to: card.benchmark.slug, baseURL: lists.baseURL)
        }
        let tag = BoardTag(
            benchmark: card.benchmark.id,
            position: card.logPosition,
            fingerprint: AnswerKey(request, as: .json).fingerprint(baseURL: lists.baseURL)
        )
        return .json(headers: [.eTag: tag.description]) { card.write(to: &$0) }
    }
}

extension Response {
    /// A lasting redirect from another name of a record to its slug: merges and renamings keep old addresses alive.
    static func moved(_ request: Request, from name: String, to slug: String, baseURL: String) -> Response {
        // The name stands in the path as the client has encoded it; the slug needs no encoding.
        let path = request.uri.path.split(separator: "/").map { part in
            PercentEncoding.decode(part) == name ? slug : String(part)
        }
        let query = request.uri.query.map { "?" + $0 } ?? ""
        let location = baseURL + "/" + path.joined(separator: "/") + query
        return Response(status: .permanentRedirect, headers: [.location: location])
    }
}
