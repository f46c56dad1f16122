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
        "UPDATE log_snapshot SET at = now()", "DELETE FROM log_snapshot", "TRUNCATE log_snapshot",
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
        ("UPDATE log SET actor = 'somebody' WHERE position = 1", "says another position, actor, kind or time"),
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

    /// Each column of what must not change, with something else of its type.
    private static let flips: [(table: String, column: String, value: String)] = [
        ("log", "position", "position + 100"), ("log", "at", "at + interval '1 microsecond'"),
        ("log", "actor", "'x' || substr(actor, 2)"), ("log", "kind", "'x' || substr(kind, 2)"),
        ("log", "entry", "overlay(entry PLACING 'x' FROM 20)"), ("log", "entry", "entry || ' '"),
        ("log", "previous_hash", "set_byte(previous_hash, 31, get_byte(previous_hash, 31) # 1)"),
        ("log", "hash", "set_byte(hash, 0, get_byte(hash, 0) # 128)"),
        ("revision", "record_type", "'link'"), ("revision", "record_id", "record_id + 100"),
        ("revision", "number", "number + 1"), ("revision", "state", "jsonb_set(state, '{kind}', '\"x\"')"),
        ("revision", "author", "'x' || substr(author, 2)"), ("revision", "reason", "reason || ' '"),
        ("revision", "created_at", "created_at + interval '1 microsecond'"),
        ("revision", "log_position", "log_position % 3 + 1"), ("log_snapshot", "position", "position + 1"),
        ("log_snapshot", "at", "at + interval '1 microsecond'"),
    ]

    @Test func `a change in any column of the history is found`() async throws {
        try await RegistryDatabase.with { database in
            for title in ["One", "Two", "Three"] {
                _ = try await database.registry.ingest([Sample.paper(title, claims: [try Sample.claim("7")])])
            }
            let columns = try await database.client.query(
                """
                SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c
                WHERE c.table_name IN ('log', 'revision') ORDER BY 1
                """
            ).values(String.self)
            #expect(Set(columns).subtracting(Self.flips.map { "\($0.table).\($0.column)" }) == [])
            try await database.asSuperuser(
                """
                ALTER TABLE log DISABLE TRIGGER ALL; ALTER TABLE revision DISABLE TRIGGER ALL;
                ALTER TABLE log_snapshot DISABLE TRIGGER ALL; ALTER TABLE log DROP CONSTRAINT log_check;
                ALTER TABLE log_snapshot DROP CONSTRAINT log_snapshot_pkey;
                """
            )
            for (table, column, value) in Self.flips {
                let row = table == "revision" ? "record_type = 'claim' AND record_id = 2" : "position = 2"
                try await database.asSuperuser(
                    """
                    CREATE TABLE kept AS TABLE \(table);
                    UPDATE \(table) SET \(column) = \(value) WHERE \(row);
                    """
                )
                #expect(try await database.registry.verifyLog().fault != nil, "\(table).\(column)")
                try await database.asSuperuser(
                    "DELETE FROM \(table); INSERT INTO \(table) SELECT * FROM kept; DROP TABLE kept;"
                )
                #expect(try await database.registry.verifyLog().fault == nil)
            }
        }
    }

    @Test func `a service that does not own the tables can add to history, and no more`() async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([Sample.paper("One", claims: [try Sample.claim("7")])])
            try await database.asSuperuser(
                """
                DO $$ BEGIN CREATE ROLE service LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
                GRANT SELECT, INSERT ON log, revision, log_snapshot TO service;
                GRANT UPDATE ON log_head TO service;
                """
            )
            for table in ["log", "revision", "log_snapshot"] {
                for sql in [
                    "UPDATE \(table) SET \(table == "revision" ? "reason = 'x'" : "at = now()")",
                    "DELETE FROM \(table)", "TRUNCATE \(table)",
                ] {
                    await #expect(throws: PsqlError.self) {
                        try await database.asSuperuser("SET ROLE service; \(sql)")
                    }
                }
            }
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
