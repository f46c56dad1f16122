import Formats
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A successful answer in JSON.
    ///
    /// - Parameters:
    ///   - headers: further header fields.
    ///   - capacity: bytes to make room for at the start.
    ///   - write: writes exactly one value.
    static func json(
        headers: HTTPFields = [:],
        capacity: Int = 4096,
        _ write: (inout JSONWriter) -> Void
    ) -> Response {
        var json = JSONWriter(capacity: capacity)
        write(&json)
        return .bytes(json.bytes, as: "application/json", headers: headers)
    }

    /// A successful answer of some media type.
    static func bytes(_ bytes: [UInt8], as mediaType: String, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = mediaType
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A successful answer in text.
    static func text(_ text: String, as mediaType: String, headers: HTTPFields = [:]) -> Response {
        .bytes(Array(text.utf8), as: mediaType, headers: headers)
    }
}
