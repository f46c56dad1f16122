import Glibc

/// The mark of a process that uses a cluster without owning it, so that nobody who shares it stops the server under it.
///
/// The kernel drops it when the process ends, however it ends.
final class Presence: Sendable {
    private let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Comes in beside all others who use the cluster.
    ///
    /// - Returns: the mark, which stands until it is let go of; nil while somebody keeps all out.
    /// - Throws: an error for a folder in which this user may not write.
    static func enter(_ folder: ClusterFolder) throws(PrivateClusterError) -> Presence? {
        try take(folder, LOCK_SH)
    }

    /// Keeps all out, if nobody is in.
    ///
    /// - Returns: what keeps them out until it is let go of; nil while somebody is in.
    /// - Throws: an error for a folder in which this user may not write.
    static func keepOut(_ folder: ClusterFolder) throws(PrivateClusterError) -> Presence? {
        try take(folder, LOCK_EX)
    }

    private static func take(_ folder: ClusterFolder, _ kind: Int32) throws(PrivateClusterError) -> Presence? {
        let descriptor = open(folder.guests, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw folderError("open", folder.guests, errno) }
        let presence = Presence(descriptor: descriptor)
        guard flock(descriptor, kind | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw folderError("lock", folder.guests, errno) }
            return nil
        }
        return presence
    }
}
