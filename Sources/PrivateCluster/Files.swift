internal import CSpawn
import Glibc

/// The value of an environment variable; nil also for an empty one.
func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
}

/// What a path is, links not followed; nil when nothing is there or it cannot be looked at.
func fileStatus(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
}

/// The path with every link followed; nil when nothing is there.
func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
}

/// The path without its last part.
func parent(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// The names in a folder, sorted.
///
/// - Throws: `system`, with `ENOENT` for a folder that is not there.
func entries(of folder: String) throws(PrivateClusterError) -> [String] {
    guard let stream = opendir(folder) else { throw .system(call: "open", path: folder, code: errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
}

/// The last bytes of a file as text; nil when it cannot be read.
func readEnd(of path: String, bytes limit: Int = 16 * 1024) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    lseek(descriptor, max(0, size - limit), SEEK_SET)
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = read(descriptor, &bytes, limit)
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
}

/// Puts a file in place whole or not at all: others see the old content or the new, also after a crash.
///
/// - Throws: `notWritable` or `diskFull`'s `system` code `ENOSPC`.
func replaceFile(_ path: String, with text: String) throws(PrivateClusterError) {
    let draft = "\(path).new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw .system(call: "write", path: path, code: errno) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count, fchmod(descriptor, 0o644) == 0,
        fsync(descriptor) == 0, rename(draft, path) == 0
    else {
        let code = errno
        unlink(draft)
        throw .system(call: "write", path: path, code: code)
    }
}

/// Writes everything of the disk that a folder is on.
///
/// - Throws: `system`, when the disk refuses.
func sync(_ folder: ClusterFolder) throws(PrivateClusterError) {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw folderError("open", folder.path, errno) }
    defer { close(descriptor) }
    let code = sync_filesystem(descriptor)
    guard code == 0 else { throw .system(call: "sync", path: folder.path, code: code) }
}

/// Whether this process may run the file at a path.
func isProgram(_ path: String) -> Bool {
    access(path, X_OK) == 0
}
