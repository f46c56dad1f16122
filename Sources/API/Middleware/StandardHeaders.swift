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
        response.headers.setDefault(.contentTypeOptions, "nosniff")
        response.headers.setDefault(.referrerPolicy, "no-referrer")
        response.headers.setDefault(.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'")
        switch method {
        case .get, .head:
            response.headers.setDefault(.accessControlAllowOrigin, "*")
            response.headers.setDefault(.accessControlExposeHeaders, Self.exposed)
            // Answers may be kept, but have to be checked with their ETag before each use.
            response.headers.setDefault(.cacheControl, "public, no-cache")
        case .options:
            response.headers.setDefault(.accessControlAllowOrigin, "*")
            response.headers.setDefault(.accessControlAllowMethods, "GET, HEAD, OPTIONS")
            response.headers.setDefault(.accessControlAllowHeaders, "Accept, Claimboard-Position, If-None-Match")
            response.headers.setDefault(.accessControlMaxAge, "86400")
        default:
            response.headers.setDefault(.cacheControl, "no-store")
        }
    }
}

extension HTTPFields {
    fileprivate mutating func setDefault(_ name: HTTPField.Name, _ value: String) {
        if self[name] == nil { self[name] = value }
    }
}
