import HTTPTypes
package import Hummingbird

/// Adds the header fields that every answer has: protection against sniffing and framing, CORS for reads, caching rules.
///
/// What a handler has set already stays.
package struct StandardHeaders: RouterMiddleware {
    package typealias Context = APIContext

    /// What scripts of other origins may see of an answer, besides what browsers always show.
    private static let exposed =
        "Claimboard-Position, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, Snapshot, X-Request-Id"

    /// Passes the request on and completes the answer.
    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        Self.complete(&response, to: request.method)
        return response
    }

    /// Adds what an answer to a method does not have yet.
    static func complete(_ response: inout Response, to method: HTTPRequest.Method) {
        let defaults =
            switch method {
            case .get, .head: forReads
            case .options: forOptions
            default: forWrites
            }
        for field in defaults where !response.headers.contains(field.name) { response.headers.append(field) }
    }

    private static let protection = [
        HTTPField(name: .contentTypeOptions, value: "nosniff"),
        HTTPField(name: .referrerPolicy, value: "no-referrer"),
        HTTPField(name: .contentSecurityPolicy, value: "default-src 'none'; frame-ancestors 'none'"),
    ]

    private static let forReads =
        protection + [
            HTTPField(name: .accessControlAllowOrigin, value: "*"),
            HTTPField(name: .accessControlExposeHeaders, value: exposed),
            // Answers may be kept, but have to be checked with their ETag before each use.
            HTTPField(name: .cacheControl, value: "public, no-cache"),
        ]

    private static let forOptions =
        protection + [
            HTTPField(name: .accessControlAllowOrigin, value: "*"),
            HTTPField(name: .accessControlAllowMethods, value: "GET, HEAD, OPTIONS"),
            HTTPField(name: .accessControlAllowHeaders, value: "Accept, Claimboard-Position, If-None-Match"),
            HTTPField(name: .accessControlMaxAge, value: "86400"),
        ]

    private static let forWrites = protection + [HTTPField(name: .cacheControl, value: "no-store")]
}
