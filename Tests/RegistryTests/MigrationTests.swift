import Foundation
import Postgres
import Testing

@testable import Registry

@Suite struct MigrationTests {
    private static let first = Migration(name: "0001_a.sql", sql: "CREATE TABLE a (x integer)")
    private static let second = Migration(name: "0002_b.sql", sql: "CREATE TABLE b (x integer)")

    @Test func `every file of the folder is in the binary, in order`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Schema/migrations")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".sql") }.sorted()
        #expect(Migration.all.map(\.name) == files)
        for migration in Migration.all {
            #expect(try String(contentsOf: folder.appending(path: migration.name), encoding: .utf8) == migration.sql)
        }
        #expect(files.enumerated().allSatisfy { Int($1.prefix(4)) == $0 + 1 }, "numbers go from 1 without a gap")
    }

    @Test func `a database is migrated once, whoever asks at the same time`() async throws {
        try await RegistryDatabase.withEmpty { database in
            #expect(try await database.registry.schemaVersion() == 0)
            let registries = [database.registry, try database.another(), try database.another()]
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for registry in registries { group.addTask { try await registry.migrate() } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.sorted() == Migration.all.map(\.name))
            #expect(try await database.registry.schemaVersion() == Registry.requiredSchemaVersion)
            #expect(try await database.registry.migrate().isEmpty)
        }
    }

    @Test func `a database in another encoding than UTF-8 is refused`() async throws {
        try await RegistryDatabase.withEmpty(encoding: "SQL_ASCII") { database in
            let code = try await RegistryError.code { try await database.registry.migrate() }
            #expect(code == .conflict)
            #expect(try await database.registry.schemaVersion() == 0)
        }
    }

    @Test func `a migration that fails leaves nothing behind`() async throws {
        try await RegistryDatabase.withEmpty { database in
            let broken = Migration(name: "0002_b.sql", sql: "CREATE TABLE b (x integer); SELECT 1 / 0")
            await #expect(throws: (any Error).self) { try await database.registry.migrate(to: [Self.first, broken]) }
            let version = try await database.registry.schemaVersion()
            #expect(version == 1)
            #expect(try await database.value("SELECT to_regclass('b') IS NULL", as: Bool.self) == true)
            #expect(try await database.registry.migrate(to: [Self.first, Self.second]) == ["0002_b.sql"])
        }
    }

    @Test(arguments: [
        ("changed", [first, Migration(name: "0002_b.sql", sql: "SELECT 1")], "checksum"),
        ("unknown", [first], "does not know"),
        ("missing", [Migration(name: "0000_z.sql", sql: "SELECT 1"), first, second], "lacks 0000_z.sql"),
    ])
    func `a migration that does not fit is refused`(name: String, known: [Migration], message: String) async throws {
        try await RegistryDatabase.withEmpty { database in
            _ = try await database.registry.migrate(to: [Self.first, Self.second])
            let error = await #expect(throws: RegistryError.self) { try await database.registry.migrate(to: known) }
            #expect(error?.code == .conflict)
            #expect(error?.message.contains(message) == true)
            #expect(try await database.registry.schemaVersion() == 2)
        }
    }

    @Test func `every table has a comment`() async throws {
        try await RegistryDatabase.with { database in
            let bare = try await database.client.query(
                """
                SELECT c.relname FROM pg_class c
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
                    AND obj_description(c.oid, 'pg_class') IS NULL
                """
            ).values(String.self)
            #expect(bare.isEmpty)
        }
    }
}
