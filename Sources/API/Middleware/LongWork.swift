import HTTPTypes
package import Hummingbird

/// Takes requests that may compute for long off the event loops: reading papers, writes, exports.
///
/// Of other requests, the parts that do so leave them by ``run(_:)``.
package struct LongWork: RouterMiddleware {
    package typealias Context = APIContext

    /// Passes the request on, on the threads that all tasks share where it is not a short read.
    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let isRead = request.method == .get || request.method == .head
        guard !isRead || request.uri.path.hasPrefix("/v1/exports/") else { return try await next(request, context) }
        return try await Self.run {
            var response = try await next(request, context)
            // Its length is not known: it is made while it is sent.
            if response.body.contentLength == nil { response.body = response.body.offTheLoop }
            return response
        }
    }

    /// Runs a closure on the threads that all tasks share.
    static func run<Value, Failure>(_ body: () async throws(Failure) -> Value) async throws(Failure) -> Value {
        try await withTaskExecutorPreference(globalConcurrentExecutor, operation: body)
    }
}

extension ResponseBody {
    /// The same, made on the threads that all tasks share.
    fileprivate var offTheLoop: ResponseBody {
        ResponseBody(contentLength: contentLength) { writer in
            try await LongWork.run { try await self.write(writer) }
        }
    }
}
