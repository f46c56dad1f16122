import Glibc

/// What a running server says of itself in `postmaster.pid`: a line each for process, data folder, start time, port,
/// socket folder, TCP address, shared memory and status.
///
/// The lines are listed in PostgreSQL's `src/include/utils/pidfile.h` and are the same from version 10 on.
struct PostmasterFile: Sendable, Equatable {
    /// How far the server is.
    enum Status: String, Sendable {
        case starting, stopping, ready, standby
    }

    let process: Int32
    let socketFolder: String
    /// Nil while the server is too young to have written it.
    let status: Status?

    /// Reads the file of a cluster; nil when there is none.
    init?(_ folder: ClusterFolder) {
        guard let text = readEnd(of: Self.path(folder)) else { return nil }
        self.init(text)
    }

    /// Reads the file's text; nil when it is not whole.
    init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, let process = Int32(first) else { return nil }
        self.process = process
        self.socketFolder = lines.count > 4 ? String(lines[4]) : ""
        self.status = lines.count > 7 ? Status(rawValue: String(lines[7].prefix { $0 != " " })) : nil
    }

    static func path(_ folder: ClusterFolder) -> String {
        "\(folder.data)/postmaster.pid"
    }

    /// Whether the process that the file names is a server in the cluster's data folder, and not another one that has
    /// got its number since.
    func namesLiveServer(of folder: ClusterFolder) -> Bool {
        Self.isServer(process, of: folder)
    }

    /// Whether a process works in the cluster's data folder, as a server and each of its processes does.
    static func isServer(_ process: Int32, of folder: ClusterFolder) -> Bool {
        // By inode: a folder has other paths too where it is mounted twice.
        var status = stat()
        guard let data = fileStatus(folder.data), stat("/proc/\(process)/cwd", &status) == 0 else { return false }
        return status.st_dev == data.st_dev && status.st_ino == data.st_ino
    }

    /// Removes a file that a killed server left and whose number another process has got since: PostgreSQL would take
    /// that one for the server, and not start.
    ///
    /// Does nothing while any process works in the data folder.
    static func removeIfStale(_ folder: ClusterFolder) {
        guard let file = PostmasterFile(folder), kill(file.process, 0) == 0 || errno == EPERM else { return }
        let processes = ((try? entries(of: "/proc")) ?? []).compactMap { Int32($0) }
        guard !processes.contains(where: { isServer($0, of: folder) }) else { return }
        unlink(path(folder))
    }
}
