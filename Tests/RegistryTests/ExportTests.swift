import Claims
import Foundation
import Testing

@testable import Registry

@Suite struct ExportTests {
    @Test(arguments: Export.all.map(\.name))
    func `an export of a past state is what the export was then, byte for byte`(name: String) async throws {
        try await RegistryDatabase.with { database in
            var history = try RandomHistory(seed: 5, database: database)
            let export = try #require(Export.named(name))
            let forms: [ExportForm] = [.csv(raw: false), .csv(raw: true), .jsonLines]
            var seen: [(Snapshot, [[UInt8]])] = []
            for _ in 0..<8 {
                try await history.step()
                let snapshot = try await database.registry.currentSnapshot()
                var files: [[UInt8]] = []
                for form in forms { files.append(try await Self.bytes(of: export, form, snapshot, database.registry)) }
                seen.append((snapshot, files))
            }
            for (snapshot, files) in seen {
                for (form, then) in zip(forms, files) {
                    #expect(try await Self.bytes(of: export, form, snapshot, database.registry) == then)
                }
            }
        }
    }

    @Test func `an export agrees with the lists`() async throws {
        try await RegistryDatabase.with { database in
            var history = try RandomHistory(seed: 6, database: database)
            for _ in 0..<10 { try await history.step() }
            let registry = database.registry
            let lines = try await Self.lines(of: .claims, registry)
            let claims = try await registry.claims(ClaimQuery(status: nil, page: PageRequest(limit: 1000))).items
                .reversed()
            #expect(claims.count == lines.count && !claims.isEmpty)
            for (claim, line) in zip(claims, lines) {
                #expect(line["claim_id"] as? Int == Int(claim.id))
                #expect(line["value"] as? String == claim.claim.value.description)
                #expect(line["value_high"] as? String == claim.claim.valueHigh?.description)
                #expect(line["metric"] as? String == claim.metric?.slug)
                #expect(line["model"] as? String == claim.model?.slug)
                #expect(line["benchmarks"] as? [String] == claim.benchmarks.map(\.slug))
                #expect(line["status"] as? String == claim.status.rawValue)
                #expect(line["confidence"] as? Double == claim.claim.confidence)
            }
            let models = try await Self.lines(of: .models, registry)
            let cards = try await registry.models(NameQuery()).items
            #expect(models.count == cards.count && !cards.isEmpty)
            for card in cards {
                let line = models.first { $0["slug"] as? String == card.model.slug }
                #expect(line?["parameters"] as? Int == card.parameters.map(Int.init))
            }
            let papers = try await Self.lines(of: .papers, registry)
            for paper in try await registry.papers(PaperQuery()).items {
                let line = papers.first { $0["paper_id"] as? Int == Int(paper.paper.id) }
                #expect(line?["claim_count"] as? Int == paper.claimCount)
                #expect(line?["identifiers"] as? [String] == paper.identifiers.map(\.description))
            }
        }
    }

    @Test func `the last line of JSON Lines tells the rows and the hash of what stands before it`() async throws {
        try await RegistryDatabase.with { database in
            _ = try await database.registry.ingest([Sample.paper("One"), Sample.paper("Two")])
            let snapshot = try await database.registry.currentSnapshot()
            let bytes = try await Self.bytes(of: .papers, .jsonLines, snapshot, database.registry)
            let cut = try #require(bytes.dropLast().lastIndex(of: UInt8(ascii: "\n"))) + 1
            let line = try JSONSerialization.jsonObject(with: Data(bytes[cut...])) as? [String: [String: Any]]
            let end = try #require(line?["end"])
            #expect(end["rows"] as? Int == 2)
            #expect(end["snapshot"] as? String == snapshot.description)
            #expect(end["sha256"] as? String == Array(bytes[..<cut]).sha256)
        }
    }

    @Test func `an export during writes is of one state`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest(
                try (0..<600).map { Sample.paper("Paper \($0)", claims: [try Sample.claim("7", by: "Owl \($0)")]) }
            )
            let snapshot = try await registry.currentSnapshot()
            let quiet = try await Self.bytes(of: .claims, .csv(raw: true), snapshot, registry)
            let other = try database.another()
            let count = SharedCount()
            let during = SharedBytes()
            _ = try await registry.export(.claims, as: .csv(raw: true), of: snapshot) { bytes in
                during.append(bytes)
                // Each piece that is read, something is written that would change what follows.
                let number = count.next()
                _ = try await other.ingest([
                    Sample.paper(
                        "Paper \(599 - number)",
                        claims: [try Sample.claim("8", by: "Owl")],
                        extractor: ExtractorVersion(name: "rules", version: "2.0.0")
                    )
                ])
            }
            #expect(count.value > 2)
            #expect(during.bytes == quiet)
        }
    }

    @Test func `a reader that goes away ends the statement on the server`() async throws {
        struct Gone: Error {}
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest(
                try (0..<600).map { Sample.paper("Paper \($0)", claims: [try Sample.claim("7", by: "Owl \($0)")]) }
            )
            let snapshot = try await registry.currentSnapshot()
            await #expect(throws: Gone.self) {
                _ = try await registry.export(.claims, as: .jsonLines, of: snapshot) { _ in throw Gone() }
            }
            let open = """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
                """
            var left = "1"
            for _ in 0..<200 where left != "0" {
                left = try await database.asSuperuser(open)
                if left != "0" { try await Task.sleep(for: .milliseconds(25)) }
            }
            #expect(left == "0")
        }
    }

    static func bytes(
        of export: Export,
        _ form: ExportForm,
        _ snapshot: Snapshot,
        _ registry: Registry
    ) async throws -> [UInt8] {
        let all = SharedBytes()
        let summary = try await registry.export(export, as: form, of: snapshot) { all.append($0) }
        #expect(summary.sizeBytes == all.bytes.count)
        return all.bytes
    }

    private static func lines(of export: Export, _ registry: Registry) async throws -> [[String: Any]] {
        let text = String(
            decoding: try await bytes(of: export, .jsonLines, try await registry.currentSnapshot(), registry),
            as: UTF8.self
        )
        return try text.split(separator: "\n").dropLast().compactMap {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
    }
}
