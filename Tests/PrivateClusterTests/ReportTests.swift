import Foundation
import TestSupport
import Testing

@testable import PrivateCluster

extension PrivateClusterTests {
    @Suite struct ReportTests {
        @Test func `a report on a folder that is not there finds nothing wrong and makes nothing`() async throws {
            let fixture = try ClusterFixture("not/there")
            let report = await ClusterReport.examine(folder: fixture.folder)
            #expect(report.checks.allSatisfy { $0.outcome == .fine }, "\(report.checks)")
            #expect(
                report.checks.map(\.name) == ["PostgreSQL", "server's user", "folder", "permissions", "disk", "server"]
            )
            #expect(try report.installation.get() == report.installations.first)
            #expect(fileStatus(fixture.folder) == nil)
        }

        @Test func `a report tells a cluster's version, server and owner`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let cluster = try await fixture.start { $0.leavesRunning = true }
            guard case .running(let process) = cluster.status else { throw PrivateClusterError.cancelled }
            let owned = await ClusterReport.examine(folder: fixture.folder).checks.first { $0.name == "server" }
            #expect(owned?.outcome == .fine)
            #expect(owned?.text == "process \(process), owned by process \(getpid())")
            try await cluster.stop()
            let left = await ClusterReport.examine(folder: fixture.folder).checks.first { $0.name == "server" }
            #expect(left?.outcome == .warning)
        }

        @Test func `a report says what is wrong with a folder and with the programs`() async throws {
            let root = try TemporaryFolder.make("report")
            defer { ClusterFolder.remove(root) }
            try "mine".write(toFile: "\(root)/thesis.tex", atomically: false, encoding: .utf8)
            let report = await ClusterReport.examine(folder: root, binaries: root)
            let failed = report.checks.filter { $0.outcome == .failure }.map(\.name)
            #expect(failed == ["PostgreSQL", "folder"])
        }
    }
}
