import Glibc

/// A session with the server over its Unix socket, for the few statements that a cluster's start needs: PostgreSQL's
/// protocol 3.0, simple queries only.
///
/// Blocks its thread, up to a time limit a read.
///
/// See https://www.postgresql.org/docs/current/protocol-message-formats.html
struct LocalSession: ~Copyable {
    /// Why there is no answer.
    enum Failure: Error, Equatable {
        /// Nothing listens there.
        case unreachable
        /// The server's error: its SQLSTATE and message.
        case refused(code: String, message: String)
        /// The connection broke, took too long or said something that is not the protocol.
        case broken
    }

    private let socket: Int32

    /// Connects.
    ///
    /// - Parameters:
    ///   - socketFolder: where the server's socket is.
    ///   - user: the role.
    ///   - database: the database's name.
    /// - Throws: why there is no session.
    init(socketFolder: String, user: String, database: String) throws(Failure) {
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw .unreachable }
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard Self.connect(socket, to: "\(socketFolder)/.s.PGSQL.5432") else { throw .unreachable }
        var start: [UInt8] = [0, 3, 0, 0]
        for text in ["user", user, "database", database, "application_name", "claimboard start"] {
            start += Array(text.utf8) + [0]
        }
        try send(start + [0], kind: nil)
        _ = try readUntilReady()
    }

    deinit {
        if socket >= 0 { close(socket) }
    }

    /// Runs SQL.
    ///
    /// - Returns: the rows of all its statements, each value as text.
    func query(_ sql: String) throws(Failure) -> [[String?]] {
        try send(Array(sql.utf8) + [0], kind: UInt8(ascii: "Q"))
        return try readUntilReady()
    }

    private static func connect(_ socket: Int32, to path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: address) { pointer in
            // SAFETY: connect reads as many bytes as it is told, and any socket address may stand for `sockaddr`.
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    private func send(_ body: [UInt8], kind: UInt8?) throws(Failure) {
        let length = UInt32(body.count + 4)
        let message =
            (kind.map { [$0] } ?? []) + (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) } + body
        var sent = 0
        while sent < message.count {
            let count = message.withUnsafeBytes { bytes in
                Glibc.send(socket, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw .broken }
            sent += count
        }
    }

    /// Reads messages up to the one that says the server is ready for the next query.
    private func readUntilReady() throws(Failure) -> [[String?]] {
        var rows: [[String?]] = []
        var failure: Failure?
        while true {
            let kind = try read(1)[0]
            let length = try read(4).reduce(0) { $0 << 8 | Int($1) }
            guard length >= 4, length < 1 << 24 else { throw .broken }
            var body = MessageReader(try read(length - 4))
            switch kind {
            case UInt8(ascii: "R"):
                // Zero says that the peer's user is enough; any wish for a password is a server that is not ours.
                guard body.integer(4) == 0 else { throw .broken }
            case UInt8(ascii: "D"): rows.append(body.row())
            case UInt8(ascii: "E"):
                failure = body.failure()
                // While it starts up or refuses a user, the server ends the connection after its error.
                if case .refused(let code, _) = failure, ["28", "3D", "53", "57"].contains(code.prefix(2)) {
                    throw failure ?? .broken
                }
            case UInt8(ascii: "Z"):
                if let failure { throw failure }
                return rows
            default: break
            }
        }
    }

    private func read(_ count: Int) throws(Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let received = bytes.withUnsafeMutableBytes {
                recv(socket, $0.baseAddress?.advanced(by: filled), count - filled, 0)
            }
            guard received > 0 else { throw .broken }
            filled += received
        }
        return bytes
    }
}
