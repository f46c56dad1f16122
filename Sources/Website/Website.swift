import Claims
import Formats
package import Hummingbird
import NIOCore
package import Registry

/// The pages for people.
package struct Website: Sendable {
    let registry: Registry
    private let counts: RecentCounts

    /// Makes the pages over a registry.
    package init(registry: Registry) {
        self.registry = registry
        self.counts = RecentCounts(of: registry)
    }

    /// Adds the pages' routes.
    package func addRoutes<Context: RequestContext>(to router: some RouterMethods<Context>) {
        let pages = router.group().add(middleware: ErrorPages())
        pages.get("/") { _, _ in try await home() }
        pages.get("benchmarks") { request, _ in try await benchmarks(request) }
        pages.get("benchmarks/{slug}") { request, context in try await benchmark(request, context) }
        pages.get("papers/{id}") { _, context in try await paper(context) }
        pages.get("models/{slug}") { _, context in try await model(context) }
        pages.get("site.css") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "public, max-age=300"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: StyleSheet.text))
            )
        }
    }

    private func home() async throws -> Response {
        async let counts = counts.value()
        async let papers = registry.papers(PaperQuery(page: PageRequest(limit: 8)))
        let benchmarks = try await registry.benchmarks(BenchmarkQuery(page: PageRequest(limit: 12))).items
        let leaders = try await withThrowingTaskGroup(of: (Int, SOTAReport).self) { group in
            for (place, summary) in benchmarks.enumerated() {
                group.addTask { (place, try await registry.sota(BoardQuery(benchmark: summary.benchmark.slug))) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        let page = HomePage(counts: try await counts, leaders: leaders, papers: try await papers.items)
        return PageFrame(title: "What papers claim", hasSearch: false).response(page.content)
    }

    private func benchmarks(_ request: Request) async throws -> Response {
        let search = parameter(request, "q")?.trimmingSpaces() ?? ""
        let cursor = parameter(request, "cursor")
        let query = BenchmarkQuery(
            search: search.isEmpty ? nil : search,
            page: PageRequest(limit: 100, cursor: cursor)
        )
        let page = BenchmarkListPage(search: search, benchmarks: try await registry.benchmarks(query))
        return PageFrame(title: "Benchmarks", search: search).response(page.content)
    }

    private func benchmark(_ request: Request, _ context: some RequestContext) async throws -> Response {
        let slug = try name(context, "slug")
        guard let card = try await registry.benchmark(slug) else { throw NoSuchPage() }
        guard card.benchmark.slug == slug else {
            return .redirect(to: "/benchmarks/\(card.benchmark.slug)", type: .permanent)
        }
        var query = BoardQuery(
            benchmark: slug,
            metric: parameter(request, "metric"),
            unit: parameter(request, "unit")
        )
        query.page = PageRequest(limit: 200)
        async let sota = registry.sota(BoardQuery(benchmark: slug))
        let board = try await registry.leaderboard(query)
        let page = BenchmarkPage(card: card, board: board, statements: try await sota.statements)
        return PageFrame(title: card.benchmark.name).response(page.content)
    }

    private func paper(_ context: some RequestContext) async throws -> Response {
        guard let id = Int64(try name(context, "id")), let paper = try await registry.paper(id) else {
            throw NoSuchPage()
        }
        return PageFrame(title: paper.paper.title).response(PaperPage(paper: paper).content)
    }

    private func model(_ context: some RequestContext) async throws -> Response {
        let slug = try name(context, "slug")
        guard let card = try await registry.model(slug) else { throw NoSuchPage() }
        guard card.model.slug == slug else { return .redirect(to: "/models/\(card.model.slug)", type: .permanent) }
        var query = ClaimQuery(page: PageRequest(limit: 200))
        query.model = slug
        let page = ModelPage(card: card, claims: try await registry.claims(query).items)
        return PageFrame(title: card.model.name).response(page.content)
    }

    /// A part of the path; what is not text without NUL characters names nothing.
    private func name(_ context: some RequestContext, _ parameter: String) throws -> String {
        guard let text = context.parameters.get(parameter).flatMap({ PercentEncoding.decode($0) }) else {
            throw NoSuchPage()
        }
        return text
    }

    /// A query parameter; one that is empty, or no text without NUL characters, counts as not given.
    private func parameter(_ request: Request, _ name: String) -> String? {
        for pair in (request.uri.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0] == name else { continue }
            return PercentEncoding.decode(parts[1], plusIsSpace: true)
        }
        return nil
    }
}
