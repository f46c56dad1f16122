package import Hummingbird
import Formats
import NIOCore

/// A failure as the client sees it: RFC 9457 problem details.
package struct Problem: Error, Sendable, Hashable {
    /// One wrong part of a request.
    package struct Part: Sendable, Hashable {
        /// Where the wrong part is.
        package enum Place: Sendable, Hashable {
            /// A query or path parameter, by name.
            case parameter(String)
            /// A header field, by name.
            case header(String)
            /// A place in the content: a JSON Pointer (RFC 6901).
            case pointer(String)
        }

        /// Where it is.
        package var place: Place
        /// What is wrong with it and what is expected, for people.
        package var detail: String
    }

    /// What kind of failure it is.
    package var kind: ProblemKind
    /// What is wrong in this case, for people. Never holds internals of the service.
    package var detail: String?
    /// The wrong parts, each named.
    package var parts: [Part]
    /// Header fields that belong to the failure, such as Allow.
    package var headers: HTTPFields

    /// Makes a problem.
    package init(_ kind: ProblemKind, _ detail: String? = nil, parts: [Part] = [], headers: HTTPFields = [:]) {
        self.kind = kind
        self.detail = detail
        self.parts = parts
        self.headers = headers
    }

    /// One parameter that is wrong.
    package static func parameter(_ name: String, _ detail: String) -> Problem {
        Problem(.invalidParameters, parts: [Part(place: .parameter(name), detail: detail)])
    }

    /// One field of the content that is wrong.
    package static func field(_ pointer: String, _ detail: String) -> Problem {
        Problem(.invalidContent, parts: [Part(place: .pointer(pointer), detail: detail)])
    }
}

extension Problem {
    /// The response's status.
    package var status: HTTPResponse.Status { HTTPResponse.Status(code: kind.status) }

    /// The body: `application/problem+json`.
    ///
    /// - Parameter requestID: the id under which the request is logged; `nil` where the request could not be read.
    package func body(requestID: String?) -> [UInt8] {
        var json = JSONWriter(capacity: 512)
        json.object { $0.members(of: self, requestID: requestID) }
        return json.bytes
    }

    /// The whole response.
    package func response(requestID: String?) -> Response {
        var fields = headers
        fields[.contentType] = Self.contentType
        fields[.cacheControl] = "no-store"
        return Response(
            status: status,
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body(requestID: requestID)))
        )
    }

    /// The media type of every problem.
    package static let contentType = "application/problem+json"
}

extension JSONWriter {
    /// The members of problem details (RFC 9457, section 3.1) and ours.
    mutating func members(of problem: Problem, requestID: String?) {
        member("type", problem.kind.uri)
        member("title", problem.kind.title)
        member("status", problem.kind.status)
        member("detail", problem.detail)
        member("request_id", requestID)
        array("errors", of: problem.parts) { json, part in
            switch part.place {
            case .parameter(let name): json.member("parameter", name)
            case .header(let name): json.member("header", name)
            case .pointer(let pointer): json.member("pointer", pointer)
            }
            json.member("detail", part.detail)
        }
    }
}
