import Glibc

/// Where the server programs may be, in the order in which they are preferred.
///
/// Blocks: runs a few small programs.
struct InstallationSearch: Sendable {
    private let explicit: String?
    private let searchPath: [String]
    private let debianRoot: String

    /// - Parameters:
    ///   - explicit: the one folder to look in; nil for all places.
    ///   - searchPath: the folders of programs, by default the environment's PATH.
    ///   - debianRoot: the folder with a folder a version.
    init(
        explicit: String?,
        searchPath: [String]? = nil,
        debianRoot: String = "/usr/lib/postgresql"
    ) {
        self.explicit = explicit
        self.searchPath = searchPath ?? (environment("PATH") ?? "/usr/bin:/bin").split(separator: ":").map(String.init)
        self.debianRoot = debianRoot
    }

    /// The search in the folder named, else in the one that the environment names, else in all places.
    static func asConfigured(_ folder: String?) -> InstallationSearch {
        InstallationSearch(explicit: folder ?? environment(PostgresInstallation.environmentName))
    }

    /// The first installation that works, of the major version if there is one of it.
    ///
    /// - Throws: `noInstallation`, or what is wrong with the only one there is.
    func find(preferring major: Int?) throws(PrivateClusterError) -> PostgresInstallation {
        if let explicit { return try PostgresInstallation(folder: explicit) }
        var first: PostgresInstallation?
        var problem: PrivateClusterError?
        for folder in candidates {
            do throws(PrivateClusterError) {
                let installation = try PostgresInstallation(folder: folder)
                if major == nil || installation.major == major { return installation }
                first = first ?? installation
            } catch {
                if case .unsupportedVersion = error { problem = problem ?? error }
            }
        }
        if let first { return first }
        throw problem ?? .noInstallation(lookedAt: ["\(debianRoot)/*/bin"] + searchPath)
    }

    /// Every installation that works, each once.
    func all() -> [PostgresInstallation] {
        var found: [PostgresInstallation] = []
        for folder in explicit.map({ [$0] }) ?? candidates {
            guard let installation = try? PostgresInstallation(folder: folder), !found.contains(installation) else {
                continue
            }
            found.append(installation)
        }
        return found
    }

    private var candidates: [String] {
        let folders = configured + debian + searchPath
        return folders.filter { isProgram("\($0)/postgres") }
    }

    /// What `pg_config` says, which comes with libpq's headers.
    private var configured: [String] {
        guard let tool = searchPath.lazy.map({ "\($0)/pg_config" }).first(where: isProgram),
            let outcome = try? Command([tool, "--bindir"]).run(Patience(.seconds(10))), outcome.status == 0
        else {
            return []
        }
        return [String(outcome.output.prefix { $0 != "\n" })]
    }

    private var debian: [String] {
        let majors = (try? entries(of: debianRoot))?.compactMap { Int($0) } ?? []
        return majors.filter(PostgresInstallation.supportedMajors.contains).sorted(by: >).map {
            "\(debianRoot)/\($0)/bin"
        }
    }
}
