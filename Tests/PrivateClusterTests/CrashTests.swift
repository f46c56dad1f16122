import Foundation
import TestSupport
import Testing

@testable import PrivateCluster

extension PrivateClusterTests {
    @Suite struct CrashTests {
        @Test func `the server of an owner that was killed is taken over`() async throws {
            let fixture = try await ClusterFixture.prepared()
            await #expect(processExitsWith: .signal(SIGKILL)) { [folder = fixture.folder as String] in
                let cluster = try await ClusterFixture.start(folder)
                try await cluster.psql("CREATE TABLE t AS SELECT 42 AS n", database: "claimboard")
                kill(getpid(), SIGKILL)
            }
            let left = try #require(ClusterFixture.server(in: fixture.folder))
            let cluster = try await fixture.start()
            #expect(cluster.isAdopted && !cluster.isGuest)
            #expect(cluster.status == .running(process: left.process))
            #expect(try await cluster.psql("SELECT n FROM t", database: "claimboard") == "42")
            try await cluster.stop()
            #expect(ClusterFixture.server(in: fixture.folder) == nil)
        }

        @Test func `a server that is to stop with its process does so when that is killed`() async throws {
            let fixture = try await ClusterFixture.prepared()
            await #expect(processExitsWith: .signal(SIGKILL)) { [folder = fixture.folder as String] in
                _ = try await ClusterFixture.start(folder) { $0.stopsWithProcess = true }
                // The threads that took part in the start have ended by then, and the server has not with them.
                try await Task.sleep(for: .milliseconds(300))
                guard ClusterFixture.server(in: folder) != nil else { exit(1) }
                kill(getpid(), SIGKILL)
            }
            let patience = Patience(.seconds(20))
            while ClusterFixture.server(in: fixture.folder) != nil && !patience.isOver { patience.pause() }
            #expect(ClusterFixture.server(in: fixture.folder) == nil)
            let cluster = try await fixture.start()
            #expect(!cluster.isAdopted)
            try await cluster.stop()
        }

        @Test func `a server that is lost while its owner lives is started again, at the same address`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let cluster = try await fixture.start()
            let address = cluster.conninfo()
            let watch = Task { await cluster.keepRunning(interval: .milliseconds(10)) }
            guard case .running(let process) = cluster.status else { throw PrivateClusterError.cancelled }
            kill(process, SIGKILL)
            let patience = Patience(.seconds(30))
            while [.stopped, .running(process: process)].contains(cluster.status) && !patience.isOver {
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(cluster.conninfo() == address)
            #expect(try await cluster.psql("SELECT 1", database: "claimboard") == "1")
            try await cluster.stop()
            await watch.value
            #expect(ClusterFixture.server(in: fixture.folder) == nil)
        }

        @Test func `a killed server leaves its postmaster.pid, and starts again with all that was committed`()
            async throws
        {
            let fixture = try await ClusterFixture.prepared()
            let first = try await fixture.start { $0.durability = .full }
            try await first.psql("CREATE TABLE t AS SELECT 42 AS n", database: "claimboard")
            guard case .running(let process) = first.status else { throw PrivateClusterError.cancelled }
            kill(process, SIGKILL)
            try await first.stop()
            let file = "\(first.folder)/data/postmaster.pid"
            #expect(FileManager.default.fileExists(atPath: file))
            let second = try await fixture.start { $0.durability = .full }
            #expect(!second.isAdopted)
            #expect(try await second.psql("SELECT n FROM t", database: "claimboard") == "42")
            try await second.stop()
        }

        @Test func `a number in postmaster.pid that is another process's by now is nobody's server`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let first = try await fixture.start()
            let file = "\(first.folder)/data/postmaster.pid"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try await first.stop()
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let other = Process()
            other.executableURL = URL(filePath: "/bin/sleep")
            other.arguments = ["60"]
            try other.run()
            defer { other.terminate() }
            let stale = ([String(other.processIdentifier)] + lines.dropFirst().map(String.init)).joined(separator: "\n")
            try stale.write(toFile: file, atomically: false, encoding: .utf8)
            let second = try await fixture.start()
            #expect(!second.isAdopted)
            #expect(other.isRunning)
            try await second.stop()
        }

        @Test func `a server that was left running on purpose is taken over`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let first = try await fixture.start { $0.leavesRunning = true }
            try await first.stop()
            #expect(first.status != .stopped)
            let second = try await fixture.start()
            #expect(second.isAdopted)
            #expect(second.status == first.status)
            try await second.stop()
        }

        @Test func `a start that is killed while it makes the cluster leaves none, and the next one makes it`()
            async throws
        {
            let fixture = try ClusterFixture()
            await #expect(processExitsWith: .signal(SIGKILL)) { [folder = fixture.folder as String] in
                Thread.detachNewThread {
                    while true {
                        let drafts = ((try? entries(of: folder)) ?? []).filter { $0.hasPrefix("initdb.") }
                        if drafts.contains(where: { fileStatus("\(folder)/\($0)/base") != nil }) {
                            kill(getpid(), SIGKILL)
                        }
                        usleep(1000)
                    }
                }
                _ = try await ClusterFixture.start(folder)
            }
            #expect(fileStatus("\(fixture.folder)/data") == nil)
            let cluster = try await fixture.start()
            #expect(try entries(of: fixture.folder).allSatisfy { !$0.hasPrefix("initdb.") })
            try await cluster.stop()
        }

        @Test func `a cancelled start leaves nothing running and no half cluster`() async throws {
            let fixture = try ClusterFixture()
            let start = Task { try await fixture.start() }
            let patience = Patience(.seconds(20))
            while !((try? entries(of: fixture.folder)) ?? []).contains(where: { $0.hasPrefix("initdb.") }) {
                guard !patience.isOver else { break }
                try await Task.sleep(for: .milliseconds(1))
            }
            start.cancel()
            await #expect(throws: PrivateClusterError.cancelled) { try await start.value }
            #expect(try entries(of: fixture.folder).sorted() == ["claimboard-cluster", "lock"])
            let cluster = try await fixture.start()
            try await cluster.stop()
        }
    }
}
