import Foundation
import Logging
import TestSupport
import Testing

@testable import PrivateCluster

extension PrivateClusterTests {
    @Suite struct StartTests {
        @Test func `a new folder becomes a cluster with a role and a database of ours`() async throws {
            let fixture = try ClusterFixture("not/there/yet")
            let cluster = try await PrivateCluster.start(folder: fixture.folder, logger: Logger(label: "tests"))
            let who = try await cluster.psql("SELECT current_user, current_database()", database: "claimboard")
            #expect(who == "claimboard|claimboard")
            let rights = try await cluster.psql(
                "SELECT rolsuper, rolcreaterole, pg_get_userbyid(datdba) FROM pg_roles, pg_database"
                    + " WHERE rolname = 'claimboard' AND datname = 'claimboard'"
            )
            #expect(rights == "f|f|claimboard")
            #expect(!cluster.isGuest && !cluster.isAdopted)
            #expect(cluster.status != .stopped)
            try await cluster.stop()
            #expect(cluster.status == .stopped)
        }

        @Test func `the server is crash-safe, speaks UTF-8 and has no TCP port`() async throws {
            let fixture = try ClusterFixture()
            let cluster = try await PrivateCluster.start(folder: fixture.folder, logger: Logger(label: "tests"))
            let expected = [
                "listen_addresses": "", "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on",
                "data_checksums": "on", "server_encoding": "UTF8", "lc_collate": "C.UTF-8", "TimeZone": "UTC",
                "shared_buffers": "256MB", "max_connections": "40", "jit": "off",
            ]
            for (name, value) in expected {
                // Asked for as the collation of a database, since version 16 has no setting for it.
                let query =
                    name == "lc_collate"
                    ? "SELECT datcollate FROM pg_database WHERE datname = 'claimboard'"
                    : "SELECT current_setting('\(name)')"
                #expect(try await cluster.psql(query) == value, "\(name)")
            }
            try await cluster.stop()
        }

        @Test func `a restart keeps what was written`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let first = try await fixture.start()
            try await first.psql("CREATE TABLE t AS SELECT 42 AS n", database: "claimboard")
            try await first.stop()
            let second = try await fixture.start()
            #expect(try await second.psql("SELECT n FROM t", database: "claimboard") == "42")
            #expect(!second.isAdopted)
            try await second.stop()
        }

        @Test(arguments: [
            "with spaces  in it", "with 'single' and \"double\" quotes", "naïve Größe 数据 🙂",
            "back\\slash, comma; $HOME `x`",
            "-starts-with-a-hyphen", String(repeating: "deep-folder-name/", count: 12) + "end",
        ])
        func `any name of a folder will do`(name: String) async throws {
            let fixture = try ClusterFixture(name)
            let first = try await fixture.start()
            #expect(try await first.psql("SELECT 1", database: "claimboard") == "1")
            try await first.stop()
            let again = try await fixture.start()
            #expect(try await again.psql("SELECT 1", database: "claimboard") == "1")
            try await again.stop()
        }

        @Test func `a link to a folder is the folder`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let cluster = try await fixture.start()
            let link = fixture.folder + "-link"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: fixture.folder)
            await #expect(throws: PrivateClusterError.inUse(folder: cluster.folder, process: getpid())) {
                try await ClusterFixture.start(link)
            }
            try await cluster.stop()
        }

        @Test func `stopping twice is stopping once, and the socket is gone`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let cluster = try await fixture.start()
            let socketFolder = try #require(ClusterFixture.server(in: fixture.folder)).socketFolder
            #expect(FileManager.default.fileExists(atPath: socketFolder))
            try await cluster.stop()
            try await cluster.stop()
            #expect(!FileManager.default.fileExists(atPath: socketFolder))
            #expect(ClusterFixture.server(in: fixture.folder) == nil)
        }

        @Test func `a cluster keeps out the users who may not read its files`() async throws {
            let fixture = try await ClusterFixture.prepared()
            let cluster = try await fixture.start()
            let server = try #require(ClusterFixture.server(in: fixture.folder))
            for path in [server.socketFolder, "\(cluster.folder)/data", "\(cluster.folder)/log"] {
                #expect(try #require(fileStatus(path)).st_mode & 0o077 == 0, "\(path)")
            }
            let names = try String(contentsOfFile: "\(cluster.folder)/pg_ident.conf", encoding: .utf8)
            #expect(!names.contains("\"bin\""))
            try await cluster.stop()
        }

        @Test func `the server has a session of its own and none of this process's files`() async throws {
            let file = open("/tmp", O_RDONLY)
            defer { close(file) }
            let fixture = try await ClusterFixture.prepared()
            let cluster = try await fixture.start()
            guard case .running(let process) = cluster.status else { throw PrivateClusterError.cancelled }
            let open = try entries(of: "/proc/\(process)/fd").compactMap { realPath("/proc/\(process)/fd/\($0)") }
            #expect(!open.contains("/tmp"))
            #expect(getsid(process) == process)
            try await cluster.stop()
        }
    }
}
