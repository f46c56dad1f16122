import Foundation
import Logging
import TestSupport
import Testing

@testable import PrivateCluster

extension PrivateClusterTests {
    @Suite struct RefusalTests {
        @Test func `a folder with other things in it is left alone`() async throws {
            let fixture = try ClusterFixture()
            try FileManager.default.createDirectory(atPath: fixture.folder, withIntermediateDirectories: true)
            try "mine".write(toFile: "\(fixture.folder)/thesis.tex", atomically: false, encoding: .utf8)
            let folder = try #require(realPath(fixture.folder))
            await #expect(throws: PrivateClusterError.foreignFolder(folder, entry: "thesis.tex")) {
                try await fixture.start()
            }
            #expect(try entries(of: folder) == ["thesis.tex"])
        }

        @Test func `a file is no folder`() async throws {
            let fixture = try ClusterFixture()
            try "mine".write(toFile: fixture.folder, atomically: false, encoding: .utf8)
            await #expect(throws: PrivateClusterError.notAFolder(fixture.folder)) { try await fixture.start() }
            let below = "\(fixture.folder)/below"
            await #expect(throws: PrivateClusterError.notAFolder(below)) { try await ClusterFixture.start(below) }
        }

        @Test(arguments: ["", "line\nbreak", "tab\there"])
        func `a name that PostgreSQL's files cannot carry is refused`(name: String) async throws {
            let error = await #expect(throws: PrivateClusterError.self) { try await ClusterFixture.start(name) }
            guard case .unsuitablePath = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }

        @Test func `a place that cannot be written is said so`() async throws {
            // The kernel's own file system lets nobody make a folder, root neither.
            let error = await #expect(throws: PrivateClusterError.self) {
                try await ClusterFixture.start("/sys/claimboard-test")
            }
            #expect(error?.description.contains("/sys/claimboard-test cannot be written") == true)
        }

        @Test func `a cluster of another major version is not touched`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let installation = try await PostgresInstallation.find()
            let version = "\(fixture.folder)/data/PG_VERSION"
            try "14\n".write(toFile: version, atomically: false, encoding: .utf8)
            let expected = PrivateClusterError.otherMajorVersion(
                folder: fixture.folder,
                cluster: 14,
                installation: installation
            )
            await #expect(throws: expected) { try await fixture.start() }
            #expect(expected.description.contains("PostgreSQL 14"))
            #expect(expected.description.contains(installation.version))
        }

        @Test func `the marker follows the cluster that an upgrade put in place`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let marker = "\(fixture.folder)/claimboard-cluster"
            let current = try String(contentsOfFile: marker, encoding: .utf8)
            try Marker(major: 14).description.write(toFile: marker, atomically: false, encoding: .utf8)
            let cluster = try await fixture.start()
            #expect(try String(contentsOfFile: marker, encoding: .utf8) == current)
            try await cluster.stop()
        }

        @Test func `a folder of a later layout is not touched`() async throws {
            let fixture = try ClusterFixture()
            try FileManager.default.createDirectory(atPath: fixture.folder, withIntermediateDirectories: true)
            let marker = "claimboard private cluster\nformat 2\npostgres 15\nnew line\n"
            try marker.write(toFile: "\(fixture.folder)/claimboard-cluster", atomically: false, encoding: .utf8)
            let folder = try #require(realPath(fixture.folder))
            await #expect(throws: PrivateClusterError.unknownFormat(folder, format: 2)) { try await fixture.start() }
        }

        @Test func `a folder without PostgreSQL's programs is said so, with what is missing`() async throws {
            let fixture = try ClusterFixture()
            let empty = try TemporaryFolder.make("empty")
            defer { ClusterFolder.remove(empty) }
            let expected = PrivateClusterError.unusableInstallation(folder: empty, reason: "postgres is missing")
            await #expect(throws: expected) { try await fixture.start { $0.binaries = empty } }
        }

        @Test func `a disk that fills up while the cluster is made leaves no half one`() async throws {
            let fixture = try ClusterFixture()
            await #expect(processExitsWith: .exitCode(3)) { [folder = fixture.folder as String] in
                // A limit on a file's size stops initdb at its first log segment, as a full disk does.
                var limit = rlimit(rlim_cur: 1 << 20, rlim_max: 1 << 20)
                setrlimit(__rlimit_resource_t(1), &limit)
                do {
                    _ = try await ClusterFixture.start(folder)
                } catch PrivateClusterError.initializationFailed(let output) where !output.isEmpty {
                    exit(3)
                }
            }
            #expect(try entries(of: fixture.folder) == ["claimboard-cluster", "lock"])
            let cluster = try await fixture.start()
            try await cluster.stop()
        }

        @Test func `a server that cannot start says why in its log's last lines`() async throws {
            let fixture = try await ClusterFixture.prepared()
            ClusterFolder.remove("\(fixture.folder)/data/global")
            let error = await #expect(throws: PrivateClusterError.self) { try await fixture.start() }
            #expect(error?.description.contains("global") == true)
            // The lock is free again, and the error stays the same.
            let again = await #expect(throws: PrivateClusterError.self) { try await fixture.start() }
            guard case .startFailed = again else {
                Issue.record("\(String(describing: again))")
                return
            }
        }
    }
}
