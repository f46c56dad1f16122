import Claims
import Formats
import Postgres
import Testing

@testable import Registry

/// Merges of names that very many papers use: they lock the name, and not each paper.
@Suite struct LargeMergeTests {
    private static func paper(_ number: Int, on benchmark: String, version: String = "1.0.0") throws -> IngestPaper {
        Sample.paper(
            "\(benchmark) \(number)",
            abstract: "Some words, of which number \(number) is one.",
            claims: [try Sample.claim("\(number % 90).5", on: [benchmark], by: "Model \(number % 500)")],
            extractor: ExtractorVersion(name: "rules", version: version)
        )
    }

    @Test func `thousands of papers move while papers are read, and no two writers wait for each other`() async throws {
        try await CorrectionFixture.with { fixture in
            let count = 2000
            for start in stride(from: 0, to: count, by: 500) {
                _ = try await fixture.registry.ingest(
                    try (start..<start + 500).map { try Self.paper($0, on: "Large") }
                )
            }
            let proposed = try await fixture.propose(.merge, .name(.benchmark, "large"), #"{"merged_into": "gsm8k"}"#)
            let another = try fixture.database.another()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    guard case .applied = try await fixture.registry.acceptCorrection(proposed.id, by: fixture.bob)
                    else { throw CorrectionFixture.NotApplied() }
                }
                group.addTask {
                    // Others' papers, new papers with the name, and new readings of papers with the name.
                    for number in 0..<12 {
                        _ = try await another.ingest([
                            try Self.paper(number, on: "Apart"), try Self.paper(count + number, on: "Large"),
                            try Self.paper(number * 7, on: "Large", version: "2.0.0"),
                        ])
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await fixture.registry.benchmark("large")?.benchmark.slug == "gsm8k")
            #expect(try await fixture.registry.benchmark("gsm8k")?.claimCount == count + 12 + 1)
            #expect(try await fixture.registry.benchmark("apart")?.claimCount == 12)
            let left: SQL = """
                SELECT count(*) FROM claim_benchmark cb JOIN benchmark b ON b.id = cb.benchmark_id WHERE b.slug = 'large'
                """
            #expect(try await fixture.database.value(left, as: Int.self) == 0)
            let deadlocks: SQL = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
            _ = try await fixture.database.client.query("SELECT pg_stat_force_next_flush()")
            #expect(try await fixture.database.value(deadlocks, as: Int64.self) == 0)
        }
    }

    @Test func `a merge that waits for a reading of one of its papers keeps nobody else waiting`() async throws {
        try await CorrectionFixture.with { fixture in
            let target = CorrectionTarget.name(.benchmark, "gsm-8000")
            let proposed = try await fixture.propose(.merge, target, #"{"merged_into": "gsm8k"}"#)
            let (ends, end) = AsyncStream.makeStream(of: Void.self)
            let (starts, start) = AsyncStream.makeStream(of: Void.self)
            let reading = Task {
                try await fixture.database.client.transaction { transaction in
                    try await IngestRound(transaction: transaction).holdNames(of: [2])
                    start.finish()
                    for await _ in ends {}
                }
            }
            for await _ in starts {}
            let another = try fixture.database.another()
            let merge = Task { try await another.acceptCorrection(proposed.id, by: fixture.bob) }
            let waiting: SQL = """
                SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                """
            while try await fixture.database.value(waiting, as: Int.self) == 0 {
                try await Task.sleep(for: .milliseconds(5))
            }
            let outcomes = try await fixture.registry.ingest([
                try Self.paper(1, on: "Apart"), try Self.paper(1, on: "GSM-8000"),
                try CorrectionFixture.papers(extractor: "2.0.0")[0],
            ])
            #expect(outcomes.map(\.result) == [.created, .created, .updated])
            end.finish()
            try await reading.value
            guard case .applied = try await merge.value else { throw CorrectionFixture.NotApplied() }
            // The paper that came meanwhile went over with the rest.
            #expect(try await fixture.registry.benchmark("gsm-8000")?.benchmark.slug == "gsm8k")
            #expect(try await fixture.registry.benchmark("gsm8k")?.claimCount == 3)
        }
    }
}
