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
    /// - Returns: the answer, with status 200.
    /// - Throws: what the closure throws.
    static func json<Failure>(
        headers: HTTPFields = [:],
        capacity: Int = 4096,
        _ write: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) -> Response {
        var json = JSONWriter(capacity: capacity)
        try write(&json)
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
