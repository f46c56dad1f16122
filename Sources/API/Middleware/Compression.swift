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
        guard Self.isText(response.headers[only: .contentType]) else { return response }
        response.headers.addVary(Self.vary)
        guard response.status == .ok, !response.headers.contains(.contentEncoding),
            Self.accepts(request.headers[.acceptEncoding])
        else { return response }
        if let length = response.body.contentLength {
            if length >= Self.minimumBytes { try await compress(&response) }
        } else if request.method == .get || request.method == .head {
            // What comes in answer to POST is waited for line by line, and would be held back.
            stream(&response)
        }
        return response
    }

    private func compress(_ response: inout Response) async throws {
        guard let bytes = try await response.body.wholeBuffer() else { return }
        let compressed =
            if bytes.readableBytes < Self.longBytes {
                Gzip.compress(bytes)
            } else {
                await LongWork.run { Gzip.compress(bytes) }
            }
        guard let compressed else {
            response.body = ResponseBody(byteBuffer: bytes)
            return
        }
        response.body = ResponseBody(byteBuffer: compressed)
        Self.mark(&response)
        response.headers[.contentLength] = String(compressed.readableBytes)
    }

    private func stream(_ response: inout Response) {
        let body = response.body
        response.body = ResponseBody { writer in
            guard let gzip = GzipStream() else { throw Problem(.unavailable) }
            try await body.write(CompressingWriter(writer, gzip))
        }
        Self.mark(&response)
    }

    /// Says that the content is compressed: it is another representation, with a tag of its own.
    private static func mark(_ response: inout Response) {
        response.headers[.contentEncoding] = "gzip"
        response.headers[.eTag] = response.headers[.eTag].map(EntityTag.compressed)
    }

    /// What the choice depends on.
    static let vary = "Accept-Encoding"

    /// Below this the header fields outweigh what is saved: one packet either way.
    static let minimumBytes = 1400

    /// From here on it takes longer than other connections of the loop should wait: a millisecond or two.
    private static let longBytes = 128 * 1024

    /// Whether content of a type is worth compressing.
    static func isText(_ contentType: String?) -> Bool {
        guard let type = contentType else { return false }
        return type == "application/json" || type.hasPrefix("text/") || type.contains("json") || type.contains("yaml")
            || type.contains("xml")
    }

    /// Whether a client whose Accept-Encoding this is takes gzip (RFC 9110, section 12.5.3).
    static func accepts(_ header: String?) -> Bool {
        guard let header else { return false }
        var isTaken: [String: Bool] = [:]
        for coding in header.lowercased().split(separator: ",") {
            let parts = coding.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let name = parts.first else { continue }
            let isRefused = parts.dropFirst().contains { $0.hasPrefix("q=") && (Double($0.dropFirst(2)) ?? 0) == 0 }
            isTaken[name] = !isRefused
        }
        // What is said of all codings holds for those that are not named.
        return isTaken["gzip"] ?? isTaken["x-gzip"] ?? isTaken["*"] ?? false
    }
}
