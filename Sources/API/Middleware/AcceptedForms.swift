import HTTPTypes
package import Hummingbird

/// Answers 406 to a client that takes no JSON, where there is nothing else (RFC 9110, section 12.5.1), before anything is
/// done.
///
/// Who takes problem details takes the rest. Addresses that name their form are answered in it, and those with several forms
/// choose for themselves.
package struct AcceptedForms: RouterMiddleware {
    package typealias Context = APIContext

    /// Passes the request on where its answer can be what is asked for.
    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let accept = request.headers[.accept], accept != "*/*", let route = context.endpointPath,
            Self.givesOnlyJSON(request.method, route),
            ContentNegotiation.choose(accept: accept, from: [.json, .problem]) == nil
        else { return try await next(request, context) }
        var response = Problem(.notAcceptable, "On offer: application/json.").response(requestID: context.requestID)
        StandardHeaders.complete(&response, to: request.method)
        return response
    }

    /// Whether a route of the API answers in JSON alone.
    static func givesOnlyJSON(_ method: HTTPRequest.Method, _ route: String) -> Bool {
        guard method != .options, method != .delete, route.hasPrefix("/v1/") else { return false }
        return !others.contains { route.hasSuffix($0) }
    }

    /// How the patterns of routes end that have other forms.
    private static let others = [".csv", ".jsonl", ".md", ".atom", ":batch", "/leaderboard", "/leaderboard/diff"]
}
