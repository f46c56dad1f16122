import Claims
import Postgres
import PrivateCluster
import TestSupport
import Testing

@testable import Registry

@Suite struct LogTests {
    @Test(arguments: [
        "UPDATE log SET actor = 'x'", "DELETE FROM log", "TRUNCATE log", "UPDATE revision SET reason = 'x'",
        "DELETE FROM revision WHERE false", "TRUNCATE revision", "DELETE FROM log_head", "TRUNCATE log_head",
        "UPDATE log_head SET position = 0", "INSERT INTO log_head (single, position, hash) VALUES (true, 1, '')",
    ])
    func `history can only grow, even for the owner of the tables`(sql: String) async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([Sample.paper("One", claims: [try Sample.claim("7")])])
            let error = await #expect(throws: PostgresError.self) {
                try await database.client.execute(SQL(unescaped: sql))
            }
            #expect(error?.sqlState == "23001")
            #expect(try await database.registry.verifyLog().fault == nil)
        }
    }

    @Test func `each paper written leaves one entry, and entries follow from each other`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let empty = LogHead(position: 0, hash: String(repeating: "0", count: 64))
            #expect(try await registry.logHead() == empty)
            let papers = [Sample.paper("One", claims: [try Sample.claim("7")]), Sample.paper("Two")]
            _ = try await registry.ingest(papers)
            _ = try await registry.ingest(papers)
            _ = try await registry.ingest([Sample.paper("Two", published: "2025")])
            let entries = try await registry.log(after: 0, limit: 10)
            #expect(entries.map(\.position) == [1, 2, 3])
            #expect(entries.map(\.kind) == ["paper.created", "paper.created", "paper.updated"])
            #expect(entries.map(\.previousHash) == [empty.hash] + entries.dropLast().map(\.hash))
            #expect(try await registry.logHead() == LogHead(position: 3, hash: entries[2].hash))
            #expect(try await registry.log(after: 2, limit: 10) == [entries[2]])
            let verification = try await registry.verifyLog()
            #expect(verification.entryCount == 3 && verification.fault == nil)
        }
    }

    @Test(arguments: [
        (
            "UPDATE log SET entry = replace(entry, 'rules', 'RULES') WHERE position = 2",
            "entry 2 of the log does not have the hash"
        ),
        (
            "UPDATE log SET hash = set_byte(hash, 5, get_byte(hash, 5) # 1) WHERE position = 2",
            "entry 2 of the log does not have the hash"
        ),
        ("UPDATE log SET actor = 'somebody' WHERE position = 1", "says another position, actor or kind"),
        ("DELETE FROM log WHERE position = 2", "entry 2 of the log is missing"),
        ("DELETE FROM log WHERE position = 3", "the log ends at entry 2"),
        (
            "UPDATE revision SET state = state || '{\"value\": \"8\"}' WHERE record_type = 'claim'",
            "revision 1 of claim"
        ),
        ("DELETE FROM revision WHERE record_type = 'claim'", "revision 1 of claim"),
        ("UPDATE claim SET value = 8", "claim 1 is not as its newest revision says"),
        ("UPDATE benchmark SET name = 'X'", "benchmark 1 is not as its newest revision says"),
    ])
    func `whatever is altered past the guards is found`(sql: String, fault: String) async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([
                Sample.paper("One", claims: [try Sample.claim("7")]), Sample.paper("Two"), Sample.paper("Three"),
            ])
            try await database.asSuperuser(
                """
                ALTER TABLE log DISABLE TRIGGER ALL;
                ALTER TABLE revision DISABLE TRIGGER ALL;
                ALTER TABLE log DROP CONSTRAINT log_check;
                \(sql);
                """
            )
            #expect(try await database.registry.verifyLog().fault?.contains(fault) == true)
        }
    }

    @Test func `an entry of its own continues the chain, and gives its position`() async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([Sample.paper("One")])
            let append: SQL = """
                SELECT append_log_entry('ann', 'account.created', '{"account": 2}', '[]')
                """
            #expect(try await database.client.query(append).value(Int64.self) == 2)
            #expect(try await database.client.query(append).value(Int64.self) == 3)
            _ = try await database.registry.ingest([Sample.paper("Two")])
            let entries = try await database.registry.log(after: 1, limit: 10)
            #expect(entries.prefix(2).map(\.actor) == ["ann", "ann"] && entries.count == 3)
            #expect(entries[0].entry.contains(#""subject": {"account": 2}"#))
            #expect(try await database.registry.verifyLog().fault == nil)
        }
    }

    @Test(arguments: [("'[]'", "'[]'"), ("'{}'", "'{}'"), ("NULL", "'[]'"), ("'{}'", "NULL")])
    func `an entry without subject or revisions is refused`(subject: String, revisions: String) async throws {
        try await RegistryDatabase.with { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.client.execute(
                    SQL(unescaped: "SELECT append_log_entry('a', 'b', \(subject), \(revisions))")
                )
            }
            #expect(error?.sqlState == "23514")
            let head = try await database.registry.logHead()
            #expect(head.position == 0)
        }
    }

    @Test func `the database refuses an entry whose hash is wrong`() async throws {
        try await RegistryDatabase.with { database in
            let error = await #expect(throws: PostgresError.self) {
                try await database.client.execute(
                    """
                    INSERT INTO log (position, at, actor, kind, entry, previous_hash, hash)
                    VALUES (1, now(), 'a', 'b', '{}', sha256('x'), sha256('y'))
                    """
                )
            }
            #expect(error?.sqlState == "23514")
        }
    }

    @Test(arguments: [(Duration.seconds(3600), 0), (.zero, 1)])
    func `counts are given out again up to their age`(age: Duration, papers: Int) async throws {
        try await RegistryDatabase.with { database in
            let counts = RecentCounts(of: database.registry, maximumAge: age)
            #expect(try await counts.value().papers == 0)
            _ = try await database.registry.ingest([Sample.paper("One")])
            #expect(try await counts.value().papers == papers)
        }
    }
}
