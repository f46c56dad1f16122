import Foundation
import Logging
import TestSupport
import Testing

@testable import PrivateCluster

/// A folder for a cluster of one test, and starts in it.
final class ClusterFixture: Sendable {
    let folder: String
    private let root: String

    /// - Parameter name: the folder's path below a new temporary one.
    /// - Throws: an error when that cannot be made.
    init(_ name: String = "cluster") throws {
        root = try TemporaryFolder.make("test")
        folder = "\(root)/\(name)"
    }

    /// A fixture with a cluster in place: a copy of one that is made once, for that takes a tenth of the time.
    static func prepared() async throws -> ClusterFixture {
        let original = try await original.value
        let fixture = try ClusterFixture()
        let copy = Command(["/bin/cp", "-a", original, fixture.folder])
        _ = try await onOwnThread { () throws(PrivateClusterError) in try copy.run(Patience(.seconds(60))) }
        return fixture
    }

    private static let original = Task {
        let folder = try TemporaryFolder.make("original") + "/cluster"
        try await start(folder).stop()
        return folder
    }

    deinit {
        Self.stopServer(in: folder)
        ClusterFolder.remove(root)
    }

    /// Starts the cluster, without care for a loss of power.
    func start(_ change: (inout ClusterOptions) -> Void = { _ in }) async throws -> PrivateCluster {
        try await Self.start(folder, change)
    }

    /// As the method, for the code of another process, which has only the path.
    static func start(
        _ folder: String,
        _ change: (inout ClusterOptions) -> Void = { _ in }
    ) async throws -> PrivateCluster {
        var options = ClusterOptions()
        options.durability = .none
        change(&options)
        return try await PrivateCluster.start(folder: folder, options: options, logger: Logger(label: "tests"))
    }

    /// The server that runs in the folder, whoever started it.
    static func server(in folder: String) -> Server? {
        realPath(folder).flatMap { Server.running(in: ClusterFolder(path: $0)) }
    }

    private static func stopServer(in folder: String) {
        guard let server = server(in: folder) else { return }
        try? server.stop(limit: .seconds(5))
        SocketFolder.remove(server.socketFolder)
    }
}

/// All tests that start clusters, one after the other: each is work for both of a small machine's cores.
@Suite(.serialized) struct PrivateClusterTests {}
