import Foundation
import Synchronization

/// Folders for tests, outside the project: short paths that the server's own user can enter.
package enum TemporaryFolder {
    private static let prefix = "claimboard-tests-"
    private static let count = Atomic(0)

    /// Makes an empty folder whose name no other test has.
    ///
    /// - Parameter purpose: a word for the name.
    /// - Returns: its path.
    /// - Throws: an error when it cannot be made.
    package static func make(_ purpose: String) throws -> String {
        _ = removal
        let number = count.add(1, ordering: .relaxed).newValue
        let path = "/tmp/\(prefix)\(getpid())-\(purpose)-\(number)"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o711]
        )
        return path
    }

    /// Removes what killed processes left, and, at its end, what this one does.
    private static let removal: Void = {
        remove { $0 != getpid() && kill($0, 0) != 0 }
        atexit { TemporaryFolder.remove { $0 == getpid() } }
    }()

    /// Removes the folders of some processes.
    private static func remove(where isWanted: (Int32) -> Bool) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/tmp")) ?? [] where name.hasPrefix(prefix) {
            guard let process = Int32(name.dropFirst(prefix.count).prefix { $0.isNumber }), isWanted(process) else {
                continue
            }
            try? FileManager.default.removeItem(atPath: "/tmp/\(name)")
        }
    }
}
