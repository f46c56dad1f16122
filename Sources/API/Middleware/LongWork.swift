import HTTPTypes
package import Hummingbird

/// Takes requests that may compute for long off the event loops: reading papers, writes, exports, long parts of lists.
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
        let isLong =
            !isRead || context.endpointPath?.hasPrefix("/v1/exports/") == true || Self.asksForMuch(request.uri.query)
        guard isLong else { return try await next(request, context) }
        return try await Self.run {
            var response = try await next(request, context)
            // Its length is not known: it is made while it is sent.
            if response.body.contentLength == nil { response.body = response.body.offTheLoop }
            return response
        }
    }

    /// Whether a query asks for so many items of a list that to read and write them takes longer than other connections of
    /// the loop should wait.
    static func asksForMuch(_ query: String?) -> Bool {
        guard let query else { return false }
        return query.utf8.split(separator: UInt8(ascii: "&")).contains { parameter in
            guard parameter.starts(with: "limit=".utf8) else { return false }
            return Int(Substring(parameter.dropFirst("limit=".utf8.count))) ?? 0 > mostItems
        }
    }

    /// Some five microseconds each.
    private static let mostItems = 200

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
