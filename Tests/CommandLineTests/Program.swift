import Foundation
import Glibc

/// The built program, run as its users run it.
struct Program {
    /// How a run ended.
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String

        /// The output's lines, parsed as JSON objects.
        func jsonLines() throws -> [[String: Any]] {
            try output.split(separator: "\n").map { line in
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            }
        }
    }

    /// The program beside the tests.
    static let path: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let tests = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return (tests as NSString).deletingLastPathComponent + "/claimboard"
    }()

    /// A folder for a registry, which is not there yet: in a place that another user may enter.
    static func newDataFolder() -> String { "/tmp/claimboard-\(UUID().uuidString.prefix(8))" }

    /// Runs the program to its end.
    static func run(_ arguments: [String], input: Data? = nil, environment: [String: String] = [:]) throws -> Outcome {
        try start(arguments, input: input, environment: environment).wait()
    }

    /// Starts the program.
    static func start(
        _ arguments: [String],
        input: Data? = nil,
        environment: [String: String] = [:]
    ) throws -> Running {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        var variables = ProcessInfo.processInfo.environment.filter { $0.key != "DATABASE_URL" }
        variables.merge(environment) { $1 }
        process.environment = variables
        return try Running(process, input: input)
    }

    /// A program that runs.
    final class Running {
        let process: Process
        private let files: (input: URL, output: URL, errors: URL)

        init(_ process: Process, input: Data?) throws {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            files = (
                folder.appendingPathComponent("in"), folder.appendingPathComponent("out"),
                folder.appendingPathComponent("err")
            )
            // Files, since a pipe that nobody empties would hold the program up.
            try (input ?? Data()).write(to: files.input)
            for file in [files.output, files.errors] {
                try Data().write(to: file)
            }
            process.standardInput = try FileHandle(forReadingFrom: files.input)
            process.standardOutput = try FileHandle(forWritingTo: files.output)
            process.standardError = try FileHandle(forWritingTo: files.errors)
            self.process = process
            try process.run()
        }

        deinit {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            try? FileManager.default.removeItem(at: files.output.deletingLastPathComponent())
        }

        /// What it has said on standard error so far.
        var errors: String { (try? String(contentsOf: files.errors, encoding: .utf8)) ?? "" }

        /// Waits until standard error has a text, or the program has ended.
        ///
        /// - Returns: what standard error has then.
        func waitForErrors(containing text: String) -> String {
            while process.isRunning, !errors.contains(text) { usleep(20_000) }
            return errors
        }

        /// Sends a signal.
        func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

        /// Waits for its end.
        func wait() throws -> Outcome {
            process.waitUntilExit()
            let status =
                process.terminationReason == .uncaughtSignal
                ? 128 + process.terminationStatus : process.terminationStatus
            let output = String(decoding: try Data(contentsOf: files.output), as: UTF8.self)
            return Outcome(status: status, output: output, errors: errors)
        }
    }
}

/// A folder of test files that goes when it is no longer held.
final class Folder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and gives its path.
    func file(_ name: String, _ contents: Data) throws -> String {
        let file = path + "/" + name
        try contents.write(to: URL(fileURLWithPath: file))
        return file
    }

    /// Writes a text file and gives its path.
    func file(_ name: String, _ contents: String) throws -> String { try file(name, Data(contents.utf8)) }
}

/// A registry's folder that goes, with its server, when it is no longer held.
final class DataFolder {
    let path = Program.newDataFolder()

    deinit {
        // A server that a killed run has left is stopped by the next command that owns the folder.
        _ = try? Program.run(["migrate", "--quiet", "--data", path])
        try? FileManager.default.removeItem(atPath: path)
    }
}
