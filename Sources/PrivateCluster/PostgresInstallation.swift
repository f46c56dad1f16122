import Glibc

/// The PostgreSQL server programs of one version on this machine.
package struct PostgresInstallation: Sendable, Hashable {
    /// The folder with `initdb` and `postgres`.
    package let folder: String
    /// The version as PostgreSQL prints it, such as "15.20" or "18beta1".
    package let version: String
    /// The major version, which alone decides whether a cluster's files can be read.
    package let major: Int

    /// The major versions that a cluster may have.
    package static let supportedMajors = 15...18
    /// The environment variable that names the folder of the programs; nothing else is looked at when it is set.
    package static let environmentName = "CLAIMBOARD_POSTGRES_BIN"

    /// Finds the programs: in the folder named, else in the one that the environment names, else what `pg_config`
    /// says, Debian's folders from the newest on, and the search path.
    ///
    /// - Parameters:
    ///   - explicit: the folder to look in, and no other.
    ///   - major: the version that is wanted when there are several, that of an existing cluster.
    /// - Returns: the first that is supported, and of that version if there is one.
    /// - Throws: `noInstallation`, `unusableInstallation` or `unsupportedVersion`.
    package static func find(
        explicit: String? = nil,
        preferring major: Int? = nil
    ) async throws(PrivateClusterError) -> PostgresInstallation {
        try await onOwnThread { () throws(PrivateClusterError) in
            try InstallationSearch.asConfigured(explicit).find(preferring: major)
        }
    }

    /// The path of one of the programs.
    func program(_ name: String) -> String {
        "\(folder)/\(name)"
    }

    /// Looks at the programs of one folder; blocks.
    ///
    /// - Throws: `unusableInstallation` or `unsupportedVersion`.
    init(folder: String) throws(PrivateClusterError) {
        for name in ["postgres", "initdb"] where !isProgram("\(folder)/\(name)") {
            throw .unusableInstallation(folder: folder, reason: "\(name) is missing")
        }
        // Links such as /usr/local/bin/postgres are followed, for its other programs are beside the real one.
        let real = realPath("\(folder)/postgres").map(parent) ?? folder
        let outcome = try Command(["\(real)/postgres", "--version"]).run(within: .seconds(10))
        guard outcome.status == 0, let version = Self.version(in: outcome.output), let major = Self.major(of: version)
        else {
            throw .unusableInstallation(folder: folder, reason: "postgres --version does not work")
        }
        guard Self.supportedMajors.contains(major) else { throw .unsupportedVersion(folder: real, version: version) }
        self.folder = real
        self.version = version
        self.major = major
    }

    /// The version in "postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)".
    static func version(in output: String) -> String? {
        let words = output.split(whereSeparator: \.isWhitespace)
        guard words.count >= 3, words[1] == "(PostgreSQL)" else { return nil }
        return String(words[2])
    }

    /// The number that a version starts with: 15 of "15.20", 18 of "18beta1".
    static func major(of version: String) -> Int? {
        Int(version.prefix { $0.isASCII && $0.isNumber })
    }
}
