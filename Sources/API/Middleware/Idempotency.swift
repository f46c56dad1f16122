import Crypto
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Registry
import Synchronization

/// Gives requests with an Idempotency-Key their effect once, however often they come
/// (draft-ietf-httpapi-idempotency-key-header).
///
/// A key belongs to an account and stands for one request: method, target, media type and content. What was answered
/// first, success or refusal, is answered again for a day. A request that failed for the service's own reasons, or because
/// it came too often or too slowly, counts as never sent.
struct Idempotency: Sendable {
    private let registry: Registry
    private let limits: APILimits
    private let underWay = RequestsUnderWay()

    init(registry: Registry, limits: APILimits) {
        self.registry = registry
        self.limits = limits
    }

    /// Carries out a request, unless its key says that this was done.
    ///
    /// - Parameters:
    ///   - request: the request, of which no content has been read yet.
    ///   - context: its context.
    ///   - principal: who sends it.
    ///   - maximumBytes: the most content that the route takes; by default what one thing may have.
    ///   - secret: a text that is not kept: the answer has `null` in its place when it is given again.
    ///   - handler: carries the request out, on the registry that it is given and no other: with a key, all that it does
    ///     is one transaction, in which the answer is kept, too. Its request has the whole content.
    /// - Returns: the answer.
    /// - Throws: what the handler throws; `Problem` (malformed-request for what is no key, idempotency-key-in-use,
    ///   idempotency-key-reused).
    func once(
        _ request: Request,
        _ context: APIContext,
        by principal: Principal,
        maximumBytes: Int? = nil,
        withholding secret: String? = nil,
        handler: (Request, Registry) async throws -> Response
    ) async throws -> Response {
        guard let header = request.headers[.idempotencyKey] else { return try await handler(request, registry) }
        let key = try Self.key(header)
        let reader = ContentReader(maximumBytes: maximumBytes ?? limits.bodyBytes, timeLimit: limits.bodyTime)
        let content = try await reader.bytes(of: request)
        let keyed = KeyedRequest(
            accountID: principal.accountID,
            key: key,
            fingerprint: Self.fingerprint(of: request, content)
        )
        guard underWay.enter(keyed) else { throw Self.inUse }
        defer { underWay.leave(keyed) }
        let whole = Request(head: request.head, body: RequestBody(buffer: ByteBuffer(bytes: content)))
        var given: KeptAnswer?
        let outcome = try await registry.once(keyed) { registry in
            let answer = try await KeptAnswer(whole: try await handler(whole, registry))
            given = answer
            return answer.withholding(secret)
        } refusal: { error in
            given = nil
            return Self.refusal(error, context)
        }
        switch outcome {
        case .first(let answer): return Response(given ?? answer)
        case .repeated(let answer): return Response(answer)
        case .underWay: throw Self.inUse
        case .reused: throw Problem(.keyReused)
        }
    }

    /// Reads the header field: a string of structured fields (RFC 9651, section 3.3.3), of 1 to 255 characters.
    static func key(_ header: String) throws(Problem) -> String {
        var (key, rest, isEscaped) = ("", Substring(header), false)
        let isQuoted = rest.popFirst() == "\"" && rest.popLast() == "\""
        let isText = rest.allSatisfy { character in
            guard let byte = character.asciiValue, (0x20...0x7E).contains(byte) else { return false }
            if isEscaped {
                isEscaped = false
                guard character == "\"" || character == "\\" else { return false }
            } else if character == "\\" {
                isEscaped = true
                return true
            } else if character == "\"" {
                return false
            }
            key.append(character)
            return true
        }
        guard isQuoted, isText, !isEscaped, (1...255).contains(key.utf8.count) else {
            let detail = "Must be one string of 1 to 255 ASCII characters in double quotes, such as \"7f3c9a\"."
            throw Problem(.malformedRequest, parts: [Problem.Part(place: .header("Idempotency-Key"), detail: detail)])
        }
        return key
    }

    private static func fingerprint(of request: Request, _ content: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        // No part can hold a line end, so that the parts cannot run into each other.
        let parts = [request.method.rawValue, request.head.path ?? "", request.headers[.contentType] ?? ""]
        for part in parts { hash.update(data: Array((part + "\n").utf8)) }
        hash.update(data: content)
        return Array(hash.finalize())
    }

    /// The answer to keep for a refusal; `nil` where the same request may fare better later.
    private static func refusal(_ error: any Error, _ context: APIContext) -> KeptAnswer? {
        guard error is Problem || error is RegistryError else { return nil }
        let problem = Problem(for: error, logger: context.logger)
        guard (400...499).contains(problem.kind.status),
            ![
                .requestTimeout, .tooManyRequests, .unauthorized, .forbidden, .preconditionFailed,
                .preconditionRequired,
            ].contains(problem.kind)
        else { return nil }
        let headers = problem.response(requestID: context.requestID).headers
        return KeptAnswer(problem.status, headers, problem.body(requestID: context.requestID))
    }

    private static var inUse: Problem { Problem(.keyInUse, headers: [.retryAfter: "1"]) }
}

/// The requests with a key that this process carries out: most repetitions come here, and need not ask the database.
private final class RequestsUnderWay: Sendable {
    private struct Key: Hashable {
        var accountID: Int64
        var key: String
    }

    private let keys = Mutex<Set<Key>>([])

    /// Whether the key was free; it is taken then.
    func enter(_ request: KeyedRequest) -> Bool {
        keys.withLock { $0.insert(Key(accountID: request.accountID, key: request.key)).inserted }
    }

    func leave(_ request: KeyedRequest) {
        keys.withLock { _ = $0.remove(Key(accountID: request.accountID, key: request.key)) }
    }
}

extension KeptAnswer {
    /// Takes a response with all of its content.
    fileprivate init(whole response: Response) async throws {
        let collected = CollectingWriter.Storage()
        try await response.body.write(CollectingWriter(storage: collected))
        self.init(response.status, response.headers, collected.buffer.withLock { Array($0.readableBytesView) })
    }

    fileprivate init(_ status: HTTPResponse.Status, _ headers: HTTPFields, _ body: [UInt8]) {
        var fields: [String: String] = [:]
        for field in headers where field.name != .contentLength {
            fields[field.name.canonicalName] = headers[field.name]
        }
        self.init(status: status.code, headers: fields, body: body)
    }

    /// The answer with `null` in the place of a JSON string.
    fileprivate func withholding(_ secret: String?) -> KeptAnswer {
        guard let secret else { return self }
        var answer = self
        answer.body.replace(Array("\"\(secret)\"".utf8), with: Array("null".utf8))
        return answer
    }
}

extension Response {
    /// A kept answer.
    fileprivate init(_ answer: KeptAnswer) {
        var headers = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        self.init(
            status: .init(code: answer.status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        )
    }
}
