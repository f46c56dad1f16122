#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file, a pipe, or standard input.
///
/// Reading blocks the thread: read what may keep one waiting, such as standard input, on a thread of its own.
package final class FileSource: ByteSource {
    private let descriptor: Int32
    private let isOwned: Bool
    private let start: stat

    /// Standard input.
    package static func standardInput() throws(SourceFailure) -> FileSource {
        try FileSource(descriptor: STDIN_FILENO, isOwned: false)
    }

    /// Opens a file.
    ///
    /// - Throws: when there is no such file, it may not be read, or it is a folder.
    package convenience init(path: String) throws(SourceFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(errno, "it cannot be opened") }
        try self.init(descriptor: descriptor, isOwned: true)
    }

    private init(descriptor: Int32, isOwned: Bool) throws(SourceFailure) {
        var status = stat()
        let result = fstat(descriptor, &status)
        self.descriptor = descriptor
        self.isOwned = isOwned
        self.start = status
        guard result == 0 else { throw Self.failure(errno, "it cannot be read") }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw SourceFailure(
                kind: .unsupported,
                what: "this is a folder",
                remedy: "Name the files in it, such as `FOLDER/*.jsonl`."
            )
        }
    }

    deinit {
        if isOwned { close(descriptor) }
    }

    /// The file's size when it was opened; `nil` for pipes and terminals.
    package var sizeBytes: Int? { isRegular ? Int(start.st_size) : nil }

    /// Waits for the next bytes.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
        while true {
            #if canImport(Glibc)
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #else
            let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count > 0 { return count }
            if count == 0 {
                try checkUnchanged()
                return 0
            }
            if errno != EINTR { throw Self.failure(errno, "reading failed") }
        }
    }

    private var isRegular: Bool { start.st_mode & S_IFMT == S_IFREG }

    private func checkUnchanged() throws(SourceFailure) {
        var now = stat()
        guard isRegular, fstat(descriptor, &now) == 0 else { return }
        let isSame =
            now.st_size == start.st_size && now.st_mtim.tv_sec == start.st_mtim.tv_sec
            && now.st_mtim.tv_nsec == start.st_mtim.tv_nsec
        if !isSame {
            throw SourceFailure(
                kind: .changed,
                what: "the file changed while it was read",
                remedy: "Read it again when it is complete; what was read already stays one."
            )
        }
    }

    private static func failure(_ code: Int32, _ what: String) -> SourceFailure {
        SourceFailure(kind: .unreadable, what: "\(what): \(String(cString: strerror(code)).lowercased())")
    }
}
