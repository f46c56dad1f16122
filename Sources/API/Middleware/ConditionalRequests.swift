import Crypto
import Formats
import HTTPTypes
package import Hummingbird
import NIOCore
import Synchronization

/// Gives each successful read a strong ETag over its bytes, and answers 304 to a client that has them already
/// (RFC 9110, section 13).
package struct ConditionalRequests: RouterMiddleware {
    package typealias Context = APIContext

    /// Passes the request on and looks at the answer's bytes.
    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard request.method == .get || request.method == .head, response.status == .ok,
            !response.headers.forbidsStoring
        else { return response }
        if !response.headers.contains(.eTag) {
            guard let bytes = try await response.body.wholeBuffer() else { return response }
            response.body = ResponseBody(byteBuffer: bytes)
            response.headers[.eTag] = EntityTag(of: bytes).description
        }
        guard let wanted = request.headers[.ifNoneMatch], let tag = response.headers[only: .eTag],
            let match = EntityTag.match(of: wanted, with: tag)
        else { return response }
        response.status = .notModified
        // As the answer with content would have it; what tells that goes with the content.
        if Compression.isText(response.headers[.contentType]) { response.headers.addVary(Compression.vary) }
        response.headers[.eTag] = match
        for name in [HTTPField.Name.contentType, .contentLength, .contentEncoding, .trailer] {
            response.headers[name] = nil
        }
        response.body = ResponseBody()
        return response
    }
}

/// A strong ETag: half of the SHA-256 of a representation.
struct EntityTag: CustomStringConvertible {
    let description: String

    init(of bytes: ByteBuffer) {
        description = "\"\(SHA256.hash(data: bytes.readableBytesView).prefix(16).hexadecimal)\""
    }

    /// The tag of the compressed form of a representation: another one, because its bytes are others.
    static func compressed(_ tag: String) -> String {
        tag.hasSuffix("\"") ? "\(tag.dropLast())-gzip\"" : tag
    }

    /// Finds a tag in an If-None-Match header, by weak comparison, compressed or not.
    ///
    /// - Returns: the tag as the client has it.
    static func match(of header: String, with tag: String) -> String? {
        if header == tag { return tag }
        let candidates = header.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }
        if candidates == ["*"] { return tag }
        return candidates.lazy.map { $0.hasPrefix("W/") ? String($0.dropFirst(2)) : $0 }
            .first { $0 == tag || $0 == compressed(tag) }
    }
}

extension ResponseBody {
    /// All bytes, where the body's length is known; `nil` for one that is streamed.
    consuming func wholeBuffer() async throws -> ByteBuffer? {
        guard contentLength != nil else { return nil }
        let collected = CollectingWriter.Storage()
        try await write(CollectingWriter(storage: collected))
        return collected.buffer.withLock { $0 }
    }
}
