import Claims
import Postgres
import Testing

@testable import Registry

@Suite struct ConcurrencyTests {
    @Test func `many writers with the same papers make each paper once`() async throws {
        let papers = try (0..<40).map { number in
            Sample.paper(
                "Paper \(number)",
                identifiers: ["2509.\(10_000 + number)"],
                claims: [try Sample.claim("\(number)", on: ["Bench \(number % 7)"], by: "Model \(number % 5)")]
            )
        }
        try await RegistryDatabase.with { database in
            let registries = try (0..<4).map { _ in try database.another() }
            let outcomes = try await withThrowingTaskGroup(of: [IngestOutcome].self) { group in
                for (index, registry) in registries.enumerated() {
                    // Each in an order of its own, in batches of its own size.
                    let order = index.isMultiple(of: 2) ? papers : papers.reversed()
                    group.addTask {
                        var outcomes: [IngestOutcome] = []
                        for start in stride(from: 0, to: order.count, by: 5 + index) {
                            outcomes += try await registry.ingest(
                                Array(order[start..<min(start + 5 + index, order.count)])
                            )
                        }
                        return outcomes
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(outcomes.count == 160)
            #expect(outcomes.count { $0.result == .created } == 40)
            #expect(outcomes.count { $0.result == .unchanged } == 120)
            let counts = try await database.registry.counts()
            #expect(counts.papers == 40 && counts.claims == 40 && counts.benchmarks == 7 && counts.models == 5)
            #expect(counts.logPosition == 40)
            #expect(try await database.registry.verifyLog().fault == nil)
            try await checkCounts(database)
        }
    }

    @Test func `writers whose papers share an identifier but not a text agree on one paper`() async throws {
        try await RegistryDatabase.with { database in
            let registries = try (0..<6).map { _ in try database.another() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, registry) in registries.enumerated() {
                    group.addTask {
                        _ = try await registry.ingest([
                            Sample.paper(
                                "Version \(index)",
                                identifiers: ["2509.00001"],
                                claims: [try Sample.claim("7")]
                            )
                        ])
                    }
                }
                try await group.waitForAll()
            }
            let counts = try await database.registry.counts()
            #expect(counts.papers == 1 && counts.claims == 1)
            #expect(counts.logPosition == 6)
            #expect(try await database.registry.verifyLog().fault == nil)
            try await checkCounts(database)
        }
    }

    @Test func `sessions that are broken off leave nothing half`() async throws {
        let papers = try (0..<300).map { number in
            Sample.paper(
                "Paper \(number)",
                claims: [try Sample.claim("\(number)"), try Sample.claim("1", on: ["MATH"])]
            )
        }
        try await RegistryDatabase.with { database in
            let writer = try database.another()
            let writing = Task {
                for start in stride(from: 0, to: 300, by: 20) {
                    _ = try? await writer.ingest(Array(papers[start..<(start + 20)]))
                }
            }
            for _ in 0..<5 {
                try await database.asSuperuser(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
                    """
                )
            }
            await writing.value
            let part = try await database.registry.counts()
            #expect(part.papers % 20 == 0 && part.claims == 2 * part.papers && Int(part.logPosition) == part.papers)
            #expect(try await database.registry.verifyLog().fault == nil)
            let outcomes = try await database.registry.ingest(papers)
            #expect(outcomes.count { $0.result == .unchanged } == part.papers)
            #expect(try await database.registry.counts().papers == 300)
            try await checkCounts(database)
        }
    }

    /// Counts that are kept must be those that counting gives.
    private func checkCounts(_ database: RegistryDatabase) async throws {
        let wrong = try await database.value(
            """
            SELECT
                (SELECT count(*) FROM board b WHERE b.entry_count <> (
                    SELECT count(*) FROM board_entry e WHERE e.board_id = b.id))
                + (SELECT count(*) FROM benchmark b WHERE b.claim_count <> (
                    SELECT count(DISTINCT c.id) FROM claim c JOIN claim_benchmark cb ON cb.claim_id = c.id
                    WHERE cb.benchmark_id = b.id AND c.status = 'active'))
                + (SELECT count(*) FROM model m WHERE m.claim_count <> (
                    SELECT count(*) FROM claim c WHERE c.model_id = m.id AND c.status = 'active'))
            """,
            as: Int.self
        )
        #expect(wrong == 0)
    }
}
