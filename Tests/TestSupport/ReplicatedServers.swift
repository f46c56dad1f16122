import Foundation
import PrivateCluster
import Synchronization

/// Two PostgreSQL servers, of which the second follows the first by streaming replication: for tests that pause, kill and
/// promote.
///
/// They listen on Unix sockets alone and keep nothing through a loss of power. They end with the process that made them.
package final class ReplicatedServers: Sendable {
    /// One of the two.
    package enum Member: String, Sendable, CaseIterable {
        /// The primary at the beginning.
        case first
        /// The standby at the beginning.
        case second
    }

    /// A command that was not carried out.
    package struct Failure: Error {
        /// The command.
        package let command: String
        /// The end of what the servers and the script have said.
        package let log: String
    }

    private let folder: String
    private let commands: FileHandle
    private let count = Mutex(0)

    /// Makes both, and waits until the second follows the first.
    ///
    /// - Throws: `Failure`, or why there is no PostgreSQL.
    package static func start() async throws -> ReplicatedServers {
        let binaries = try await PostgresInstallation.find().folder
        let servers = try ReplicatedServers(binaries: binaries)
        try await servers.perform("make")
        return servers
    }

    private init(binaries: String) throws {
        folder = try TemporaryFolder.make("pair")
        let pipe = Pipe()
        commands = pipe.fileHandleForWriting
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", Self.script, "servers", binaries, folder]
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Does as it is told, each command acknowledged by a file; ends with its standard input.
    private static let script = """
        bin=$1; cd "$2"; exec 2>>"$2/log"
        as=; if [ "$(id -u)" = 0 ]; then
            chown postgres .; as="setpriv --reuid=postgres --regid=postgres --init-groups"
        fi
        run() { $as env -i PATH=/usr/bin:/bin LANG=C.UTF-8 "$bin/$@" >&2; }
        answers() { run pg_isready -q -h "$PWD/$1" -U test -d postgres; }
        start() {
            $as env -i PATH=/usr/bin:/bin LANG=C.UTF-8 "$bin/postgres" -D "$PWD/$1/data" -k "$PWD/$1" \\
                -c listen_addresses= -c fsync=off -c max_connections=100 -c wal_level=replica -c hot_standby=on \\
                -c max_standby_streaming_delay=1s </dev/null >&2 &
            echo $! >"$1.pid"
            until answers "$1"; do kill -0 "$(cat "$1.pid")" || return 1; sleep 0.05; done
        }
        end() { kill "-$1" "$(cat "$2.pid")"; wait "$(cat "$2.pid")"; :; }
        follow() {
            rm -rf "$1"; $as mkdir -m 700 "$1" &&
            run pg_basebackup -D "$PWD/$1/data" -h "$PWD/$2" -U test -R -X stream -c fast --no-sync && start "$1"
        }
        make() {
            $as mkdir -m 700 first &&
            run initdb -D "$PWD/first/data" -U test -E UTF8 --locale=C.UTF-8 --auth=trust -N --no-instructions &&
            start first && follow second first
        }
        while read -r number command; do
            case $command in
                make) make ;;
                "kill "*) end KILL ${command#kill } ;;
                "stop "*) end INT ${command#stop } ;;
                "start "*) start ${command#start } ;;
                "freeze "*) kill -STOP $(cat ${command#freeze }.pid) $(pgrep -P "$(cat ${command#freeze }.pid)") ;;
                "thaw "*) kill -CONT $(cat ${command#thaw }.pid) $(pgrep -P "$(cat ${command#thaw }.pid)") ;;
                "promote "*) run pg_ctl promote -w -D "$PWD/${command#promote }/data" ;;
                "follow "*) follow ${command#follow } ;;
            esac && touch "done.$number" || touch "failed.$number"
        done
        for member in first second; do kill -CONT "$(cat $member.pid)"; kill -QUIT "$(cat $member.pid)"; done
        wait; cd /; rm -rf "$2"
        """

    private func perform(_ command: String) async throws {
        let number = count.withLock { count in
            count += 1
            return count
        }
        try commands.write(contentsOf: Data("\(number) \(command)\n".utf8))
        while !FileManager.default.fileExists(atPath: "\(folder)/done.\(number)") {
            guard !FileManager.default.fileExists(atPath: "\(folder)/failed.\(number)") else {
                let log = (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? ""
                throw Failure(command: command, log: String(log.suffix(2000)))
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}

extension ReplicatedServers {
    /// What it takes to connect to one, as a superuser, whatever its role.
    ///
    /// - Parameter members: which; several for whichever takes writes.
    /// - Returns: the connection string.
    package func conninfo(_ members: Member...) -> String {
        "host=\(members.map { "\(folder)/\($0.rawValue)" }.joined(separator: ",")) user=test dbname=postgres"
    }

    /// Kills a server's postmaster at once; its sessions break off.
    package func kill(_ member: Member) async throws { try await perform("kill \(member.rawValue)") }

    /// Stops a server.
    package func stop(_ member: Member) async throws { try await perform("stop \(member.rawValue)") }

    /// Starts a server that was killed or stopped.
    package func start(_ member: Member) async throws { try await perform("start \(member.rawValue)") }

    /// Stops a server in the middle of what it does: its connections stay, and nobody answers.
    package func freeze(_ member: Member) async throws { try await perform("freeze \(member.rawValue)") }

    /// Lets a frozen server go on.
    package func thaw(_ member: Member) async throws { try await perform("thaw \(member.rawValue)") }

    /// Makes a standby a primary, and waits until it is one.
    package func promote(_ member: Member) async throws { try await perform("promote \(member.rawValue)") }

    /// Makes a server that has ended a standby of another, from a new copy of it.
    package func makeFollow(_ member: Member, _ primary: Member) async throws {
        try await perform("follow \(member.rawValue) \(primary.rawValue)")
    }
}
