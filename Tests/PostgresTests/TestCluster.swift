import Foundation
import Logging
import Postgres
import Testing

/// The suites that talk to a server.
///
/// One after the other, because some of them stop it.
@Suite(.serialized, .timeLimit(.minutes(1))) enum ServerTests {}

/// A PostgreSQL cluster for the whole test process: made at its first use, gone with the process.
final class TestCluster: Sendable {
    static let shared = TestCluster()

    private let folder: String
    private let commands: FileHandle

    private init() {
        folder = "/tmp/pgtest-\(ProcessInfo.processInfo.processIdentifier)"
        let pipe = Pipe()
        commands = pipe.fileHandleForWriting
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", TestCluster.script, "cluster", folder]
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        do { try process.run() } catch { fatalError("the shell did not start: \(error)") }
    }

    /// Makes the cluster, then starts and stops the server as it is told; ends with its standard input.
    private static let script = """
        set -e
        bin=$(pg_config --bindir); mkdir -p "$1"; cd "$1"
        as=; if [ "$(id -u)" = 0 ]; then
            chown postgres "$1"; as="setpriv --reuid=postgres --regid=postgres --init-groups"
        fi
        run() { exec $as env -i PATH=/usr/bin:/bin LANG=C.UTF-8 "$bin/$@"; }
        (run initdb -D "$1/data" -U test -E UTF8 --locale=C.UTF-8 --auth=trust -N --no-instructions)
        start() {
            run postgres -D "$1/data" -k "$1" -c listen_addresses= -c fsync=off -c max_connections=60 2>>"$1/log" &
            pid=$!
        }
        start "$1"
        while read -r command; do case $command in
            stop) kill -INT $pid; wait $pid || true ;;
            start) start "$1" ;;
        esac; done
        kill -QUIT $pid; wait $pid || true; cd /; rm -rf "$1"
        """

    var conninfo: String { "host=\(folder) user=test dbname=postgres" }

    /// A configuration for this cluster.
    var configuration: PostgresConfiguration {
        var configuration = PostgresConfiguration(conninfo: conninfo)
        // The first test waits for initdb.
        configuration.connectTimeout = .seconds(60)
        return configuration
    }

    /// Stops the server and waits until it is gone.
    func stop() async throws {
        commands.write(Data("stop\n".utf8))
        try await waitUntil { !FileManager.default.fileExists(atPath: folder + "/data/postmaster.pid") }
    }

    /// Starts the server again; clients find it when it is ready.
    func start() { commands.write(Data("start\n".utf8)) }

    /// Runs the body with a client of its own, closed at the end.
    func withClient<R>(
        _ change: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresClient) async throws -> R
    ) async throws -> R {
        var configuration = configuration
        change(&configuration)
        let client = try PostgresClient(configuration: configuration, logger: Logger(label: "test"))
        do {
            let value = try await body(client)
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }
}
