import Crypto
import HTTPTypes
import Hummingbird
import Registry

/// What changed, for feed readers: Atom (RFC 4287).
struct FeedRoutes {
    let registry: Registry
    let lists: Lists

    func add(to group: RouterGroup<APIContext>) {
        group.get("feed.atom", use: all)
        group.get("benchmarks/{slug}/feed.atom", use: ofBenchmark)
    }

    @Sendable private func all(request: Request, context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        let changes = try await registry.newestChanges(limit: Self.entryCount)
        return answer(
            try await feed(request, scope: "", title: "Claimboard: everything that changed", page: "/", changes)
        )
    }

    @Sendable private func ofBenchmark(request: Request, context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        let slug = try context.pathParameter("slug")
        guard let card = try await registry.benchmark(slug) else {
            throw Problem(.notFound, "There is no benchmark of this name.")
        }
        guard card.benchmark.slug == slug else {
            return .moved(request, from: slug, to: card.benchmark.slug, baseURL: lists.baseURL)
        }
        let changes = try await registry.newestChanges(of: slug, limit: Self.entryCount)
        return answer(
            try await feed(
                request,
                scope: "benchmark \(card.benchmark.id)",
                title: "Claimboard: \(card.benchmark.name)",
                page: "/benchmarks/\(slug)",
                changes
            )
        )
    }

    private func feed(
        _ request: Request,
        scope: String,
        title: String,
        page: String,
        _ changes: [Change]
    ) async throws -> AtomFeed {
        // The first entry tells registries apart: whatever their addresses, their feeds have different ids.
        let origin = try await registry.log(after: 0, limit: 1).first?.hash ?? ""
        return AtomFeed(
            id: AtomFeed.identifier(of: "feed \(origin) \(scope)"),
            title: title,
            address: lists.baseURL + request.uri.path,
            page: lists.baseURL + page,
            changes: changes,
            baseURL: lists.baseURL
        )
    }

    private func answer(_ feed: AtomFeed) -> Response {
        .text(feed.text, as: "application/atom+xml; charset=utf-8")
    }

    /// What readers show, and what a reader that looks once a day needs on most days.
    private static let entryCount = 50
}
