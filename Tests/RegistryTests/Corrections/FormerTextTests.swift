import Claims
import Postgres
import Testing

@testable import Registry

@Suite struct FormerTextTests {
    private static func version(_ abstract: String, identifiers: [String] = ["2501.00009"]) throws -> IngestPaper {
        Sample.paper("Versions", abstract: abstract, identifiers: identifiers, claims: [try Sample.claim("7")])
    }

    @Test func `of two versions in one file the later stays, and bringing both again writes nothing`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            let file = [
                try Self.version("First."), try Self.version("Second."), try Self.version("First.", identifiers: []),
            ]
            let outcomes = try await registry.ingest(file)
            #expect(outcomes.map(\.result) == [.created, .updated, .unchanged])
            let position = try await registry.logHead().position
            for _ in 0..<2 {
                #expect(try await registry.ingest(file).map(\.result) == [.unchanged, .unchanged, .unchanged])
            }
            #expect(try await registry.logHead().position == position)
            #expect(try await registry.paper(1)?.paper.abstract == "Second.")
        }
    }

    @Test func `an old text may still bring a new identifier, and does not take back the newer text`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest([try Self.version("First."), try Self.version("Second.")])
            let old = try Self.version("First.", identifiers: ["10.1000/9"])
            #expect(try await registry.ingest([old]).map(\.result) == [.updated])
            let paper = try await registry.paper(1)
            #expect(paper?.paper.abstract == "Second." && paper?.paper.identifiers.count == 2)
            #expect(paper?.claims.count == 1)
            #expect(try await registry.ingest([old]).map(\.result) == [.unchanged])
            #expect(try await registry.verifyLog().fault == nil)
        }
    }
}
