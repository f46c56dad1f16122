import HTTPTypes
package import Hummingbird
import NIOCore
import Registry

/// Answers requests for a benchmark's card, boards, best and history from the cache where it can.
///
/// It stands outside of what compresses, tags and completes answers, so that none of it is done twice for the same answer.
/// Requests with credentials pass by it, and answers that are not for everyone never go in.
package struct BoardCaching: RouterMiddleware {
    package typealias Context = APIContext

    let cache: BoardCache
    let baseURL: String

    /// Answers from the cache, or passes the request on and keeps the answer.
    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard !context.passesCacheBy, let form = Self.representation(of: request, route: context.endpointPath) else {
            return try await next(request, context)
        }
        let key = AnswerKey(request, as: form)
        if let response = unchanged(request, context, key) { return response }
        guard request.method == .get else { return try await next(request, context) }
        let wanted = request.headers[.ifNoneMatch]
        while true {
            switch cache.enter(key) {
            case .hit(let answer): return answer.response(ifNoneMatch: wanted)
            case .lead(let turn): return try await lead(request, context, key, since: turn, next)
            case .wait:
                switch await cache.wait(for: key) {
                case .landed(let answer): return answer.response(ifNoneMatch: wanted)
                case .unshared: return try await next(request, context)
                case .lost: continue
                }
            }
        }
    }

    private func lead(
        _ request: Request,
        _ context: Context,
        _ key: AnswerKey,
        since turn: UInt64,
        _ next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var outcome = BoardCache.Flight.lost
        defer { cache.land(outcome, key, since: turn) }
        do {
            var response = try await next(Self.unconditional(request), context)
            outcome = .unshared
            guard response.status == .ok, let entityTag = response.headers[only: .eTag], let tag = BoardTag(entityTag),
                !response.headers.forbidsStoring,
                let body = try await response.body.wholeBuffer()
            else { return response }
            response.body = ResponseBody(byteBuffer: body)
            let answer = CachedAnswer(tag: tag, entityTag: entityTag, headers: response.headers, body: body)
            outcome = .landed(answer)
            guard let wanted = request.headers[.ifNoneMatch] else { return response }
            return answer.response(ifNoneMatch: wanted)
        } catch {
            if !(error is CancellationError) { outcome = .unshared }
            throw error
        }
    }

    /// Without the condition: the answer is for all who wait.
    private static func unconditional(_ request: Request) -> Request {
        guard request.headers.contains(.ifNoneMatch) else { return request }
        var head = request.head
        head.headerFields[.ifNoneMatch] = nil
        return Request(head: head, body: request.body)
    }

    /// 304 where the client has what the benchmark's counter says is current.
    ///
    /// The tag holds the query, so that only a request that was answered before can have it.
    private func unchanged(_ request: Request, _ context: Context, _ key: AnswerKey) -> Response? {
        guard let wanted = request.headers[.ifNoneMatch], wanted != "*",
            let slug = context.parameters.get("slug"), let boards = cache.boards(of: slug)
        else { return nil }
        let tag = BoardTag(boards, key, baseURL: baseURL).description
        guard let match = EntityTag.match(of: wanted, with: tag) else { return nil }
        cache.noteUnchanged()
        var response = Response(status: .notModified, headers: [.eTag: match, .vary: Self.vary])
        StandardHeaders.complete(&response, to: request.method)
        return response
    }

    static let vary = "Accept, Accept-Encoding"

    /// The representation that a request gets; `nil` for what is not cached.
    private static func representation(of request: Request, route: String?) -> MediaTypeName? {
        guard request.method == .get || request.method == .head, request.headers[.authorization] == nil,
            let route, route.hasPrefix(prefix)
        else { return nil }
        return switch route.dropFirst(prefix.count) {
        case "", "/sota", "/history": .json
        case "/leaderboard": BoardRoutes.form(for: request)
        case "/leaderboard.csv": .csv
        case "/leaderboard.md": .markdown
        default: nil
        }
    }

    private static let prefix = "/v1/benchmarks/{slug}"
}

extension BoardTag {
    /// The tag of an answer about a benchmark.
    init(_ boards: BenchmarkBoards, _ key: AnswerKey, baseURL: String) {
        self.init(
            benchmark: boards.benchmark.id,
            position: boards.logPosition,
            fingerprint: key.fingerprint(baseURL: baseURL)
        )
    }
}
