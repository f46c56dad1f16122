import Formats
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Registry

/// Turns every failure into problem details, and an unknown path or method into its own problem.
package struct ProblemResponses: RouterMiddleware {
    package typealias Context = APIContext

    let routes: RouteList

    /// Passes the request on and catches what is thrown.
    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        do {
            // The router overlooks empty parts of a path; each resource has one address only.
            guard path == "/" || !Self.hasEmptyPart(path) else { throw HTTPError(.notFound) }
            return try await next(request, context)
        } catch let error as HTTPParserError {
            // The body broke off or is malformed: the connection is at its end, and its handler writes the answer.
            throw error
        } catch let error as HTTPError where error.status == .notFound {
            return unrouted(request, context)
        } catch {
            return Problem(for: error, logger: context.logger).response(requestID: context.requestID)
        }
    }

    /// Whether nothing stands between two slashes, or behind the last.
    private static func hasEmptyPart(_ path: String) -> Bool {
        let slash = UInt8(ascii: "/")
        var last: UInt8 = 0
        for byte in path.utf8 {
            if byte == slash && last == slash { return true }
            last = byte
        }
        return last == slash
    }

    /// Answers where no route fits path and method.
    private func unrouted(_ request: Request, _ context: Context) -> Response {
        let path = request.uri.path
        guard PercentEncoding.decode(path) != nil else {
            return Problem(.malformedRequest, "The path is not percent-encoded UTF-8 without NUL characters.")
                .response(requestID: context.requestID)
        }
        guard let (pattern, methods) = routes.match(path) else {
            if Self.isFromBrowser(request) { return Self.noSuchPage }
            return Problem(.noSuchRoute, "The contract is at /openapi.yaml.").response(requestID: context.requestID)
        }
        context.coreContext.endpointPath.value = pattern
        let allow = methods.joined(separator: ", ")
        guard request.method != .options else { return Response(status: .noContent, headers: [.allow: allow]) }
        let detail = "Allowed here: \(allow)."
        return Problem(.methodNotAllowed, detail, headers: [.allow: allow]).response(requestID: context.requestID)
    }

    /// Whether a person is likely to read the answer: pages are asked for with HTML first, and stand outside of the API.
    private static func isFromBrowser(_ request: Request) -> Bool {
        request.headers[.accept]?.hasPrefix("text/html") == true && !request.uri.path.hasPrefix("/v1/")
    }

    private static var noSuchPage: Response {
        let page = PlainPage.text(
            title: "Not found",
            body: """
                <h1>Not found</h1>
                <p>There is nothing at this address. See the <a href="/">first page</a>, \
                the <a href="/benchmarks">benchmarks</a> or the <a href="/docs">documentation of the API</a>.</p>
                """
        )
        return Response(
            status: .notFound,
            headers: [.contentType: "text/html; charset=utf-8", .vary: "Accept"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page))
        )
    }
}

extension Problem {
    /// What a client is told of any failure.
    ///
    /// What it is not told is logged.
    init(for error: any Error, logger: Logger) {
        switch error {
        case let problem as Problem: self = problem
        case let error as RegistryError:
            if error.code == .unavailable {
                let cause = error.cause ?? error.message
                logger.warning("the registry is not available", metadata: ["error": .string(cause)])
            }
            self.init(error)
        case let refused as CorrectionRefused: self.init(.invalidContent, parts: refused.parts)
        default:
            // Nothing of an unexpected error is shown: it may hold what the client must not see.
            logger.error("failed to answer a request", metadata: ["error": .string(String(reflecting: error))])
            self.init(.internalError)
        }
    }

    /// The one table from the registry's errors to what clients see.
    init(_ error: RegistryError) {
        switch error.code {
        case .notFound: self.init(.notFound, error.message)
        case .invalid:
            if let field = error.field, ["cursor", "identifier"].contains(field) {
                // Any text is a well-formed cursor or identifier; this one names nothing.
                let part = Problem.Part(place: .parameter(field), detail: error.message)
                self.init(.notFound, parts: [part])
            } else if let field = error.field {
                self = .parameter(field, error.message)
            } else {
                self.init(.invalidParameters, error.message)
            }
        case .conflict: self.init(.conflict, error.message)
        case .forbidden: self.init(.forbidden, error.message)
        case .tooLarge: self.init(.contentTooLarge, error.message)
        case .unavailable: self.init(.unavailable, error.message, headers: [.retryAfter: "5"])
        }
    }
}
