import Claims
import Postgres
import Testing

@testable import Registry

@Suite struct ReextractionTests {
    private static let newer = ExtractorVersion(name: "rules", version: "1.10.0")

    @Test func `a newer reading keeps what it finds again, adds what is new, retires what is gone`() async throws {
        let kept = try Sample.claim("70")
        let changed = try Sample.claim("60", metric: "F1", by: "Heron")
        let gone = try Sample.claim("50", by: "Kite")
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let first = try await registry.ingest([Sample.paper("One", claims: [kept, changed, gone])])[0]
            let id = try #require(first.paperID)
            let before = try await registry.claims(ClaimQuery()).items

            let better = try Sample.claim("60", metric: "macro F1", by: "Heron")
            let new = try Sample.claim("80", by: "Crane")
            let again = Sample.paper("One", claims: [new, better, kept], extractor: Self.newer)
            let second = try await registry.ingest([again])[0]
            #expect(second.result == .updated)
            #expect(second.paperID == id)
            #expect(second.counts.claims == 3)

            let after = try #require(try await registry.paper(id)).claims
            func claim(_ value: String, among claims: [ClaimRecord]) throws -> ClaimRecord {
                try #require(claims.first { $0.claim.value.description == value })
            }
            #expect(try claim("70", among: after).id == claim("70", among: before).id)
            #expect(try claim("70", among: after).revision == 1)
            #expect(try claim("70", among: after).extractor == Sample.extractor)
            #expect(try claim("60", among: after).id == claim("60", among: before).id)
            #expect(try claim("60", among: after).revision == 2)
            #expect(try claim("60", among: after).metric?.slug == "macro-f1")
            #expect(try claim("60", among: after).extractor == Self.newer)
            #expect(try claim("50", among: after).status == .retired)
            #expect(try claim("50", among: after).revision == 2)
            #expect(try claim("80", among: after).revision == 1)
            #expect(try await registry.claims(ClaimQuery()).items.count == 3)
            #expect(try await registry.benchmark("gsm8k")?.claimCount == 3)

            let page = try await registry.leaderboard(BoardQuery(benchmark: "gsm8k"))
            #expect(page.entries.map(\.value.description) == ["80", "70"])
            #expect(page.board?.entryCount == 2)
            #expect(try await registry.verifyLog().fault == nil)
        }
    }

    @Test func `what comes back after it was retired is the same claim`() async throws {
        let claim = try Sample.claim("70")
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest([Sample.paper("One", claims: [claim])])
            let id = try await registry.claims(ClaimQuery()).items[0].id
            for (version, claims) in [("1.1.0", []), ("1.2.0", [claim])] {
                let extractor = ExtractorVersion(name: "rules", version: version)
                _ = try await registry.ingest([Sample.paper("One", claims: claims, extractor: extractor)])
            }
            let back = try #require(try await registry.claim(id))
            #expect(back.status == .active)
            #expect(try await registry.revisions(of: .claim, id).items.map(\.number) == [1, 2, 3])
            #expect(try await registry.leaderboard(BoardQuery(benchmark: "gsm8k")).entries.map(\.claimID) == [id])
        }
    }

    @Test(arguments: [
        (ExtractorVersion(name: "rules", version: "1.0.0"), IngestOutcome.Result.unchanged),
        (ExtractorVersion(name: "rules", version: "0.9.9"), .unchanged),
        (ExtractorVersion(name: "other", version: "2.0.0"), .unchanged),
        (ExtractorVersion(name: "rules", version: "1.0.1"), .updated),
    ])
    func `only a newer version of the same extractor reads a known text again`(
        extractor: ExtractorVersion,
        result: IngestOutcome.Result
    ) async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([Sample.paper("One")])
            let outcome = try await database.registry.ingest([Sample.paper("One", extractor: extractor)])[0]
            #expect(outcome.result == result)
        }
    }

    @Test func `a changed text of a known paper is read anew`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let old = Sample.paper("One", identifiers: ["2509.00001"], claims: [try Sample.claim("70")])
            let id = try #require(try await registry.ingest([old])[0].paperID)
            let new = Sample.paper(
                "One",
                abstract: "Other words.",
                identifiers: ["2509.00001"],
                claims: [try Sample.claim("71")]
            )
            #expect(try await registry.ingest([new])[0].result == .updated)
            let paper = try #require(try await registry.paper(id))
            #expect(paper.paper.abstract == "Other words.")
            #expect(paper.claims.map(\.status).sorted { $0.rawValue < $1.rawValue } == [.active, .retired])
            #expect(paper.revision == 2)
        }
    }

    @Test func `fields that a person has set stay, and so does the claim`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let claims = [try Sample.claim("70"), try Sample.claim("50", by: "Kite")]
            _ = try await registry.ingest([Sample.paper("One", claims: claims)])
            try await database.client.execute(
                """
                UPDATE claim SET
                    unit = 'points',
                    set_by = '{"unit": {"account": "ada", "at": "2026-01-02T03:04:05Z"}}'
                """
            )
            let again = Sample.paper("One", claims: [try Sample.claim("70", unit: "dB")], extractor: Self.newer)
            _ = try await registry.ingest([again])
            let after = try await registry.claims(ClaimQuery()).items.sorted { $0.id < $1.id }
            // The first was matched by nothing (another unit, by hand, than the reading's), the second is gone from it.
            #expect(after.prefix(2).map(\.claim.unit) == ["points", "points"])
            #expect(after.prefix(2).allSatisfy { $0.setBy.contains("ada") })
        }
    }

    @Test func `dates and addresses are filled in, and only made more exact`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            var results: [IngestOutcome.Result] = []
            for date in [nil, "2025", "2025-09", "2025-09-12", "2025", "2024-01-01"] {
                results.append(try await registry.ingest([Sample.paper("One", published: date)])[0].result)
            }
            #expect(results == [.created, .updated, .updated, .updated, .unchanged, .unchanged])
            #expect(try await registry.papers(PaperQuery()).items[0].paper.published?.description == "2025-09-12")
        }
    }
}
