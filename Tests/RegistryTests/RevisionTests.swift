import Claims
import Foundation
import Postgres
import Testing

@testable import Registry

@Suite struct RevisionTests {
    @Test func `each revision says who, when and why, and what changed field by field`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let newer = ExtractorVersion(name: "rules", version: "1.1.0")
            _ = try await registry.ingest([Sample.paper("One", claims: [try Sample.claim("7")])])
            var again = Sample.paper("One", claims: [try Sample.claim("7", bound: .about)], extractor: newer)
            again.source = IngestSource(file: "again.jsonl", line: 3)
            _ = try await registry.ingest([again])
            let revisions = try await registry.revisions(of: .claim, 1).items
            #expect(revisions.map(\.number) == [1, 2])
            #expect(revisions.map(\.author) == ["rules/1.0.0", "rules/1.1.0"])
            #expect(revisions[1].reason == "read from again.jsonl, line 3")
            #expect(revisions[0].diff == nil)
            let diff =
                try JSONSerialization.jsonObject(with: Data((revisions[1].diff ?? "").utf8)) as? [[String: String]]
            #expect(
                diff == [
                    ["field": "bound", "from": "exact", "to": "about"],
                    ["field": "extractor", "from": "rules/1.0.0", "to": "rules/1.1.0"],
                ]
            )
        }
    }

    @Test(arguments: RecordType.allCases)
    func `every kind of record has its revisions, in parts`(type: RecordType) async throws {
        try await RegistryDatabase.with { database in
            var history = try RandomHistory(seed: 33, database: database)
            for _ in 0..<10 { try await history.step() }
            let registry = database.registry
            let type = try #require(RevisedType(rawValue: type.rawValue))
            let id = try await database.value(
                "SELECT record_id FROM revision WHERE record_type = \(type.rawValue) ORDER BY number DESC, record_id LIMIT 1",
                as: Int64.self
            )
            let record = try #require(id)
            let all = try await registry.revisions(of: type, record).items
            var parts: [Revision] = []
            var cursor: String?
            repeat {
                let page = try await registry.revisions(of: type, record, page: PageRequest(limit: 1, cursor: cursor))
                #expect(page.items.count == 1)
                parts += page.items
                cursor = page.next
            } while cursor != nil && parts.count < 100
            #expect(parts == all && all.map(\.number) == Array(1...all.count))
            #expect(all.dropFirst().allSatisfy { $0.diff?.hasPrefix("[{") == true })
            #expect(try await registry.revisions(of: type, 999_999).items.isEmpty)
        }
    }
}
