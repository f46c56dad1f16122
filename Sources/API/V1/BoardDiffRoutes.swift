import Formats
import HTTPTypes
import Hummingbird
import Registry

/// How a board differs between two moments.
struct BoardDiffRoutes {
    let registry: Registry
    let lists: Lists

    func add(to group: RouterGroup<APIContext>) {
        group.get("benchmarks/{slug}/leaderboard/diff") { request, context in
            guard let form = ContentNegotiation.choose(accept: request.headers[.accept], from: [.json, .csv]) else {
                throw Problem(.notAcceptable, "On offer: application/json, text/csv.")
            }
            return try await diff(request, context, isCSV: form == .csv)
        }
        group.get("benchmarks/{slug}/leaderboard/diff.csv") { try await diff($0, $1, isCSV: true) }
    }

    private func diff(_ request: Request, _ context: APIContext, isCSV: Bool) async throws -> Response {
        var query = try QueryReader(request)
        let slug = try context.pathParameter("slug")
        var wanted = query.board(slug, hasMoment: false)
        wanted.status = query.choice("status") ?? .active
        wanted.page = query.page(defaultLimit: isCSV ? PageRequest.maximumLimit : Lists.defaultLimit)
        let from = query.asOf("from")
        let to = query.asOf("to")
        let isRaw = isCSV ? query.boolean("raw") ?? false : false
        if from == nil { query.refuse("from", "Is needed: the earlier moment.") }
        try query.finish()
        guard let from else { throw Problem.parameter("from", "Is needed: the earlier moment.") }

        let diff = try await registry.boardDiff(wanted, from: from, to: to)
        if diff.benchmark.slug != slug, to == nil {
            return .moved(request, from: slug, to: diff.benchmark.slug, baseURL: lists.baseURL)
        }
        let next = lists.nextLink(after: request, cursor: diff.next)
        var headers = Lists.linkHeader(next)
        headers.append(contentsOf: Dated.headers(diff.to, asOf: from.isPosition ? to : nil))
        headers[.vary] = "Accept"
        guard isCSV else { return .json(headers: headers) { diff.write(to: &$0, next: next) } }
        headers[.disposition] = "inline; filename=\"\(diff.benchmark.slug)-\(diff.from)-\(diff.to).csv\""
        return .bytes(
            BoardDiffTable.csv(diff, cells: isRaw ? .raw : .harmless),
            as: "text/csv; charset=utf-8; header=present",
            headers: headers
        )
    }
}

extension AsOf {
    /// Whether it names one state for good.
    fileprivate var isPosition: Bool {
        switch self {
        case .position, .snapshot: true
        case .time: false
        }
    }
}
