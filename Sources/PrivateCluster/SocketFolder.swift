import Glibc

/// The folder for the server's Unix socket: a short path, since a socket's has 107 bytes at most and the cluster's
/// folder may be deep; closed to all users but the server's.
enum SocketFolder {
    /// The longest path of the folder in bytes: of the 107 of `sun_path`, `/.s.PGSQL.5432` takes 14.
    static let maximumLength = 93

    /// Makes the folder for a cluster, or finds the one of its last start and sees to it that nobody else made it.
    ///
    /// - Throws: `system` when none of the places will do.
    static func make(for folder: ClusterFolder, user: ServerUser) throws(PrivateClusterError) -> String {
        let name = "claimboard-\(geteuid())-\(tag(of: folder))"
        for base in bases where isSafe(base) {
            let path = "\(base)/\(name)"
            if path.utf8.count <= maximumLength, try prepare(path, user: user) { return path }
        }
        // Somebody else holds the name in /tmp: take one that nobody could foresee.
        var template = Array("/tmp/\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .system(call: "make", path: "/tmp/\(name)", code: errno) }
        let path = template.withUnsafeBufferPointer { bytes in
            String(decoding: bytes.dropLast().lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        try user.own(path)
        return path
    }

    /// Whether a socket in the folder can be trusted to be the user's own server.
    static func isTrusted(_ path: String, user: ServerUser) -> Bool {
        guard let status = fileStatus(path) else { return false }
        return status.st_mode & S_IFMT == S_IFDIR && status.st_mode & 0o077 == 0 && user.owns(status)
    }

    /// Removes the folder, with what a killed server left in it.
    static func remove(_ path: String) {
        removeSocket(in: path)
        rmdir(path)
    }

    private static func removeSocket(in path: String) {
        unlink("\(path)/.s.PGSQL.5432")
        unlink("\(path)/.s.PGSQL.5432.lock")
    }

    private static var bases: [String] {
        geteuid() == 0 ? ["/run", "/tmp"] : [environment("XDG_RUNTIME_DIR"), "/tmp"].compactMap(\.self)
    }

    /// Whether nobody but root and this user can rename or replace what stands in a folder.
    private static func isSafe(_ base: String) -> Bool {
        var status = stat()
        guard base.hasPrefix("/"), stat(base, &status) == 0, status.st_uid == 0 || status.st_uid == geteuid() else {
            return false
        }
        return status.st_mode & 0o022 == 0 || status.st_mode & S_ISVTX != 0
    }

    /// Makes the folder or takes it over; false when it cannot be made or is not the user's own.
    private static func prepare(_ path: String, user: ServerUser) throws(PrivateClusterError) -> Bool {
        if mkdir(path, 0o700) == 0 {
            try user.own(path)
            return true
        }
        guard errno == EEXIST, isTrusted(path, user: user) else { return false }
        // What a killed server left: PostgreSQL would believe it alive if its number were another process's by now.
        removeSocket(in: path)
        return true
    }

    /// A short name for the cluster's folder.
    ///
    /// By device and inode, not by path: roots that share /tmp may have the same path for different folders.
    private static func tag(of folder: ClusterFolder) -> String {
        guard let status = fileStatus(folder.path) else { return "0" }
        return String(status.st_dev, radix: 36) + "-" + String(status.st_ino, radix: 36)
    }
}
