import API
import Foundation
import Registry
import TestSupport
import Testing

/// The verifier that needs nothing but the public API.
@Suite struct VerifyLogScriptTests {
    /// What the API shows of the history, with something else of its type.
    private static let flips: [(table: String, change: String)] = [
        ("log", "position = position + 100"), ("log", "at = at + interval '1 microsecond'"),
        ("log", "actor = 'x' || substr(actor, 2)"), ("log", "kind = 'x' || substr(kind, 2)"),
        ("log", "entry = overlay(entry PLACING 'x' FROM 20)"),
        ("log", "previous_hash = set_byte(previous_hash, 31, get_byte(previous_hash, 31) # 1)"),
        ("log", "hash = set_byte(hash, 0, get_byte(hash, 0) # 128)"), ("revision", "record_type = 'link'"),
        ("revision", "record_id = record_id + 100"), ("revision", "number = number + 1"),
        ("revision", "state = jsonb_set(state, '{kind}', '\"x\"')"), ("revision", "author = 'x' || substr(author, 2)"),
        ("revision", "reason = reason || ' '"), ("revision", "created_at = created_at + interval '1 microsecond'"),
        ("revision", "log_position = log_position % 3 + 1"),
    ]

    @Test func `The script finds every change that the API can show`() async throws {
        let name = "verify_log_script"
        let registry = try await TestDatabase.make(name, papers: Samples.papers).registry
        let cluster = try await TestCluster.shared()
        @Sendable func psql(_ sql: String) async throws {
            try await cluster.psql(sql, database: name, user: "postgres")
        }
        try await psql(
            """
            ALTER TABLE log DISABLE TRIGGER ALL; ALTER TABLE revision DISABLE TRIGGER ALL;
            ALTER TABLE log DROP CONSTRAINT log_check;
            """
        )
        try await TestServer.run(registry) { client in
            let whole = try await Self.run(["--revisions", "http://127.0.0.1:\(client.port)"])
            #expect(whole.status == 0 && whole.output.hasPrefix("ok, 4 entries"), "\(whole.output)")
            let head = whole.output.split(separator: " ").last?.trimmingCharacters(in: .newlines) ?? ""
            for (table, change) in Self.flips {
                let row = table == "revision" ? "record_type = 'claim' AND record_id = 2" : "position = 2"
                try await psql("CREATE TABLE kept AS TABLE \(table); UPDATE \(table) SET \(change) WHERE \(row);")
                let found = try await Self.run(["--revisions", "http://127.0.0.1:\(client.port)"])
                #expect(found.status == 1 && found.output.hasPrefix("ALTERED: "), "\(change): \(found.output)")
                try await psql("DELETE FROM \(table); INSERT INTO \(table) SELECT * FROM kept; DROP TABLE kept;")
            }
            let noted = try await Self.run(["--head", head, "http://127.0.0.1:\(client.port)"])
            #expect(noted.status == 0, "\(noted.output)")
            let other = try await Self.run([
                "--head", "4:" + String(repeating: "0", count: 64), "http://127.0.0.1:\(client.port)",
            ])
            #expect(other.status == 1)
        }
        #expect(try await Self.run(["http://127.0.0.1:1"]).status == 2)
    }

    private static func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Scripts/verify-log")
        let process = Process()
        let output = Pipe()
        process.executableURL = script.standardized
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = output
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        try process.run()
                        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                        process.waitUntilExit()
                        return (process.terminationStatus, text)
                    }
                )
            }
        }
    }
}
