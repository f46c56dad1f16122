import Glibc

/// A program run to its end for its output.
package struct Command: Sendable {
    /// How it ended, and the end of what it wrote.
    package struct Outcome: Sendable {
        /// The exit status, or 128 and the signal's number.
        package let status: Int32
        /// The last lines of standard output and error together.
        package let output: String
    }

    /// As much of the output as is kept, in bytes: some hundred lines, the end of which says what went wrong.
    private static let keptBytes = 16 * 1024

    private let arguments: [String]

    /// Names a program; nothing is started yet.
    ///
    /// - Parameter arguments: the program's path and its arguments.
    package init(_ arguments: [String]) {
        self.arguments = arguments
    }

    /// Runs the program, which is killed when it takes longer than a limit; blocks the thread meanwhile.
    ///
    /// - Returns: how it ended; for a killed program also.
    /// - Throws: `system` when it cannot be started.
    package func run(within limit: Duration) throws(PrivateClusterError) -> Outcome {
        try run(Patience(limit))
    }

    /// Runs the program; blocks the thread meanwhile.
    ///
    /// - Parameter patience: when it is over, the program is killed.
    /// - Returns: how it ended; for a killed program also.
    /// - Throws: `system` when it cannot be started.
    func run(_ patience: Patience) throws(PrivateClusterError) -> Outcome {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system(call: "pipe", path: arguments[0], code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        defer { close(ends[0]) }
        let started = Result { () throws(PrivateClusterError) in try ChildProcess(arguments, output: ends[1]) }
        close(ends[1])
        let child = try started.get()
        var output: [UInt8] = []
        while true {
            // Asked for before the last read, so that nothing it wrote before its end is missed. Not the pipe's end
            // but the program's counts: what it has started may hold the pipe open.
            let status = child.exitStatus
            drain(ends[0], into: &output)
            if let status {
                return Outcome(status: status, output: String(decoding: output, as: UTF8.self))
            }
            if patience.isOver { child.signal(SIGKILL) }
            patience.pause()
        }
    }

    private func drain(_ descriptor: Int32, into output: inout [UInt8]) {
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            output += chunk[..<count]
            output.removeFirst(max(0, output.count - Self.keptBytes))
        }
    }
}
