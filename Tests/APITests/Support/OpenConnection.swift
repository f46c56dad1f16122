import Foundation
import Glibc

/// A connection that a test reads from as slowly as it likes, or not at all.
final class OpenConnection: Sendable {
    private let socket: Int32

    /// Connects to a port of this machine, with little room for what comes.
    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw TransportFailure(step: "socket") }
        var room: Int32 = 64 * 1024
        setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &room, socklen_t(MemoryLayout<Int32>.size))
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw TransportFailure(step: "connect") }
    }

    deinit {
        Glibc.close(socket)
    }

    /// Sends bytes.
    func send(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    }

    /// Up to so many bytes; none at the end.
    func some(_ count: Int) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        let received = recv(socket, &buffer, count, 0)
        return Array(buffer.prefix(max(0, received)))
    }

    /// All that still comes.
    func rest() -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let more = some(1 << 16)
            if more.isEmpty { return bytes }
            bytes += more
        }
    }

    /// All that still comes, piece by piece with a pause after each.
    func slowRest(pieceBytes: Int, pause: Duration) async -> [UInt8] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in
                var (received, pieceEnd) = ([UInt8](), pieceBytes)
                while true {
                    let more = some(1 << 16)
                    if more.isEmpty { return continuation.resume(returning: received) }
                    received += more
                    guard received.count >= pieceEnd else { continue }
                    pieceEnd += pieceBytes
                    usleep(UInt32(pause.components.attoseconds / 1_000_000_000_000))
                }
            }
        }
    }

    /// Ends the connection; what is not read is lost.
    func close() {
        shutdown(socket, Int32(SHUT_RDWR))
    }
}

extension HTTPClient {
    /// Sends bytes, and leaves it to the caller what to read.
    func open(sending bytes: [UInt8]) throws -> OpenConnection {
        let connection = try OpenConnection(port: port)
        connection.send(bytes)
        return connection
    }
}
