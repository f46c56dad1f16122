/// The kinds of failure that the service answers with.
///
/// The contract names each; a kind's URI never changes its meaning.
package enum ProblemKind: String, Sendable, Hashable, CaseIterable {
    case malformedRequest = "malformed-request"
    case malformedContent = "malformed-content"
    case invalidParameters = "invalid-parameters"
    case invalidContent = "invalid-content"
    case unauthorized
    case forbidden
    case noSuchRoute = "no-such-route"
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case requestTimeout = "request-timeout"
    case conflict
    case keyInUse = "idempotency-key-in-use"
    case preconditionFailed = "precondition-failed"
    case contentTooLarge = "content-too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case keyReused = "idempotency-key-reused"
    case preconditionRequired = "precondition-required"
    case tooManyRequests = "too-many-requests"
    case headersTooLarge = "headers-too-large"
    case internalError = "internal-error"
    case unavailable

    /// The stable `type` of RFC 9457: a path of this service, where the kind is explained to people.
    package var uri: String { "/problems/\(rawValue)" }

    /// The HTTP status that goes with it.
    package var status: Int {
        switch self {
        case .malformedRequest, .malformedContent, .invalidParameters: 400
        case .unauthorized: 401
        case .forbidden: 403
        case .noSuchRoute, .notFound: 404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .requestTimeout: 408
        case .conflict, .keyInUse: 409
        case .preconditionFailed: 412
        case .contentTooLarge: 413
        case .unsupportedMediaType: 415
        case .invalidContent, .keyReused: 422
        case .preconditionRequired: 428
        case .tooManyRequests: 429
        case .headersTooLarge: 431
        case .internalError: 500
        case .unavailable: 503
        }
    }

    /// A short name for people; the same for every occurrence.
    package var title: String {
        switch self {
        case .malformedRequest: "The request is not well-formed"
        case .malformedContent: "The content is not well-formed"
        case .invalidParameters: "Some parameters are wrong"
        case .invalidContent: "Some fields of the content are wrong"
        case .unauthorized: "A valid token is needed"
        case .forbidden: "The token does not allow this"
        case .noSuchRoute: "There is nothing at this address"
        case .notFound: "There is no such record"
        case .methodNotAllowed: "The method is not allowed here"
        case .notAcceptable: "No acceptable representation"
        case .requestTimeout: "The request took too long to arrive"
        case .conflict: "The request conflicts with the current state"
        case .keyInUse: "A request with this Idempotency-Key is under way"
        case .preconditionFailed: "The record is not the one that If-Match names"
        case .contentTooLarge: "The content is too large"
        case .unsupportedMediaType: "The content is of an unsupported type"
        case .keyReused: "The Idempotency-Key was used for another request"
        case .preconditionRequired: "The request needs If-Match"
        case .tooManyRequests: "Too many requests"
        case .headersTooLarge: "The request line or header is too large"
        case .internalError: "The service failed"
        case .unavailable: "The service is not available at the moment"
        }
    }

    /// What it means and what a client can do, for the page behind ``uri``.
    package var explanation: String {
        switch self {
        case .malformedRequest:
            "The request breaks the rules of HTTP or of URLs: a bad request line or header, a percent-encoding that is cut "
                + "off or does not give UTF-8, a NUL character. Send a well-formed request; the same one fails again."
        case .malformedContent:
            "The body cannot be read as what its Content-Type says: broken JSON, a member named twice, nesting that is "
                + "too deep, text that is not UTF-8. The detail says where."
        case .invalidParameters:
            "Query or path parameters are unknown, given twice, of the wrong form or out of range. The list `errors` "
                + "names each with what is expected."
        case .invalidContent:
            "The body is well-formed, but fields are missing, unknown, of the wrong type or out of range. The list "
                + "`errors` has a JSON Pointer to each with what is expected."
        case .unauthorized:
            "The route needs an `Authorization: Bearer` header with a token that is known, unexpired and unrevoked."
        case .forbidden:
            "The token is valid, but its scopes do not include what the route needs."
        case .noSuchRoute:
            "No route has this path. /openapi.yaml lists all of them."
        case .notFound:
            "The path is right, but nothing is known by this id or slug."
        case .methodNotAllowed:
            "The path exists, but not for this method. The Allow header lists the methods that it takes."
        case .notAcceptable:
            "None of the representations of the resource matches the Accept header. The detail lists those on offer."
        case .requestTimeout:
            "The body did not arrive within the time limit. Send it again over a faster connection, or in smaller parts."
        case .conflict:
            "The record was changed by someone else, or the request contradicts one already made. Read it again, then decide."
        case .keyInUse:
            "The first request with this Idempotency-Key has no answer yet. Send it again after the number of seconds in "
                + "Retry-After, to get the answer of the first one."
        case .preconditionFailed:
            "The record has changed since the ETag in If-Match was given out. Read it again, see whether the change is "
                + "still wanted, and send it with the new ETag."
        case .contentTooLarge:
            "The body, or a line of it, is longer than the limit named in the detail. Send it in parts."
        case .unsupportedMediaType:
            "The route does not take content of this Content-Type or Content-Encoding. The detail lists what it takes."
        case .keyReused:
            "An Idempotency-Key stands for one request: the same method, path and content. Take another key for another "
                + "request."
        case .preconditionRequired:
            "The route changes an existing record only for a client that knows its present state. Read the record, and send "
                + "its ETag in If-Match."
        case .tooManyRequests:
            "The limit in RateLimit-Policy is used up. Send the request again after the number of seconds in Retry-After."
        case .headersTooLarge:
            "The request line and header fields together are longer than the service reads."
        case .internalError:
            "Something went wrong that is not the client's fault. It is logged under the request id; the same request may "
                + "work later."
        case .unavailable:
            "The database cannot be reached, or more requests wait than the service takes on. Try again after the number "
                + "of seconds in Retry-After."
        }
    }
}
