import Glibc

/// The lock that makes one process the owner of a folder.
///
/// The kernel drops it when the process ends, however it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Gives the lock back before it is let go of; it can be taken again at once.
    func release() {
        flock(descriptor, LOCK_UN)
    }

    /// Takes the lock, if nobody has it.
    ///
    /// - Returns: the lock, held until it is let go of; nil when another has it.
    /// - Throws: an error for a folder in which this user may not write.
    static func take(_ folder: ClusterFolder) throws(PrivateClusterError) -> FolderLock? {
        let descriptor = open(folder.lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw folderError("open", folder.lock, errno) }
        let lock = FolderLock(descriptor: descriptor)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw folderError("lock", folder.lock, errno) }
            return nil
        }
        // A lock on a file that was removed in between would keep nobody out.
        var held = stat()
        guard fstat(descriptor, &held) == 0, let named = fileStatus(folder.lock), named.st_ino == held.st_ino else {
            return nil
        }
        let text = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        pwrite(descriptor, text, text.count, 0)
        return lock
    }

    /// The id of the process that took the lock last; whether it still has it is not said.
    static func lastOwner(_ folder: ClusterFolder) -> Int32? {
        readEnd(of: folder.lock).flatMap { text in Int32(text.prefix { $0.isNumber }) }
    }

    /// Whether a process has the lock now.
    ///
    /// Takes nothing and makes nothing.
    static func isHeld(_ folder: ClusterFolder) -> Bool {
        let descriptor = open(folder.lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
