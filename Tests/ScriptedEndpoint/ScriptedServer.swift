import Foundation
import Glibc
import Synchronization

/// An endpoint that speaks the chat protocol over a real socket, and answers as a test wants it to.
package final class ScriptedServer: Sendable {
    /// What is done with one request.
    package enum Reply: Sendable {
        /// A chat's answer with what the model wrote.
        case chat(String)
        case http(Int, headers: [String: String] = [:], body: String = "{}")
        /// Announces more bytes than it sends, and closes.
        case brokenOff(String)
        /// Closes without an answer.
        case hangUp
        /// Keeps the connection and says nothing.
        case silence
        /// An answer that does not end.
        case endless
    }

    /// A request as it came.
    package struct Request: Sendable {
        /// The request line and the header fields.
        package var head: String
        /// The body as text.
        package var body: String

        /// The members of the body.
        package var members: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]) ?? [:]
        }
    }

    private struct State {
        var requests: [Request] = []
        var open = 0
        var mostOpen = 0
    }

    private let replies: @Sendable (Int, Request) -> Reply
    private let listener: Int32
    private let state = Mutex(State())
    /// The TCP port on the loopback interface.
    package let port: UInt16

    /// Starts a server.
    ///
    /// - Parameter replies: what to do with a request, by its number from 0.
    /// - Throws: `POSIXError` where there is no port for it.
    package init(_ replies: @escaping @Sendable (Int, Request) -> Reply) throws {
        self.replies = replies
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) | listen(descriptor, 64) | getsockname(descriptor, pointer, &length)
            }
        }
        guard listener >= 0, status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        port = UInt16(bigEndian: address.sin_port)
        signal(SIGPIPE, SIG_IGN)
        Thread.detachNewThread { [self] in
            while case let connection = accept(descriptor, nil, nil), connection >= 0 {
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    /// Replies in order; the last one is repeated.
    package convenience init(_ replies: Reply...) throws {
        try self.init { number, _ in replies[min(number, replies.count - 1)] }
    }

    /// Ends the server; connections that are open stay until their clients let go.
    package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// What has come so far.
    package var requests: [Request] { state.withLock { $0.requests } }

    /// The most requests that were in work at a time.
    package var mostOpen: Int { state.withLock { $0.mostOpen } }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        while let request = Self.request(from: connection) {
            let number = state.withLock { state in
                state.requests.append(request)
                state.open += 1
                state.mostOpen = max(state.mostOpen, state.open)
                return state.requests.count - 1
            }
            defer { state.withLock { $0.open -= 1 } }
            switch replies(number, request) {
            case .chat(let content): Self.send(200, [:], Self.chat(content), to: connection)
            case .http(let status, let headers, let body): Self.send(status, headers, body, to: connection)
            case .brokenOff(let body):
                Self.write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count + 100)\r\n\r\n\(body)", to: connection)
                return
            case .hangUp: return
            case .silence:
                // Until the client goes away.
                var byte: UInt8 = 0
                _ = recv(connection, &byte, 1, 0)
                return
            case .endless:
                Self.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", to: connection)
                let part = String(repeating: "x", count: 65_536)
                while Self.write(part, to: connection) {}
                return
            }
        }
    }

    private static func chat(_ content: String) -> String {
        let answer: [String: Any] = [
            "choices": [["index": 0, "message": ["role": "assistant", "content": content]] as [String: Any]],
            "usage": ["prompt_tokens": 1000, "completion_tokens": 200],
        ]
        let data = (try? JSONSerialization.data(withJSONObject: answer)) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }

    private static func send(_ status: Int, _ headers: [String: String], _ body: String, to connection: Int32) {
        let lines = headers.map { "\($0): \($1)\r\n" }.joined()
        write(
            "HTTP/1.1 \(status) Status\r\nContent-Type: application/json\r\n\(lines)"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)",
            to: connection
        )
    }

    @discardableResult
    private static func write(_ text: String, to connection: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    private static func request(from connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let head = String(text[..<end.lowerBound])
                let length = head.firstMatch(of: /(?i)content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
                let body = text[end.upperBound...]
                if body.utf8.count >= length { return Request(head: head, body: String(body)) }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
    }
}
