import HTTPTypes
import Hummingbird
import NIOCore

/// A whole answer as it went out.
struct CachedAnswer: Sendable {
    let tag: BoardTag
    /// The tag as the client has it, which differs for the compressed form.
    let entityTag: String
    let headers: HTTPFields
    let body: ByteBuffer

    /// Roughly what it takes up in memory, its key apart: body, header fields, the store's own bookkeeping.
    var bytes: Int {
        body.readableBytes + headers.reduce(0) { $0 + 64 + $1.value.utf8.count } + 400
    }

    /// The answer for a request with this If-None-Match.
    func response(ifNoneMatch wanted: String?) -> Response {
        guard let wanted, let match = EntityTag.match(of: wanted, with: entityTag) else {
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
        }
        var headers = headers
        headers[.eTag] = match
        for name in [HTTPField.Name.contentType, .contentLength, .contentEncoding] { headers[name] = nil }
        return Response(status: .notModified, headers: headers)
    }
}
