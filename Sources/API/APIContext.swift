import Formats
package import Hummingbird
import Logging
import NIOCore

/// What travels with a request.
package struct APIContext: RequestContext {
    /// Hummingbird's own part: logger, path parameters, the route's pattern.
    package var coreContext: CoreRequestContextStorage

    /// The IP address at the other end of the connection; `nil` where there is none.
    let remoteAddress: String?

    /// Whether the answer must not come from what is cached, which may be from before what the client has seen.
    var passesCacheBy = false

    /// The id under which the request is logged; the client gets it in X-Request-Id.
    ///
    /// Each line of the request's logger has it already, as `hb.request.id`.
    package let requestID: String

    /// Makes the context of one request.
    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress?.ipAddress
        requestID = source.logger[metadataKey: "hb.request.id"]?.description ?? ""
    }

    /// A path parameter, decoded.
    ///
    /// - Throws: `not-found` for one that no record can have: NUL, a bad percent-encoding, more than 200 bytes.
    func pathParameter(_ name: String) throws(Problem) -> String {
        guard let text = parameters.get(name), text.utf8.count <= 600, let value = PercentEncoding.decode(text) else {
            throw Problem(.malformedRequest, "The path is not percent-encoded UTF-8 without NUL characters.")
        }
        return value
    }
}
