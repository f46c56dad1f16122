import Glibc

/// The operating system's user that the server runs as.
///
/// PostgreSQL refuses to run as root, so there it is another one.
struct ServerUser: Sendable, Hashable {
    /// The program of util-linux that changes the user without a shell or a process in between.
    private static let changer = ["/usr/bin/setpriv", "/bin/setpriv"].first(where: isProgram)

    let name: String
    private let id: uid_t
    private let group: gid_t

    private init(_ entry: UnsafeMutablePointer<passwd>) {
        self.name = String(cString: entry.pointee.pw_name)
        self.id = entry.pointee.pw_uid
        self.group = entry.pointee.pw_gid
    }

    /// The user for a cluster: this process's own, or, as root, the owner of the cluster that is there, else
    /// `postgres`, else `nobody`.
    ///
    /// - Throws: `noServerUser`, or `belongsToAnother` for a cluster that is another user's.
    static func forCluster(in folder: ClusterFolder) throws(PrivateClusterError) -> ServerUser {
        let owner = fileStatus(folder.data)?.st_uid
        guard geteuid() == 0 else {
            if let owner, owner != geteuid() {
                throw .belongsToAnother(folder: folder.data, owner: userName(owner))
            }
            guard let own = getpwuid(geteuid()) else {
                throw .noServerUser(reason: "the user id \(geteuid()) has no name in the user database")
            }
            return ServerUser(own)
        }
        guard changer != nil else { throw .noServerUser(reason: "setpriv (of util-linux) is missing") }
        if let owner {
            guard owner != 0 else {
                throw .noServerUser(reason: "\(folder.data) belongs to root, as whom it does not run; chown it")
            }
            guard let entry = getpwuid(owner) else {
                throw .noServerUser(reason: "\(folder.data) belongs to the id \(owner), which has no name")
            }
            return ServerUser(entry)
        }
        guard let entry = getpwnam("postgres") ?? getpwnam("nobody") else {
            throw .noServerUser(reason: "neither postgres nor nobody is in the user database")
        }
        return ServerUser(entry)
    }

    /// The command that runs a program as this user.
    ///
    /// - Parameters:
    ///   - arguments: the program's path and its arguments.
    ///   - signal: the signal that the program gets when this process dies, without which it lives on; not given where
    ///     `setpriv` is missing.
    /// - Returns: the path and the arguments to start.
    func command(_ arguments: [String], atParentsDeath signal: String? = nil) -> [String] {
        guard let changer = Self.changer, isOther || signal != nil else { return arguments }
        var command = [changer]
        if let signal { command += ["--pdeathsig", signal] }
        if isOther { command += ["--reuid=\(id)", "--regid=\(group)", "--init-groups", "--inh-caps=-all"] }
        return command + ["--"] + arguments
    }

    /// Gives a file or folder that this process made to the user.
    func own(_ path: String) throws(PrivateClusterError) {
        guard isOther else { return }
        guard lchown(path, id, group) == 0 else { throw folderError("chown", path, errno) }
    }

    /// Whether a file's status says that it is this user's.
    func owns(_ status: stat) -> Bool {
        status.st_uid == id
    }

    /// Sees to it that the user can enter the folder, through all its parents.
    ///
    /// - Throws: `unreachable`.
    func checkReach(_ folder: ClusterFolder) throws(PrivateClusterError) {
        guard isOther else { return }
        let outcome = try Command(command(["/usr/bin/test", "-x", folder.path])).run(within: .seconds(10))
        guard outcome.status == 0 else { throw .unreachable(folder: folder.path, user: name) }
    }

    private var isOther: Bool { id != geteuid() }
}

/// A user's name, or the id where it has none.
func userName(_ id: uid_t) -> String {
    getpwuid(id).map { String(cString: $0.pointee.pw_name) } ?? String(id)
}
