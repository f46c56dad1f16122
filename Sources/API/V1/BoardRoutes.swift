import Formats
import HTTPTypes
import Hummingbird
import Registry

/// What a benchmark's boards say: the best, the ranking, the history.
struct BoardRoutes {
    let registry: Registry
    let cache: BoardCache
    let lists: Lists

    func add(to group: RouterGroup<APIContext>) {
        group.get("benchmarks/{slug}/sota", use: sota)
        group.get("benchmarks/{slug}/history", use: history)
        group.get("benchmarks/{slug}/leaderboard") { request, context in
            guard let form = Self.form(for: request) else {
                throw Problem(.notAcceptable, "On offer: \(Self.forms.map(\.rawValue).joined(separator: ", ")).")
            }
            return try await leaderboard(request, context, as: form)
        }
        group.get("benchmarks/{slug}/leaderboard.csv") { request, context in
            try await leaderboard(request, context, as: .csv)
        }
        group.get("benchmarks/{slug}/leaderboard.md") { request, context in
            try await leaderboard(request, context, as: .markdown)
        }
    }

    /// The representation of a leaderboard that a client likes best; `nil` where it takes none.
    static func form(for request: Request) -> MediaTypeName? {
        guard let accept = request.headers[.accept], accept != "*/*" else { return .json }
        return ContentNegotiation.choose(accept: accept, from: forms)
    }

    private static let forms: [MediaTypeName] = [.json, .csv, .markdown]

    private func leaderboard(_ request: Request, _ context: APIContext, as form: MediaTypeName) async throws -> Response
    {
        var query = try QueryReader(request)
        // Tables are for taking along: they come whole as far as a part can be.
        let limit = form == .json ? Lists.defaultLimit : PageRequest.maximumLimit
        let slug = try context.pathParameter("slug")
        var wanted = query.board(slug)
        wanted.page = query.page(defaultLimit: limit)
        let isRaw = form == .csv ? query.boolean("raw") ?? false : false
        try query.finish()

        let boards = try await cache.benchmarkBoards(slug)
        if let moved = moved(request, from: slug, to: boards.benchmark) { return moved }
        let page = try await registry.leaderboard(wanted, of: boards)
        let next = lists.nextLink(after: request, cursor: page.next)
        var headers = Lists.linkHeader(next)
        headers[.vary] = "Accept"
        headers[.eTag] = tag(page.benchmark, page.logPosition, request, form)
        switch form {
        case .csv:
            headers[.disposition] = "inline; filename=\"\(page.benchmark.slug).csv\""
            let cells: CSVWriter.Cells = isRaw ? .raw : .harmless
            return .bytes(
                LeaderboardTable.csv(page, cells: cells),
                as: "text/csv; charset=utf-8; header=present",
                headers: headers
            )
        case .markdown:
            return .text(LeaderboardTable.markdown(page), as: "text/markdown; charset=utf-8", headers: headers)
        default:
            return .json(headers: headers, capacity: 600 * (page.entries.count + 4)) { json in
                page.write(to: &json, next: next)
            }
        }
    }

    @Sendable private func sota(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let slug = try context.pathParameter("slug")
        let wanted = query.board(slug)
        try query.finish()
        let boards = try await cache.benchmarkBoards(slug)
        if let moved = moved(request, from: slug, to: boards.benchmark) { return moved }
        let report = try await registry.sota(wanted, of: boards)
        return .json(headers: [.eTag: tag(boards.benchmark, boards.logPosition, request, .json)]) {
            report.write(to: &$0)
        }
    }

    @Sendable private func history(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let slug = try context.pathParameter("slug")
        let wanted = query.board(slug)
        try query.finish()
        let boards = try await cache.benchmarkBoards(slug)
        if let moved = moved(request, from: slug, to: boards.benchmark) { return moved }
        let report = try await registry.history(wanted, of: boards)
        return .json(headers: [.eTag: tag(boards.benchmark, boards.logPosition, request, .json)]) { json in
            json.object { json in
                json.member("benchmark", report.benchmark)
                json.member("board", report.board)
                json.member("records", report.records)
                json.member("undated_count", report.undatedCount)
            }
        }
    }

    /// The tag of an answer; never newer than what it shows, so that a later change always shows in it.
    private func tag(
        _ benchmark: BenchmarkReference,
        _ position: Int64,
        _ request: Request,
        _ form: MediaTypeName
    ) -> String {
        let fingerprint = AnswerKey(request, as: form).fingerprint(baseURL: lists.baseURL)
        return BoardTag(benchmark: benchmark.id, position: position, fingerprint: fingerprint).description
    }

    private func moved(_ request: Request, from slug: String, to benchmark: BenchmarkReference) -> Response? {
        guard benchmark.slug != slug else { return nil }
        return .moved(request, from: slug, to: benchmark.slug, baseURL: lists.baseURL)
    }
}

extension QueryReader {
    /// The parameters that say which board and which of its entries.
    mutating func board(_ slug: String) -> BoardQuery {
        var wanted = BoardQuery(benchmark: slug, metric: text("metric"), unit: text("unit", maximumLength: 50))
        let sizes = 1...Int(Int64.max)
        wanted.minParameters = integer("min_parameters", in: sizes).map(Int64.init)
        wanted.maxParameters = integer("max_parameters", in: sizes).map(Int64.init)
        wanted.hasCode = boolean("has_code")
        wanted.publishedFrom = date("published_from")
        wanted.publishedTo = date("published_to")
        return wanted
    }
}
