import Glibc

/// What a private cluster needs on this machine, and what of it is there.
///
/// Nothing is made or changed by looking.
package struct ClusterReport: Sendable {
    /// What is in the way of a cluster, or not.
    package enum Outcome: String, Sendable {
        case fine, warning, failure
    }

    /// One thing that was looked at.
    package struct Check: Sendable, Equatable {
        /// What was looked at, in a word or two.
        package let name: String
        /// Whether it is as it should be.
        package let outcome: Outcome
        /// What was found, and for a failure what to do about it: a sentence.
        package let text: String
    }

    /// The PostgreSQL that a cluster here would run on, or why there is none.
    package let installation: Result<PostgresInstallation, PrivateClusterError>
    /// Every supported PostgreSQL on this machine.
    package let installations: [PostgresInstallation]
    /// All that was looked at, in an order fit for reading.
    package let checks: [Check]

    /// Looks at the machine and a cluster's folder, which need not be there.
    ///
    /// - Parameters:
    ///   - path: the cluster's folder.
    ///   - binaries: the folder of PostgreSQL's programs; nil to find them.
    /// - Returns: what was found.
    package static func examine(folder path: String, binaries: String? = nil) async -> ClusterReport {
        await withCheckedContinuation { continuation in
            startThread { continuation.resume(returning: ClusterReport(path: path, binaries: binaries)) }
        }
    }

    private init(path: String, binaries: String?) {
        let nearest = Self.nearest(path)
        let folder = ClusterFolder(path: realPath(path) ?? path)
        let search = InstallationSearch.asConfigured(binaries)
        let major = try? folder.dataMajor()
        installations = search.all()
        installation = Result { () throws(PrivateClusterError) in
            let found = try search.find(preferring: major)
            guard let major, major != found.major else { return found }
            throw .otherMajorVersion(folder: folder.path, cluster: major, installation: found)
        }
        checks = [
            Self.check("PostgreSQL", installation) { "version \($0.version) in \($0.folder)" },
            Self.check(
                "server's user",
                Result { () throws(PrivateClusterError) in try ServerUser.forCluster(in: folder) }
            ) {
                "the server runs as \($0.name)"
            },
            Self.contents(of: folder, path: path),
            Self.reach(ClusterFolder(path: nearest)),
            Self.room(on: ClusterFolder(path: nearest), isNew: major == nil),
            Self.server(of: folder),
        ]
    }

    /// The folder itself or the nearest of its parents that is there.
    private static func nearest(_ path: String) -> String {
        var path = path
        while realPath(path) == nil && path != "/" && path != "." { path = parent(path) }
        return realPath(path) ?? "/"
    }

    private static func check<Value>(
        _ name: String,
        _ result: Result<Value, PrivateClusterError>,
        text: (Value) -> String
    ) -> Check {
        switch result {
        case .success(let value): Check(name: name, outcome: .fine, text: text(value))
        case .failure(let error): Check(name: name, outcome: .failure, text: error.description)
        }
    }

    private static func contents(of folder: ClusterFolder, path: String) -> Check {
        guard realPath(path) != nil else {
            return Check(name: "folder", outcome: .fine, text: "\(path) will be made")
        }
        let contents = Result { () throws(PrivateClusterError) in
            let contents = try folder.contents()
            if case .foreign(let entry) = contents {
                throw PrivateClusterError.foreignFolder(folder.path, entry: entry)
            }
            return contents
        }
        return check("folder", contents) { contents in
            switch contents {
            case .cluster(let marker): "\(folder.path) has a cluster of PostgreSQL \(marker.major)"
            case .nothing, .foreign: "\(folder.path) is empty"
            }
        }
    }

    private static func reach(_ folder: ClusterFolder) -> Check {
        let result = Result { () throws(PrivateClusterError) in
            guard access(folder.path, W_OK | X_OK) == 0 else {
                throw folderError("write", folder.path, errno)
            }
            try ServerUser.forCluster(in: folder).checkReach(folder)
        }
        return check("permissions", result) { "\(folder.path) can be written" }
    }

    private static func room(on folder: ClusterFolder, isNew: Bool) -> Check {
        let free = folder.freeBytes
        let text = "\(free >> 20) MB are free under \(folder.path)"
        guard free < ClusterFolder.neededBytes else { return Check(name: "disk", outcome: .fine, text: text) }
        return Check(name: "disk", outcome: isNew ? .failure : .warning, text: text)
    }

    private static func server(of folder: ClusterFolder) -> Check {
        let owner = FolderLock.isHeld(folder) ? FolderLock.lastOwner(folder) : nil
        let server = Server.running(in: folder)
        let text =
            switch (server, owner) {
            case (let server?, let owner?): "process \(server.process), owned by process \(owner)"
            case (let server?, nil):
                "process \(server.process), left by a process that is gone; the next start takes it over"
            case (nil, let owner?): "none yet; process \(owner) owns the cluster"
            case (nil, nil): "none runs"
            }
        return Check(name: "server", outcome: server != nil && owner == nil ? .warning : .fine, text: text)
    }
}
