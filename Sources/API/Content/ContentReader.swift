import Formats
import Hummingbird
import NIOCore
import NIOHTTP1

/// Reads the content of a request within its limits.
struct ContentReader {
    /// How many bytes at most.
    var maximumBytes: Int
    /// How long the content may take to arrive.
    var timeLimit: Duration

    /// The bytes of the content.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - mediaTypes: the media types that the route takes.
    /// - Returns: the bytes, and which of the media types they are.
    /// - Throws: `Problem` (unsupported-media-type, content-too-large, request-timeout).
    func read(_ request: Request, as mediaTypes: [MediaTypeName]) async throws -> (MediaTypeName, [UInt8]) {
        let mediaType = try mediaType(of: request, among: mediaTypes)
        return (mediaType, try await bytes(of: request))
    }

    /// The bytes of the content, whatever they are.
    ///
    /// - Throws: `Problem` (content-too-large, request-timeout).
    func bytes(of request: Request) async throws -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap(Int.init), length > maximumBytes { throw tooLarge }
        let body = request.body
        let (maximum, limit) = (maximumBytes, timeLimit)
        return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                for try await part in body {
                    guard bytes.count + part.readableBytes <= maximum else { throw tooLarge }
                    bytes.append(contentsOf: part.readableBytesView)
                }
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            guard let bytes = try await group.next() ?? nil else {
                let detail = "The content has to arrive within \(limit.components.seconds) seconds."
                throw Problem(.requestTimeout, detail, headers: [.connection: "close"])
            }
            return bytes
        }
    }

    /// The content as JSON.
    ///
    /// - Throws: `Problem` (as ``read(_:as:)``, and malformed-content).
    func readJSON(_ request: Request) async throws -> JSONNode {
        try Self.json(try await read(request, as: [.json]).1)
    }

    /// Bytes as JSON.
    static func json(_ bytes: [UInt8]) throws(Problem) -> JSONNode {
        do {
            return try JSONParser.parse(bytes)
        } catch {
            throw Problem(.malformedContent, "Not JSON: at byte \(error.offset), \(error.message).")
        }
    }

    private var tooLarge: Problem {
        // What follows is not read: the connection ends with the answer.
        Problem(.contentTooLarge, "At most \(maximumBytes) bytes are taken here.", headers: [.connection: "close"])
    }

    private func mediaType(of request: Request, among mediaTypes: [MediaTypeName]) throws(Problem) -> MediaTypeName {
        let list = mediaTypes.map(\.rawValue).joined(separator: ", ")
        if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
            throw Problem(
                .unsupportedMediaType,
                "The content has to come without a Content-Encoding.",
                headers: [.acceptEncoding: "identity"]
            )
        }
        guard let header = request.headers[.contentType] else {
            throw Problem(.unsupportedMediaType, "A Content-Type is needed: \(list).", headers: [.accept: list])
        }
        let (name, charset) = ContentNegotiation.contentType(header)
        guard let mediaType = mediaTypes.first(where: { $0.rawValue == name }) else {
            throw Problem(.unsupportedMediaType, "Taken here: \(list).", headers: [.accept: list])
        }
        guard charset == nil || charset == "utf-8" || charset == "us-ascii" else {
            throw Problem(.unsupportedMediaType, "The content has to be UTF-8.", headers: [.accept: list])
        }
        return mediaType
    }
}
