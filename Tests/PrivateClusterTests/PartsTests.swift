import Foundation
import TestSupport
import Testing

@testable import PrivateCluster

@Suite struct PartsTests {
    @Test(arguments: [
        ("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)\n", "15.20", 15),
        ("postgres (PostgreSQL) 18beta1\n", "18beta1", 18), ("postgres (PostgreSQL) 9.6.24", "9.6.24", 9),
    ])
    func `the version is read from what postgres prints`(output: String, version: String, major: Int) {
        #expect(PostgresInstallation.version(in: output) == version)
        #expect(PostgresInstallation.major(of: version) == major)
    }

    @Test(arguments: ["", "postgres", "MySQL (Oracle) 8", "postgres: error while loading shared libraries"])
    func `what is no version is none`(output: String) {
        #expect(PostgresInstallation.version(in: output) == nil)
    }

    @Test func `a marker is read back as it was written`() {
        let marker = Marker(major: 17)
        #expect(Marker(marker.description) == marker)
    }

    @Test(arguments: ["", "claimboard private cluster\n", "something else\nformat 1\npostgres 15\n"])
    func `what is no marker is none`(text: String) {
        #expect(Marker(text) == nil)
    }

    @Test func `postmaster.pid is read at each stage of its writing`() throws {
        let young = try #require(PostmasterFile("4711\n/data\n1700000000\n5432\n/run/x\n\n"))
        #expect(young.process == 4711 && young.socketFolder == "/run/x" && young.status == nil)
        let ready = try #require(
            PostmasterFile("4711\n/data\n1700000000\n5432\n/run/x\n\n  5432001  131072\nready   \n")
        )
        #expect(ready.status == .ready)
        #expect(PostmasterFile("") == nil)
        #expect(PostmasterFile("\0\0\0") == nil)
    }

    @Test func `a message's fields are read, and its end is no trap`() {
        var row = MessageReader([0, 3, 0, 0, 0, 2, 104, 105, 255, 255, 255, 255, 0, 0, 0, 9, 120])
        #expect(row.row() == ["hi", nil, "x"])
        var error = MessageReader(Array("SFATAL\0C57P03\0Mthe database system is starting up\0\0".utf8))
        #expect(error.failure() == .refused(code: "57P03", message: "the database system is starting up"))
    }

    @Test func `only a closed folder of the server's own user is trusted with its socket`() throws {
        let root = try TemporaryFolder.make("socket")
        defer { ClusterFolder.remove(root) }
        let user = try ServerUser.forCluster(in: ClusterFolder(path: root))
        for (name, mode) in [("closed", 0o700), ("open", 0o777), ("readable", 0o750)] {
            mkdir("\(root)/\(name)", 0o700)
            chmod("\(root)/\(name)", mode_t(mode))
            try user.own("\(root)/\(name)")
            #expect(SocketFolder.isTrusted("\(root)/\(name)", user: user) == (name == "closed"), "\(name)")
        }
        symlink("\(root)/closed", "\(root)/link")
        #expect(!SocketFolder.isTrusted("\(root)/link", user: user))
        #expect(!SocketFolder.isTrusted("/usr", user: user))
        #expect(!SocketFolder.isTrusted("\(root)/absent", user: user))
    }

    @Test func `the programs are found, and those of the wanted version before newer ones`() async throws {
        let found = try await PostgresInstallation.find()
        let root = try TemporaryFolder.make("programs")
        defer { ClusterFolder.remove(root) }
        // The same programs twice stand for two versions: what counts is that each is looked at.
        for major in ["16", "17"] {
            try FileManager.default.createDirectory(atPath: "\(root)/\(major)", withIntermediateDirectories: false)
            try FileManager.default.createSymbolicLink(
                atPath: "\(root)/\(major)/bin",
                withDestinationPath: found.folder
            )
        }
        let search = InstallationSearch(explicit: nil, searchPath: [root], debianRoot: root)
        #expect(try search.find(preferring: found.major) == found)
        #expect(try search.find(preferring: 14) == found)
        #expect(search.all() == [found])
    }

    @Test func `where there is no PostgreSQL the error says what to install`() async throws {
        let root = try TemporaryFolder.make("none")
        defer { ClusterFolder.remove(root) }
        let search = InstallationSearch(explicit: nil, searchPath: [root], debianRoot: root)
        let error = #expect(throws: PrivateClusterError.self) { try search.find(preferring: nil) }
        #expect(error == .noInstallation(lookedAt: ["\(root)/*/bin", root]))
        #expect(error?.description.contains("apt-get install postgresql") == true)
    }

    @Test func `a command's output, status and end by time are seen`() throws {
        let failed = try Command(["/bin/sh", "-c", "echo out; echo err >&2; exit 7"]).run(Patience(.seconds(10)))
        #expect(failed.status == 7 && failed.output == "out\nerr\n")
        let endless = try Command(["/bin/sleep", "600"]).run(Patience(.milliseconds(20)))
        #expect(endless.status == 128 + SIGKILL)
        #expect(throws: PrivateClusterError.system(call: "start", path: "/no/such/program", code: ENOENT)) {
            try Command(["/no/such/program"]).run(Patience(.seconds(10)))
        }
    }

    @Test func `a program gets a clean environment, the root folder and no descriptor but its own three`() throws {
        setenv("PGOPTIONS", "-c work_mem=1MB", 1)
        defer { unsetenv("PGOPTIONS") }
        let file = open("/tmp", O_RDONLY)
        defer { close(file) }
        let environment = try Command(["/usr/bin/env"]).run(Patience(.seconds(10)))
        #expect(environment.output == "PATH=/usr/bin:/bin\nLANG=C.UTF-8\n")
        let state = try Command(["/bin/sh", "-c", "pwd; echo /proc/$$/fd/*"]).run(Patience(.seconds(10)))
        #expect(state.output.hasPrefix("/\n"))
        #expect(!state.output.contains("/fd/\(file)"))
    }

    @Test func `a program that leaves a child with its output does not hold up its end`() throws {
        let outcome = try Command(["/bin/sh", "-c", "sleep 30 & echo done"]).run(Patience(.seconds(20)))
        #expect(outcome.status == 0 && outcome.output == "done\n")
    }
}
