import Glibc

/// Where results go.
enum StandardOutput {
    /// Whether a person looks at it.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// How many columns the terminal has; `nil` where it is none.
    static var width: Int? { isTerminal ? Terminal.width(of: STDOUT_FILENO) : nil }

    /// Whether titles may be set in bold type.
    static var isColoured: Bool { isTerminal && Terminal.allowsColour }

    /// Writes bytes, all of them.
    ///
    /// - Throws: `OutputError` where they cannot be written.
    static func write(_ bytes: [UInt8]) throws(OutputError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw OutputError(code: errno)
            }
            written += count
        }
    }

    /// Writes a text as it is, without a line end of its own.
    static func write(_ text: String) throws(OutputError) {
        try write(Array(text.utf8))
    }
}

/// Where everything else goes: what is being done, progress, problems.
enum StandardError {
    /// Whether a person looks at it.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a line; a reader that went away is not worth an error.
    static func write(_ line: String) {
        writeRaw(line + "\n")
    }

    /// Writes a text as it is.
    static func writeRaw(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR { return }
            bytes = bytes.dropFirst(max(0, count))
        }
    }
}

/// Results could not be written.
struct OutputError: Error, CustomStringConvertible {
    /// What the system says.
    let code: Int32

    var isBrokenPipe: Bool { code == EPIPE }

    var description: String { "The results could not be written: \(String(cString: strerror(code)))." }
}

/// What is known of terminals.
enum Terminal {
    /// How many columns the terminal behind a descriptor has.
    static func width(of descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Whether the user lets programs use colour (https://no-color.org).
    static var allowsColour: Bool { getenv("NO_COLOR") == nil && getenv("TERM").map { String(cString: $0) } != "dumb" }
}

/// Where input comes from that is not in a file.
enum StandardInput {
    /// Whether it is a person's keyboard.
    static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }
}
