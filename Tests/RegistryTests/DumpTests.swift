import Claims
import Postgres
import Testing

@testable import Registry

@Suite struct DumpTests {
    @Test func `a restored registry is the same: its dump has the same bytes, and its past is there`() async throws {
        try await RegistryDatabase.with { database in
            var history = try RandomHistory(seed: 21, database: database)
            for _ in 0..<12 { try await history.step() }
            let first = MemoryDump()
            let manifest = try await database.registry.dump(to: first)
            let head = try await database.registry.currentSnapshot()
            #expect(manifest.position == head.position && manifest.hash == head.hash)
            let board = try await database.registry.leaderboard(BoardQuery(benchmark: "gsm8k"))

            try await RegistryDatabase.withEmpty { copy in
                #expect(try await copy.registry.restore(from: first) == manifest)
                let second = MemoryDump()
                _ = try await copy.registry.dump(to: second)
                #expect(await second.parts == first.parts)
                #expect(await second.text == first.text)
                #expect(try await copy.registry.verifyLog().fault == nil)
                var query = BoardQuery(benchmark: "gsm8k")
                query.asOf = .position(head.position)
                #expect(try await copy.registry.leaderboard(query).entries == board.entries)

                // It is a registry as any other: history goes on, ids go on, and the guards stand.
                _ = try await copy.registry.ingest([Sample.paper("After", claims: [try Sample.claim("99")])])
                #expect(try await copy.registry.verifyLog().fault == nil)
                for sql in ["UPDATE log SET actor = 'x'", "DELETE FROM revision", "TRUNCATE log_snapshot"] {
                    let error = await #expect(throws: PostgresError.self) {
                        try await copy.client.execute(SQL(unescaped: sql))
                    }
                    #expect(error?.sqlState == "23001")
                }
                let guards = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
                let now = try await copy.asSuperuser(guards)
                #expect(try await database.asSuperuser(guards) == now)
            }
        }
    }

    @Test func `a dump during writes is of one state`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest([Sample.paper("One", claims: [try Sample.claim("7")])])
            let quiet = MemoryDump()
            _ = try await registry.dump(to: quiet)
            let other = try database.another()
            let during = MemoryDump { part in
                _ = try await other.ingest([Sample.paper("Written beside \(part)", claims: [try Sample.claim("9")])])
            }
            _ = try await registry.dump(to: during)
            #expect(await during.parts == quiet.parts)
            #expect(try await registry.currentSnapshot().position > 20)
        }
    }

    @Test func `a dump that was cut or altered leaves the database empty`() async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([
                Sample.paper("One", claims: [try Sample.claim("7")]), Sample.paper("Two"),
            ])
            let dump = MemoryDump()
            let manifest = try await database.registry.dump(to: dump)
            try await RegistryDatabase.withEmpty { copy in
                for part in manifest.parts where part.bytes > 0 {
                    for alter in [{ $0.removeLast() }, { $0[$0.count / 2] ^= 1 }] as [@Sendable (inout [UInt8]) -> Void]
                    {
                        let bad = await dump.altered(part.name, by: alter)
                        let error = await #expect(throws: RegistryError.self) {
                            try await copy.registry.restore(from: bad)
                        }
                        #expect(error?.code == .invalid, "\(part.name)")
                    }
                }
                // One who alters the manifest, too, is found out by the log.
                let forged = try await dump.forged("claim", from: "\t7\t", to: "\t8\t")
                let error = await #expect(throws: RegistryError.self) { try await copy.registry.restore(from: forged) }
                #expect(error?.message.contains("claim 1 is not as its newest revision says") == true)
                #expect(try await copy.registry.counts().papers == 0)
                _ = try await copy.registry.restore(from: dump)
                #expect(try await copy.registry.counts().papers == 2)
            }
        }
    }

    @Test(arguments: [
        ("\"claimboard_dump\":1", "\"claimboard_dump\":2"), ("\"schema_hash\":\"", "\"schema_hash\":\"0"),
        ("\"schema_version\":", "\"schema_version\":9"), ("\"name\":\"claim\"", "\"name\":\"claims\""), ("{", "["),
    ])
    func `a dump of another form or schema is refused`(text: String, other: String) async throws {
        try await RegistryDatabase.with { database in
            let dump = MemoryDump()
            _ = try await database.registry.dump(to: dump)
            let bad = await dump.withManifest { $0.replacing(text, with: other, maxReplacements: 1) }
            let code = try await RegistryError.code { try await database.registry.restore(from: bad) }
            #expect(code == .invalid)
        }
    }

    @Test func `a database that holds anything is refused`() async throws {
        try await RegistryDatabase.with { database in
            let dump = MemoryDump()
            _ = try await database.registry.dump(to: dump)
            _ = try await database.registry.ingest([Sample.paper("One")])
            let code = try await RegistryError.code { try await database.registry.restore(from: dump) }
            #expect(code == .conflict)
            #expect(try await database.registry.counts().papers == 1)
        }
    }

    @Test func `every table is dumped, or left out for a reason`() async throws {
        try await RegistryDatabase.with { database in
            let tables = try await database.client.query(
                """
                SELECT c.relname::text FROM pg_class c
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
                """
            ).values(String.self)
            let known = DumpTable.all.map(\.name) + DumpTable.left.keys
            #expect(Set(tables).subtracting(known) == [], "decide about these in DumpTable")
            #expect(Set(known).subtracting(tables) == [])
            #expect(Set(known).count == known.count)
        }
    }
}

/// A dump in memory.
actor MemoryDump: DumpWriter, DumpReader {
    private(set) var parts: [String: [UInt8]] = [:]
    private(set) var text = ""
    private var current = ""
    private var rest: ArraySlice<UInt8> = []
    private let whenBegun: @Sendable (String) async throws -> Void

    init(whenBegun: @escaping @Sendable (String) async throws -> Void = { _ in }) {
        self.whenBegun = whenBegun
    }

    private init(parts: [String: [UInt8]], text: String) {
        self.parts = parts
        self.text = text
        self.whenBegun = { _ in }
    }

    func begin(part: String) async throws {
        try await whenBegun(part)
        current = part
        parts[part] = []
    }

    func write(_ bytes: [UInt8]) {
        parts[current, default: []] += bytes
    }

    func finish(manifest: [UInt8]) {
        text = String(decoding: manifest, as: UTF8.self)
    }

    func manifest() -> [UInt8] { Array(text.utf8) }

    func open(_ part: DumpManifest.Part) {
        rest = (parts[part.name] ?? [])[...]
    }

    func next() -> [UInt8]? {
        guard !rest.isEmpty else { return nil }
        defer { rest = rest.dropFirst(1000) }
        return Array(rest.prefix(1000))
    }

    /// A copy with one part changed.
    func altered(_ part: String, by change: (inout [UInt8]) -> Void) -> MemoryDump {
        var copy = parts
        change(&copy[part, default: []])
        return MemoryDump(parts: copy, text: text)
    }

    func withManifest(_ change: (String) -> String) -> MemoryDump {
        MemoryDump(parts: parts, text: change(text))
    }

    /// A copy with one part changed, whose manifest says that it is so.
    func forged(_ part: String, from old: String, to new: String) throws -> MemoryDump {
        var copy = parts
        let before = copy[part] ?? []
        let after = Array(String(decoding: before, as: UTF8.self).replacing(old, with: new).utf8)
        copy[part] = after
        let hashes = [before, after].map(\.sha256)
        return MemoryDump(parts: copy, text: text.replacing(hashes[0], with: hashes[1]))
    }
}
