import HTTPTypes
package import Hummingbird
import Logging

/// Gives each response its request id, logs the request and counts it.
///
/// The outermost middleware.
package struct RequestLog: RouterMiddleware {
    package typealias Context = APIContext

    let metrics: RequestMetrics

    /// Passes the request on and notes how it went.
    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        response.headers.append(HTTPField(name: .requestID, value: context.requestID))
        let duration = ContinuousClock.now - start
        // Hummingbird's own word for a path without a route is not a pattern.
        let route = context.endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "unknown"
        metrics.count(route: route, method: request.method.rawValue, status: response.status.code, took: duration)
        context.logger.debug(
            "answered a request",
            metadata: [
                "http.route": .string(route),
                "http.method": .string(request.method.rawValue),
                "http.status": .stringConvertible(response.status.code),
                "duration_us": .stringConvertible(duration.microseconds),
            ]
        )
        return response
    }
}

extension Duration {
    /// Whole microseconds.
    var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
