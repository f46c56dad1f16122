import HTTPTypes
package import Hummingbird
import NIOCore

/// Sends text compressed to clients that take gzip (RFC 9110, section 8.4).
package struct Compression: RouterMiddleware {
    package typealias Context = APIContext

    /// Passes the request on and compresses the answer where that pays.
    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard Self.isText(response.headers[.contentType]) else { return response }
        response.headers[.vary] = response.headers[.vary].map { $0 + ", Accept-Encoding" } ?? "Accept-Encoding"
        guard response.status == .ok, response.headers[.contentEncoding] == nil,
            let length = response.body.contentLength, length >= Self.minimumBytes,
            Self.accepts(request.headers[.acceptEncoding]),
            let bytes = try await response.body.wholeBuffer()
        else { return response }
        guard let compressed = Gzip.compress(bytes) else {
            response.body = ResponseBody(byteBuffer: bytes)
            return response
        }
        response.body = ResponseBody(byteBuffer: compressed)
        response.headers[.contentEncoding] = "gzip"
        response.headers[.contentLength] = String(compressed.readableBytes)
        response.headers[.eTag] = response.headers[.eTag].map(EntityTag.compressed)
        return response
    }

    /// Below this the header fields outweigh what is saved: one packet either way.
    static let minimumBytes = 1400

    private static func isText(_ contentType: String?) -> Bool {
        guard let type = contentType else { return false }
        return type == "application/json" || type.hasPrefix("text/") || type.contains("json") || type.contains("yaml")
            || type.contains("svg")
    }

    /// Whether a client whose Accept-Encoding this is takes gzip.
    static func accepts(_ header: String?) -> Bool {
        guard let header else { return false }
        return header.lowercased().split(separator: ",").contains { coding in
            let parts = coding.split(separator: ";").map { $0.filter { $0 != " " } }
            guard parts.first == "gzip" || parts.first == "*" else { return false }
            return !parts.dropFirst().contains { $0.hasPrefix("q=") && (Double($0.dropFirst(2)) ?? 0) == 0 }
        }
    }
}
