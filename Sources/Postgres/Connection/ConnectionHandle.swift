internal import CLibPQ

/// Owns one libpq connection and what it takes to cancel on it.
///
/// SAFETY: handed from the connecting thread to the event loop's, which alone uses it from then on; `PQcancel` may be
/// called on its own object from any thread (https://www.postgresql.org/docs/15/libpq-cancel.html).
final class ConnectionHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    private let cancelPointer: OpaquePointer?

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        cancelPointer = PQgetCancel(pointer)
    }

    deinit {
        PQfreeCancel(cancelPointer)
        PQfinish(pointer)
    }

    /// What libpq has to say, in one line.
    var lastMessage: String { Self.line(String(cString: PQerrorMessage(pointer))) }

    /// Puts a message of several lines, one a host and indented ones below, into one.
    static func line(_ message: String) -> String {
        let lines = message.split { $0.isNewline }.map { line in
            line.drop { $0.isWhitespace }
        }
        return lines.isEmpty ? "the connection is lost" : lines.joined(separator: "; ")
    }

    /// Asks the server to cancel what runs on this connection.
    ///
    /// Blocks until the server has signalled the session.
    func cancelBlocking() {
        var reason = [CChar](repeating: 0, count: 256)
        PQcancel(cancelPointer, &reason, Int32(reason.count))
    }
}
