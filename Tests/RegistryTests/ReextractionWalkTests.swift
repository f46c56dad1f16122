import Claims
import Testing

@testable import Registry

@Suite struct ReextractionWalkTests {
    private static let newer = ExtractorVersion(name: "rules", version: "1.1.0")

    /// Goes over papers and keeps an empty reading of each, at most so many batches.
    private static func walk(
        _ registry: Registry,
        _ scope: ReextractionScope = .outdated,
        batches: Int = .max,
        of size: Int = 2
    ) async throws -> [Int64] {
        var walk = try await registry.beginReextraction(by: newer, scope: scope)
        var read: [Int64] = []
        for _ in 0..<batches {
            let papers = try await registry.nextPapers(of: &walk, limit: size)
            guard !papers.isEmpty else { break }
            let readings = papers.map { PaperReadAnew(paper: $0, records: ExtractedRecords()) }
            let outcomes = try await registry.keep(readings, readBy: newer)
            #expect(outcomes.allSatisfy { $0.result == .updated })
            read += papers.map(\.id)
        }
        return read
    }

    private static func fill(_ registry: Registry, _ count: Int) async throws -> [Int64] {
        let papers = try (0..<count).map { index in
            Sample.paper(
                "Paper \(index)",
                identifiers: ["2101.0000\(index)"],
                published: "2021-0\(1 + index)",
                claims: [try Sample.claim("7\(index)", by: "Owl \(index)")]
            )
        }
        return try await registry.ingest(papers).compactMap(\.paperID)
    }

    @Test func `a walk that is broken off goes on where it stopped`() async throws {
        try await RegistryDatabase.with { database in
            let ids = try await Self.fill(database.registry, 7)
            let first = try await Self.walk(database.registry, batches: 2)
            #expect(first == Array(ids.prefix(4)))
            #expect(try await database.registry.beginReextraction(by: Self.newer, scope: .outdated).count == 3)
            #expect(try await Self.walk(database.another()) == Array(ids.suffix(3)))
            #expect(try await Self.walk(database.registry).isEmpty)
            #expect(try await database.registry.verifyLog().fault == nil)
            #expect(try await database.registry.benchmark("gsm8k")?.claimCount == 0)
        }
    }

    @Test func `a paper is read as it is stored, and nothing of it but the reading changes`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let id = try await Self.fill(registry, 1)[0]
            let before = try #require(try await registry.paper(id))
            var walk = try await registry.beginReextraction(by: Self.newer, scope: .outdated)
            let papers = try await registry.nextPapers(of: &walk, limit: 10)
            #expect(papers.map(\.paper) == [before.paper])

            var records = ExtractedRecords()
            records.claims = [try Sample.claim("70", by: "Owl 0"), try Sample.claim("71", metric: "F1", by: "Owl 0")]
            let outcomes = try await registry.keep(
                [PaperReadAnew(paper: papers[0], records: records)],
                readBy: Self.newer
            )
            #expect(outcomes[0].counts.claims == 2)
            let after = try #require(try await registry.paper(id))
            #expect(after.paper == before.paper)
            #expect(after.extractor == Self.newer)
            #expect(after.claims.contains { $0.id == before.claims[0].id && $0.status == .active })
        }
    }

    @Test func `what the current or a newer version, or another extractor has read is left alone`() async throws {
        try await RegistryDatabase.with { database in
            let versions = [("rules", "1.1.0"), ("rules", "1.10.0"), ("model", "0.1"), ("rules", "1.0.9")]
            let papers = versions.map { name, version in
                Sample.paper("By \(name) \(version)", extractor: ExtractorVersion(name: name, version: version))
            }
            let ids = try await database.registry.ingest(papers).compactMap(\.paperID)
            #expect(try await Self.walk(database.registry) == [ids[3]])
        }
    }

    @Test func `papers of this version are read anew up to a time, and broken off goes on with the same time`()
        async throws
    {
        try await RegistryDatabase.with { database in
            let ids = try await Self.fill(database.registry, 5)
            _ = try await Self.walk(database.registry, batches: 1)
            let scope = ReextractionScope.readBefore(try await database.registry.now())
            let first = try await Self.walk(database.registry, scope, batches: 2)
            let rest = try await Self.walk(database.registry, scope)
            #expect((first + rest).sorted() == ids)
            #expect(try await Self.walk(database.registry, scope).isEmpty)
        }
    }

    @Test func `a paper that somebody changed or read anew meanwhile is left as it is`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let ids = try await Self.fill(registry, 2)
            var walk = try await registry.beginReextraction(by: Self.newer, scope: .outdated)
            let papers = try await registry.nextPapers(of: &walk, limit: 10)
            let better = Sample.paper("Paper 0", abstract: "Better words.", identifiers: ["2101.00000"])
            #expect(try await registry.ingest([better])[0].result == .updated)

            let readings = papers.map { PaperReadAnew(paper: $0, records: ExtractedRecords()) }
            let outcomes = try await registry.keep(readings, readBy: Self.newer)
            #expect(outcomes.map(\.result) == [.unchanged, .updated])
            #expect(try await registry.paper(ids[0])?.paper.abstract == "Better words.")
            // And once more, as a second process with the same batch would.
            #expect(try await registry.keep(readings, readBy: Self.newer).map(\.result) == [.unchanged, .unchanged])
        }
    }

    @Test func `a reading that cannot be kept is refused once in a walk, and the others go on`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await Self.fill(registry, 3)
            var walk = try await registry.beginReextraction(by: Self.newer, scope: .outdated)
            var results: [IngestOutcome.Result] = []
            while true {
                let papers = try await registry.nextPapers(of: &walk, limit: 2)
                if papers.isEmpty { break }
                let readings = try papers.map { paper in
                    var records = ExtractedRecords()
                    let name = String(repeating: "n", count: paper.id == papers[0].id ? 2_000 : 10)
                    records.claims = [try Sample.claim("50", on: [name])]
                    return PaperReadAnew(paper: paper, records: records)
                }
                results += try await registry.keep(readings, readBy: Self.newer).map(\.result)
            }
            #expect(results.count == 3)
            #expect(results[1] == .updated)
            for index in [0, 2] {
                guard case .refused = results[index] else {
                    Issue.record("kept")
                    continue
                }
            }
        }
    }
}
