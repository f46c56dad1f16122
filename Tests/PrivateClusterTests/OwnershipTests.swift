import Foundation
import TestSupport
import Testing

@testable import PrivateCluster

extension PrivateClusterTests {
    @Suite struct OwnershipTests {
        @Test func `a second owner is told who the first is`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let cluster = try await fixture.start()
            await #expect(throws: PrivateClusterError.inUse(folder: cluster.folder, process: getpid())) {
                try await fixture.start()
            }
            await #expect(processExitsWith: .exitCode(3)) {
                [folder = fixture.folder as String, owner = getpid() as Int32] in
                do {
                    _ = try await ClusterFixture.start(folder)
                } catch PrivateClusterError.inUse(_, let process) where process == owner {
                    exit(3)
                }
            }
            try await cluster.stop()
        }

        @Test func `an owner waits for another that ends in time`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let first = try await fixture.start()
            async let second = fixture.start { $0.waitLimit = .seconds(30) }
            try await Task.sleep(for: .milliseconds(50))
            try await first.stop()
            let cluster = try await second
            #expect(!cluster.isGuest)
            try await cluster.stop()
        }

        @Test func `a guest uses the owner's server and never stops it`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let owner = try await fixture.start()
            let guest = try await fixture.start { $0.access = .share }
            #expect(guest.isGuest)
            #expect(guest.conninfo() == owner.conninfo())
            #expect(try await guest.psql("SELECT 1", database: "claimboard") == "1")
            try await guest.stop()
            #expect(owner.status != .stopped)
            try await owner.stop()
        }

        @Test func `an owner does not wait for its guests`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let owner = try await fixture.start()
            let guest = try await fixture.start { $0.access = .share }
            let session = Task { try await guest.psql("SELECT pg_sleep(600)", database: "claimboard") }
            let patience = Patience(.seconds(20))
            let count = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep(6%' AND pid <> pg_backend_pid()"
            while try await owner.psql(count, user: "postgres") == "0" && !patience.isOver {}
            try await owner.stop()
            await #expect(throws: PsqlError.self) { try await session.value }
            #expect(guest.status == .stopped)
        }

        @Test func `without an owner, one who only shares is the owner for the time`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let cluster = try await fixture.start { $0.access = .share }
            #expect(!cluster.isGuest)
            try await cluster.stop()
            #expect(cluster.status == .stopped)
        }

        @Test func `one who only shares stops a server that was left without an owner`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let first = try await fixture.start { $0.leavesRunning = true }
            try await first.stop()
            let second = try await fixture.start { $0.access = .share }
            #expect(second.isAdopted && !second.isGuest)
            try await second.stop()
            #expect(ClusterFixture.server(in: fixture.folder) == nil)
        }

        @Test func `of those who share, the last to leave stops the server`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let first = try await fixture.start { $0.access = .share }
            let second = try await fixture.start { $0.access = .share }
            #expect(!first.isGuest && second.isGuest)
            try await first.stop()
            #expect(try await second.psql("SELECT 1", database: "claimboard") == "1")
            let third = try await fixture.start { $0.access = .share }
            #expect(!third.isGuest)
            try await third.stop()
            #expect(try await second.psql("SELECT 1", database: "claimboard") == "1")
            try await second.stop()
            #expect(ClusterFixture.server(in: fixture.folder) == nil)
        }

        @Test func `of many at once in a new folder one makes the cluster and all can use it`() async throws {
            let fixture = try ClusterFixture()
            let clusters = try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { try await fixture.start { $0.access = .share } } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(clusters.filter { !$0.isGuest }.count == 1)
            for cluster in clusters {
                #expect(try await cluster.psql("SELECT 1", database: "claimboard") == "1")
            }
            for cluster in clusters { try await cluster.stop() }
            #expect(ClusterFixture.server(in: fixture.folder) == nil)
        }
    }
}
