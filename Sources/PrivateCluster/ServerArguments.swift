/// What the server and `initdb` are told.
///
/// On the command line and not in a file, so that a change here reaches clusters made before it, and so that nothing in
/// the data folder can open a port.
struct ServerArguments: Sendable {
    /// The bootstrap role, which owns the system's tables; used only to make the other one and its database.
    static let superuser = "postgres"
    /// The role and the database that the registry works with; the role is no superuser and owns the database.
    static let role = "claimboard"

    private let folder: ClusterFolder
    private let options: ClusterOptions

    init(folder: ClusterFolder, options: ClusterOptions) {
        self.folder = folder
        self.options = options
    }

    /// The command that makes a cluster in an empty folder.
    ///
    /// It leaves the syncing to disk to the caller, who does it at once for all files.
    static func initialization(_ installation: PostgresInstallation, in draft: String) -> [String] {
        [
            installation.program("initdb"), "--pgdata=\(draft)", "--username=\(superuser)", "--encoding=UTF8",
            "--locale=C.UTF-8", "--data-checksums", "--auth-local=peer", "--auth-host=reject", "--no-sync",
            "--no-instructions",
        ]
    }

    /// The command that runs the server.
    func server(_ installation: PostgresInstallation, socketFolder: String) -> [String] {
        let settings = fixed(socketFolder: socketFolder) + tuned + logged
        return [installation.program("postgres"), "-D", folder.data] + settings.flatMap { ["-c", "\($0)=\($1)"] }
    }

    /// Rules by which the kernel's word on who connects is enough, for the few users who may.
    static let accessRules = "local all all peer map=claimboard\n"

    /// Which of the system's users may take which role: those who can read the cluster's files anyway.
    static func accessNames(users: Set<String>) -> String {
        users.sorted().flatMap { user in
            [superuser, role].map { "claimboard \"\(user)\" \($0)\n" }
        }.joined()
    }

    private func fixed(socketFolder: String) -> [(String, String)] {
        [
            ("listen_addresses", ""),
            ("port", "5432"),
            // A list, where a comma would begin another folder.
            ("unix_socket_directories", "\"\(socketFolder.split(separator: "\"").joined(separator: "\"\""))\""),
            ("unix_socket_permissions", "0700"),
            ("hba_file", folder.accessRules),
            ("ident_file", folder.accessNames),
            ("cluster_name", "claimboard"),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
        ]
    }

    private var tuned: [(String, String)] {
        let isDurable = options.durability == .full ? "on" : "off"
        return [
            ("fsync", isDurable),
            ("full_page_writes", isDurable),
            ("synchronous_commit", isDurable),
            ("shared_buffers", "\(options.sharedBuffersMegabytes)MB"),
            ("max_connections", String(options.maxConnections)),
            // For a query of a millisecond, compiling it costs more than it saves.
            ("jit", "off"),
            ("work_mem", "16MB"),
            ("maintenance_work_mem", "128MB"),
            // A bulk load writes each page's first change whole after a checkpoint: have few, and have them small.
            ("checkpoint_timeout", "15min"),
            ("wal_compression", "on"),
        ]
    }

    /// A week of logs, a file a weekday; without statements and details, which have people's data in them.
    private var logged: [(String, String)] {
        [
            ("logging_collector", "on"),
            ("log_destination", "stderr"),
            ("log_directory", folder.log),
            ("log_filename", "postgresql-%a.log"),
            ("log_rotation_age", "1d"),
            ("log_rotation_size", "0"),
            ("log_truncate_on_rotation", "on"),
            ("log_min_error_statement", "panic"),
            ("log_error_verbosity", "terse"),
        ]
    }
}
