import Glibc

/// The folder of a private cluster, and what stands where in it. Its layout is format 1:
///
///     claimboard-cluster  what this is: format and PostgreSQL's major version
///     lock                locked by the process that owns the cluster; holds its id
///     guests              locked, all together, by the processes that use it beside the owner
///     data/               PostgreSQL's own folder, of the user that the server runs as
///     log/                the server's log, a file a weekday
///     start.log           what the server wrote before it opened its log
///     pg_hba.conf, pg_ident.conf   who may connect; written anew at each start
struct ClusterFolder: Sendable {
    /// What a folder holds.
    enum Contents: Sendable, Equatable {
        case nothing
        /// A cluster's marker, and perhaps a cluster.
        case cluster(Marker)
        /// Things that no private cluster put there; the name of one.
        case foreign(entry: String)
    }

    /// The room that a new cluster needs, in bytes: 40 MB for itself, and as much again and more for the first writes.
    static let neededBytes = 128 << 20
    private static let draftPrefix = "initdb."

    /// The absolute path, with every link followed.
    let path: String
    var data: String { "\(path)/data" }
    var log: String { "\(path)/log" }
    var startLog: String { "\(path)/start.log" }
    var lock: String { "\(path)/lock" }
    var guests: String { "\(path)/guests" }
    var accessRules: String { "\(path)/pg_hba.conf" }
    var accessNames: String { "\(path)/pg_ident.conf" }
    private var marker: String { "\(path)/claimboard-cluster" }

    /// The folder at a path, made with its parents if it is not there.
    ///
    /// - Throws: an error for a path that cannot be made, is no folder or holds something else.
    static func make(_ path: String) throws(PrivateClusterError) -> ClusterFolder {
        // A line break would shift the lines of postmaster.pid, which names the folder.
        guard !path.isEmpty, !path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            throw .unsuitablePath(path.debugDescription, reason: "its name is empty or has control characters in it")
        }
        try makeFolders(path)
        guard let real = realPath(path) else { throw folderError("find", path, errno) }
        let folder = ClusterFolder(path: real)
        if case .foreign(let entry) = try folder.contents() { throw .foreignFolder(real, entry: entry) }
        return folder
    }

    private static func makeFolders(_ path: String) throws(PrivateClusterError) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw .notAFolder(path) }
            return
        }
        guard errno == ENOENT else { throw folderError("find", path, errno) }
        let above = parent(path)
        if above != path && above != "." { try makeFolders(above) }
        // The server's own user has to get through to `data`; that one is closed to all others.
        guard mkdir(path, geteuid() == 0 ? 0o711 : 0o700) == 0 || errno == EEXIST else {
            throw folderError("make", path, errno)
        }
    }

    /// What the folder holds.
    ///
    /// - Throws: an error for a folder that cannot be read.
    func contents() throws(PrivateClusterError) -> Contents {
        let names: [String]
        do throws(PrivateClusterError) {
            names = try entries(of: path)
        } catch {
            guard case .system(_, _, let code) = error else { throw error }
            throw folderError("read", path, code)
        }
        if let marker = readEnd(of: marker).flatMap(Marker.init) { return .cluster(marker) }
        // A process that is just beginning has its locks and no marker yet; a volume's root has lost+found.
        let known: Set<String> = ["lock", "guests", "lost+found", "claimboard-cluster.new"]
        guard let other = names.first(where: { !known.contains($0) }) else { return .nothing }
        return .foreign(entry: other)
    }

    /// Marks the folder as a private cluster's.
    func write(_ value: Marker) throws(PrivateClusterError) {
        try replaceFile(marker, with: value.description)
    }

    /// The major version of the cluster in the folder by PostgreSQL's own account; nil when there is none yet.
    func dataMajor() throws(PrivateClusterError) -> Int? {
        guard fileStatus(data) != nil else { return nil }
        guard let text = readEnd(of: "\(data)/PG_VERSION") else {
            if errno == EACCES { throw .belongsToAnother(folder: data, owner: userName(fileStatus(data)?.st_uid ?? 0)) }
            throw .foreignFolder(path, entry: "data without PG_VERSION")
        }
        guard let major = PostgresInstallation.major(of: text) else {
            throw .foreignFolder(path, entry: "data/PG_VERSION")
        }
        return major
    }

    /// A new folder beside `data` in which a cluster can be prepared, of the user that the server runs as.
    func makeDraft(for user: ServerUser) throws(PrivateClusterError) -> String {
        var template = Array("\(path)/\(Self.draftPrefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw folderError("make a folder in", path, errno) }
        let draft = template.withUnsafeBufferPointer { bytes in
            String(decoding: bytes.dropLast().lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        try user.own(draft)
        return draft
    }

    /// Makes the log's folder.
    func makeLog(for user: ServerUser) throws(PrivateClusterError) {
        guard mkdir(log, 0o700) == 0 || errno == EEXIST else { throw folderError("make", log, errno) }
        try user.own(log)
    }

    /// Removes what processes left that were killed while they prepared a cluster.
    func removeDrafts() {
        for name in (try? entries(of: path)) ?? [] where name.hasPrefix(Self.draftPrefix) {
            Self.remove("\(path)/\(name)")
        }
    }

    /// Removes a folder and all in it.
    ///
    /// `rm` does it without following a link that appears in the middle of it, which matters where root removes what
    /// another user may write.
    static func remove(_ folder: String) {
        _ = try? Command(["/bin/rm", "-rf", "--", folder]).run(Patience(.seconds(60)))
    }

    /// The bytes that are free for ordinary users on the folder's disk.
    var freeBytes: Int {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return .max }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }
}

/// The error for a call on a folder that failed, told apart by what a person would do about it.
func folderError(_ call: String, _ path: String, _ code: Int32) -> PrivateClusterError {
    switch code {
    case EACCES, EPERM, EROFS: .notWritable(path, reason: String(cString: strerror(code)))
    case ENOTDIR: .notAFolder(path)
    case ENAMETOOLONG: .unsuitablePath(path, reason: "its name is too long")
    default: .system(call: call, path: path, code: code)
    }
}
