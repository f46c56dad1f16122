import Glibc

/// Why a private cluster could not be made, started or stopped.
///
/// Each description is a whole sentence or two for the person at the terminal: what is wrong, where, and what to do
/// about it.
package enum PrivateClusterError: Error, Sendable, Equatable {
    /// No PostgreSQL server programs were found; the folders that were looked at.
    case noInstallation(lookedAt: [String])
    /// The folder that was named for the server programs has none that work.
    case unusableInstallation(folder: String, reason: String)
    /// The PostgreSQL found is not one of the versions that are supported.
    case unsupportedVersion(folder: String, version: String)
    /// No user is there that the server may run as.
    case noServerUser(reason: String)
    /// The path cannot hold a cluster, whatever is there.
    case unsuitablePath(String, reason: String)
    /// A file or something else stands where the folder should be.
    case notAFolder(String)
    /// The folder holds things that no private cluster put there; the name of one of them.
    case foreignFolder(String, entry: String)
    /// The folder's layout is of a later version of this program.
    case unknownFormat(String, format: Int)
    /// The cluster was made by another major version of PostgreSQL than the one found.
    case otherMajorVersion(folder: String, cluster: Int, installation: PostgresInstallation)
    /// The folder belongs to another user; its owner's name or id.
    case belongsToAnother(folder: String, owner: String)
    /// The folder may not be written.
    case notWritable(String, reason: String)
    /// The unprivileged user that the server runs as cannot reach the folder.
    case unreachable(folder: String, user: String)
    /// Too little room on the disk; the bytes that are free.
    case diskFull(folder: String, freeBytes: Int)
    /// Another process owns the cluster; its id when known.
    case inUse(folder: String, process: Int32?)
    /// `initdb` failed; the end of its output.
    case initializationFailed(output: String)
    /// The server ended before it was ready; the end of its log.
    case startFailed(log: String)
    /// The server was not ready in time; the end of its log.
    case startTimedOut(seconds: Int, log: String)
    /// The server is still there after every way to stop it.
    case stopFailed(process: Int32)
    /// The server answered with an error; its message.
    case refused(String)
    /// A call to the operating system failed.
    case system(call: String, path: String, code: Int32)
    /// The task that asked for the cluster was cancelled.
    case cancelled
}

extension PrivateClusterError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noInstallation, .unusableInstallation, .unsupportedVersion, .otherMajorVersion, .noServerUser:
            installationText
        case .initializationFailed, .startFailed, .startTimedOut, .stopFailed, .refused, .inUse, .cancelled:
            serverText
        default:
            folderText
        }
    }

    private var installationText: String {
        let majors =
            "\(PostgresInstallation.supportedMajors.lowerBound) to "
            + "\(PostgresInstallation.supportedMajors.upperBound)"
        return switch self {
        case .noInstallation(let lookedAt):
            "No PostgreSQL server was found (looked in \(lookedAt.joined(separator: ", "))). Install version \(majors)"
                + " (on Debian or Ubuntu: apt-get install postgresql), or set"
                + " \(PostgresInstallation.environmentName) to the folder that has initdb and postgres in it."
        case .unusableInstallation(let folder, let reason):
            "\(folder) has no usable PostgreSQL server: \(reason)."
        case .unsupportedVersion(let folder, let version):
            "PostgreSQL \(version) in \(folder) is not supported: install one of the versions \(majors)."
        case .otherMajorVersion(let folder, let cluster, let installation):
            "The cluster in \(folder) was made by PostgreSQL \(cluster), but \(installation.folder) has"
                + " \(installation.version). Install PostgreSQL \(cluster) beside it (on Debian: apt-get install"
                + " postgresql-\(cluster)) to go on as before; to change over, dump with the old version and restore"
                + " into a new folder, or run pg_upgrade."
        case .noServerUser(let reason):
            "There is no user that the PostgreSQL server may run as: \(reason)."
        default: ""
        }
    }

    private var folderText: String {
        switch self {
        case .unsuitablePath(let path, let reason): "\(path) cannot hold a cluster: \(reason)."
        case .notAFolder(let path): "\(path) is not a folder."
        case .foreignFolder(let path, let entry):
            "\(path) holds something else (\(entry)): choose an empty or a new folder."
        case .unknownFormat(let path, let format):
            "The cluster in \(path) has format \(format), which a later version of this program made: use that one."
        case .belongsToAnother(let folder, let owner):
            "\(folder) belongs to the user \(owner): run as that user, or choose another folder."
        case .notWritable(let path, let reason): "\(path) cannot be written: \(reason)."
        case .unreachable(let folder, let user):
            "The server runs as the user \(user), who cannot enter \(folder): choose a folder whose parents everyone"
                + " may enter, such as /var/lib/claimboard."
        case .diskFull(let folder, let freeBytes):
            "The disk under \(folder) has only \(freeBytes >> 20) MB left;"
                + " a new cluster needs \(ClusterFolder.neededBytes >> 20) MB."
        case .system(let call, let path, let code): "\(call) \(path): \(String(cString: strerror(code)))."
        default: ""
        }
    }

    private var serverText: String {
        switch self {
        case .inUse(let folder, let process):
            "The cluster in \(folder) is in use by another process\(process.map { " (\($0))" } ?? "")."
        case .initializationFailed(let output): "initdb could not make the cluster:\n\(output)"
        case .startFailed(let log): "The PostgreSQL server did not start. The end of its log:\n\(log)"
        case .startTimedOut(let seconds, let log):
            "The PostgreSQL server was not ready after \(seconds) s. The end of its log:\n\(log)"
        case .stopFailed(let process): "The PostgreSQL server (process \(process)) could not be stopped."
        case .refused(let message): "The PostgreSQL server refused: \(message)"
        case .cancelled: "Starting the cluster was cancelled."
        default: ""
        }
    }
}
