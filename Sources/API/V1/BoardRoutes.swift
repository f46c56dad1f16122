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
        wanted.status = query.choice("status") ?? .active
        wanted.page = query.page(defaultLimit: limit)
        let isRaw = form == .csv ? query.boolean("raw") ?? false : false
        try query.finish()

        let boards = try await boards(of: slug, wanted)
        if let boards, let moved = moved(request, from: slug, to: boards.benchmark) { return moved }
        if form == .json {
            let page = try await registry.leaderboardRows(wanted, of: boards)
            if let moved = settle(boards, page.logPosition, request, from: slug, to: page.benchmark) { return moved }
            let next = lists.nextLink(after: request, cursor: page.next)
            let position = page.logPosition
            let headers = headers(of: page.snapshot, page.benchmark, position, wanted, request, form, next: next)
            return .json(headers: headers, capacity: 600 * ((page.rows?.count ?? 0) + 4)) { json in
                let nextUnranked = lists.nextLink(after: request, cursor: page.nextUnranked)
                page.write(to: &json, next: next, nextUnranked: nextUnranked)
            }
        }
        // Up to a thousand entries, each read into values.
        let page = try await LongWork.run { try await registry.leaderboard(wanted, of: boards) }
        if let moved = settle(boards, page.logPosition, request, from: slug, to: page.benchmark) { return moved }
        let next = lists.nextLink(after: request, cursor: page.next)
        var headers = headers(of: page.snapshot, page.benchmark, page.logPosition, wanted, request, form, next: next)
        guard form == .csv else {
            return .text(LeaderboardTable.markdown(page), as: "text/markdown; charset=utf-8", headers: headers)
        }
        headers[.disposition] = "inline; filename=\"\(page.benchmark.slug).csv\""
        let cells: CSVWriter.Cells = isRaw ? .raw : .harmless
        return .bytes(
            LeaderboardTable.csv(page, cells: cells),
            as: "text/csv; charset=utf-8; header=present",
            headers: headers
        )
    }

    @Sendable private func sota(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let slug = try context.pathParameter("slug")
        let wanted = query.board(slug)
        try query.finish()
        let boards = try await boards(of: slug, wanted)
        if let boards, let moved = moved(request, from: slug, to: boards.benchmark) { return moved }
        let report = try await registry.sota(wanted, of: boards)
        if let moved = settle(boards, report.logPosition, request, from: slug, to: report.benchmark) { return moved }
        let headers = headers(of: report.snapshot, report.benchmark, report.logPosition, wanted, request, .json)
        return .json(headers: headers) { report.write(to: &$0) }
    }

    @Sendable private func history(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let slug = try context.pathParameter("slug")
        let wanted = query.board(slug)
        try query.finish()
        let boards = try await boards(of: slug, wanted)
        if let boards, let moved = moved(request, from: slug, to: boards.benchmark) { return moved }
        let report = try await registry.history(wanted, of: boards)
        if let moved = settle(boards, report.logPosition, request, from: slug, to: report.benchmark) { return moved }
        let headers = headers(of: report.snapshot, report.benchmark, report.logPosition, wanted, request, .json)
        return .json(headers: headers) { json in
            json.object { json in
                json.member("benchmark", report.benchmark)
                json.member("benchmark_status", report.benchmark.status ?? .active)
                json.member("board", report.board)
                json.member("records", report.records)
                json.member("undated_count", report.undatedCount)
                json.member("snapshot", report.snapshot)
            }
        }
    }

    /// The benchmark's boards, where they are asked for as they are now; what was is found by the registry.
    private func boards(of slug: String, _ query: BoardQuery) async throws -> BenchmarkBoards? {
        query.asOf == nil ? try await cache.benchmarkBoards(slug) : nil
    }

    /// Forgets boards that have turned out not to be those of now.
    ///
    /// - Returns: a redirect where the benchmark has got another address meanwhile.
    private func settle(
        _ boards: BenchmarkBoards?,
        _ position: Int64,
        _ request: Request,
        from slug: String,
        to benchmark: BenchmarkReference
    ) -> Response? {
        guard let boards, boards.logPosition != position else { return nil }
        cache.outdate(boards)
        return moved(request, from: slug, to: benchmark)
    }

    private func headers(
        of snapshot: Snapshot,
        _ benchmark: BenchmarkReference,
        _ position: Int64,
        _ query: BoardQuery,
        _ request: Request,
        _ form: MediaTypeName,
        next: String? = nil
    ) -> HTTPFields {
        var headers = Lists.linkHeader(next)
        headers.append(contentsOf: Dated.headers(snapshot, asOf: query.asOf))
        headers[.vary] = "Accept"
        if query.asOf == nil { headers[.eTag] = tag(benchmark, position, request, form) }
        return headers
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

    /// A redirect where the benchmark has another address; what was under a name in the past is shown under it.
    private func moved(
        _ request: Request,
        from slug: String,
        to benchmark: BenchmarkReference,
        asOf: AsOf? = nil
    ) -> Response? {
        guard benchmark.slug != slug, asOf == nil else { return nil }
        return .moved(request, from: slug, to: benchmark.slug, baseURL: lists.baseURL)
    }
}

extension QueryReader {
    /// The parameters that say which board and which of its entries.
    mutating func board(_ slug: String, hasMoment: Bool = true) -> BoardQuery {
        var wanted = BoardQuery(benchmark: slug, metric: text("metric"), unit: text("unit", maximumLength: 50))
        let sizes = 1...Int(Int64.max)
        wanted.minParameters = integer("min_parameters", in: sizes).map(Int64.init)
        wanted.maxParameters = integer("max_parameters", in: sizes).map(Int64.init)
        wanted.hasCode = boolean("has_code")
        wanted.publishedFrom = date("published_from")
        wanted.publishedTo = date("published_to")
        if hasMoment { wanted.asOf = asOf() }
        return wanted
    }
}
