import Foundation
import Glibc

/// An answer as it came over the wire.
struct HTTPAnswer: Sendable {
    var status: Int
    /// Names in lower case; fields given twice are joined by commas.
    var headers: [String: String]
    var body: [UInt8]

    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as a JSON object; empty where it is none.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }

    /// The last part of the problem's type, such as `not-found`; `nil` where the body is no problem.
    var problem: String? {
        guard headers["content-type"] == "application/problem+json" else { return nil }
        return (json["type"] as? String)?.split(separator: "/").last.map(String.init)
    }

    /// What the problem's errors point to, in order.
    var places: [String] {
        (json["errors"] as? [[String: Any]] ?? []).compactMap {
            ($0["parameter"] ?? $0["pointer"] ?? $0["header"]) as? String
        }
    }
}

/// A client that sends exactly the bytes it is given, so that tests can be as wrong as they like.
///
/// Each exchange has its own thread: waiting for a socket must not hold up the threads that the server runs on.
struct HTTPClient: Sendable {
    let port: Int

    /// Sends a request and reads the answer.
    func send(
        _ method: String = "GET",
        _ target: String,
        headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws -> HTTPAnswer {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost", "Connection: close"]
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { lines.append("\(name): \(value)") }
        if let body { lines.append("Content-Length: \(body.count)") }
        let head = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        return try await exchange([head + (body ?? [])], isHead: method == "HEAD")
    }

    /// Sends a request with text as its body.
    func post(_ target: String, _ text: String, headers: [String: String]) async throws -> HTTPAnswer {
        try await send("POST", target, headers: headers, body: Array(text.utf8))
    }

    /// Sends pieces of bytes one after the other, and reads until the server ends the connection or falls silent.
    ///
    /// - Parameters:
    ///   - pieces: what to send.
    ///   - pause: how long to wait between two pieces.
    ///   - isHead: whether the answer has no body, whatever its fields say.
    /// - Returns: the first answer.
    /// - Throws: `TransportFailure` where there is none.
    func exchange(
        _ pieces: [[UInt8]],
        pause: Duration = .zero,
        isHead: Bool = false
    ) async throws -> HTTPAnswer {
        let bytes = try await received(sending: pieces, pause: pause)
        return try HTTPAnswer(bytes, isHead: isHead)
    }

    /// Sends pieces of bytes, and gives back all that the server sends until it ends the connection.
    func received(sending pieces: [[UInt8]], pause: Duration = .zero) async throws -> [UInt8] {
        let port = port
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Self.talk(to: port, pieces, pause: pause) })
            }
        }
    }

    private static func talk(to port: Int, _ pieces: [[UInt8]], pause: Duration) throws -> [UInt8] {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw TransportFailure(step: "socket") }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw TransportFailure(step: "connect") }
        for (index, piece) in pieces.enumerated() {
            if index > 0 { usleep(UInt32(pause.components.attoseconds / 1_000_000_000_000)) }
            var start = 0
            while start < piece.count {
                // A server that has heard enough stops listening; its answer is still there to be read.
                let count = piece[start...].withUnsafeBytes {
                    Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                if count <= 0 { break }
                start += count
            }
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count <= 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}

/// The connection did not do what it should.
struct TransportFailure: Error {
    var step: String
}

extension HTTPAnswer {
    /// Takes the first answer out of the bytes of a connection.
    init(_ bytes: [UInt8], isHead: Bool = false) throws {
        let end = Array("\r\n\r\n".utf8)
        guard let headEnd = bytes.firstRange(of: end) else {
            throw TransportFailure(step: "no answer: \(bytes.count) bytes")
        }
        let lines = String(decoding: bytes[..<headEnd.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw TransportFailure(step: "no status line")
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].lowercased()
            let value = parts[1].trimmingCharacters(in: .whitespaces)
            headers[name] = headers[name].map { $0 + ", " + value } ?? value
        }
        let rest = Array(bytes[headEnd.upperBound...])
        let isChunked = headers["transfer-encoding"] == "chunked"
        let length = headers["content-length"].flatMap(Int.init) ?? (isHead ? 0 : rest.count)
        guard isHead || isChunked || rest.count >= length else { throw TransportFailure(step: "the body is cut off") }
        self.init(
            status: status,
            headers: headers,
            body: isHead ? rest : isChunked ? try Self.unchunked(rest) : Array(rest[..<length])
        )
    }

    private static func unchunked(_ bytes: [UInt8]) throws -> [UInt8] {
        var (body, rest) = ([UInt8](), bytes[...])
        while let line = rest.firstRange(of: Array("\r\n".utf8)) {
            let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16) ?? 0
            if size == 0 { return body }
            body += rest[line.upperBound...].prefix(size)
            rest = rest[line.upperBound...].dropFirst(size + 2)
        }
        throw TransportFailure(step: "the chunks are cut off")
    }
}
