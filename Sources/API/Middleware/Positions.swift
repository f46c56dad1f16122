import HTTPTypes
package import Hummingbird
import NIOCore
import Registry

/// Lets clients see what they have written, on whichever server they read: each write is answered with the position of the
/// database, and a read that brings it sees at least that.
///
/// Who writes and reads with the same credential on one instance need not bring it. Reads of others may be up to a second
/// behind (``StandbyLimits/lag``).
package struct Positions: RouterMiddleware {
    package typealias Context = APIContext

    let registry: Registry
    let cache: BoardCache
    private let writes = RecentWrites()

    /// Makes reads wait for what they have to see, and writes tell what that is.
    init(registry: Registry, cache: BoardCache) {
        self.registry = registry
        self.cache = cache
    }

    /// Passes the request on with what its reads have to see, or completes the answer to a write.
    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        switch request.method {
        case .get, .head: try await read(request, context, next)
        case .options: try await next(request, context)
        default: try await write(request, context, next)
        }
    }

    private func read(
        _ request: Request,
        _ context: Context,
        _ next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let route = context.endpointPath ?? ""
        var position: WritePosition?
        if let text = request.headers[.position], route.hasPrefix("/v1/") {
            position = WritePosition(text)
            guard position != nil else {
                return try await StandardHeaders().handle(request, context: context) { _, context in
                    Self.malformed.response(requestID: context.requestID)
                }
            }
        }
        var context = context
        if let told = position, registry.hasStandbys || route.hasPrefix(Self.cachedRoutes) {
            let bounded = await cache.catchUp(to: told)
            context.passesCacheBy = bounded == nil
            position = bounded ?? told
        }
        if registry.hasStandbys, let credential = request.headers[.authorization] {
            position = [position, writes.position(of: credential)].compactMap(\.self).max()
        }
        guard registry.hasStandbys, !OperationRoutes.paths.contains(route) else {
            return try await next(request, context)
        }
        let asked = context
        return try await registry.withStandbyReads(from: position) { try await next(request, asked) }
    }

    private func write(
        _ request: Request,
        _ context: Context,
        _ next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard let credential = request.headers[.authorization], context.endpointPath != Self.withoutEffect,
            Self.tellsState(response.status)
        else { return response }
        guard response.body.contentLength == nil else {
            response.headers[.position] = await position(of: credential)?.description
            return response
        }
        // It is carried out while the answer is written.
        response.headers[.trailer] = HTTPField.Name.position.canonicalName
        let body = response.body
        response.body = ResponseBody { writer in
            try await body.write(
                TrailingWriter(base: writer) { await position(of: credential).map { [.position: $0.description] } }
            )
        }
        return response
    }

    /// Where the database is now that the write is done; `nil` where it cannot tell, which is no reason to say that the
    /// write failed.
    private func position(of credential: String) async -> WritePosition? {
        guard let position = try? await registry.writePosition() else { return nil }
        if registry.hasStandbys { writes.note(position, of: credential) }
        return position
    }

    /// Whether an answer tells of the state that the client will want to see next: what it has written, or what stood in
    /// its way.
    private static func tellsState(_ status: HTTPResponse.Status) -> Bool {
        status.kind == .successful || [.notFound, .conflict, .preconditionFailed].contains(status)
    }

    private static var malformed: Problem {
        let detail = "Must be a position as an answer to a write has it, such as 16/B374D848."
        return Problem(.malformedRequest, parts: [Problem.Part(place: .header("Claimboard-Position"), detail: detail)])
    }

    private static let cachedRoutes = "/v1/benchmarks/{slug}"
    /// Stores nothing, and answers without a database.
    private static let withoutEffect = "/v1/extract"
}

/// A body's writer that adds trailer fields at the end.
private struct TrailingWriter: ResponseBodyWriter {
    var base: any ResponseBodyWriter
    let trailers: @Sendable () async -> HTTPFields?

    mutating func write(_ buffer: ByteBuffer) async throws {
        try await base.write(buffer)
    }

    mutating func write(contentsOf buffers: some Sequence<ByteBuffer>) async throws {
        try await base.write(contentsOf: buffers)
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        var fields = trailingHeaders ?? [:]
        if let more = await trailers() { fields.append(contentsOf: more) }
        try await base.finish(fields.isEmpty ? nil : fields)
    }
}
