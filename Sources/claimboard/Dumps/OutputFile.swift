import Glibc

/// A file that is being written: under a name of its own until it is whole, so that nobody takes half of it for all.
///
/// Writing blocks the thread.
final class OutputFile {
    private let path: String
    private let descriptor: Int32
    private var isDone = false

    private var draft: String { path + ".partial" }

    /// Makes the file, or empties what an earlier attempt left of it.
    ///
    /// - Throws: `FileFailure`.
    init(path: String) throws(FileFailure) {
        self.path = path
        descriptor = open(path + ".partial", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(path: path, doing: "made") }
    }

    deinit {
        close(descriptor)
        if !isDone { unlink(draft) }
    }

    /// Adds bytes.
    func write(_ bytes: [UInt8]) throws(FileFailure) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFailure(path: path, doing: "written")
            }
            written += count
        }
    }

    /// Gives the whole file its name, once it is on the disk.
    func finish() throws(FileFailure) {
        guard fsync(descriptor) == 0, rename(draft, path) == 0 else { throw FileFailure(path: path, doing: "written") }
        isDone = true
        try syncFolder()
    }

    /// Puts the name on the disk, too: it stands in the folder, and a machine that loses power may lose it without this.
    private func syncFolder() throws(FileFailure) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        // Some file systems cannot do it, and say so by EINVAL.
        guard descriptor >= 0, fsync(descriptor) == 0 || errno == EINVAL else {
            throw FileFailure(path: folder, doing: "written")
        }
    }
}

/// A file that is being read from any place.
///
/// Reading blocks the thread.
final class InputFile {
    private let path: String
    private let descriptor: Int32
    /// How many bytes it has.
    let size: Int

    /// Opens the file.
    ///
    /// - Throws: `FileFailure`.
    init(path: String) throws(FileFailure) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else { throw FileFailure(path: path, doing: "read") }
        size = Int(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// Bytes from a place on; fewer at the end of the file.
    func read(_ count: Int, at place: Int) throws(FileFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        var filled = 0
        while filled < bytes.count {
            let start = filled
            let read = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start, off_t(place + start))
            }
            if read < 0 {
                if errno == EINTR { continue }
                throw FileFailure(path: path, doing: "read")
            }
            if read == 0 { break }
            filled += read
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }
}

/// A file could not be used.
struct FileFailure: Error, CustomStringConvertible {
    let description: String

    /// Takes the reason from the system's last error.
    init(path: String, doing: String) {
        description = "\(path) cannot be \(doing): \(String(cString: strerror(errno)))."
    }
}
