import Claims
import Formats
import Postgres
import Testing

@testable import Registry

/// One rule for benchmarks, metrics and models that a person took back.
@Suite struct NameStandingTests {
    @Test(arguments: [RecordType.benchmark, .metric, .model])
    func `what was retracted is in no list that does not ask for it, and is still found by itself`(
        type: RecordType
    ) async throws {
        try await CorrectionFixture.with { fixture in
            let slug = [.benchmark: "gsm8k", .metric: "accuracy", .model: "owl"][type] ?? ""
            let correction = try await fixture.correct(.retract, .name(type, slug))
            for search in [nil, slug] {
                #expect(try await !fixture.slugs(type, search, .active).contains(slug))
                #expect(try await fixture.slugs(type, search, .retracted) == [slug])
                #expect(try await fixture.slugs(type, search, .all).contains(slug))
            }
            #expect(try await fixture.standing(type, slug) == .retracted)
            try await fixture.revert(correction.id)
            #expect(try await fixture.slugs(type, slug, .active).contains(slug))
            #expect(try await fixture.slugs(type, nil, .retracted).isEmpty)
            #expect(try await fixture.standing(type, slug) == .active)
        }
    }

    @Test(arguments: [RecordType.benchmark, .metric, .model])
    func `what was merged into another is in no list at all`(type: RecordType) async throws {
        try await CorrectionFixture.with { fixture in
            let slugs = [
                .benchmark: ("gsm-8000", "gsm8k"), .metric: ("exact-match", "accuracy"), .model: ("fox", "owl"),
            ][type]
            let (old, holder) = try #require(slugs)
            try await fixture.correct(.merge, .name(type, old), #"{"merged_into": "\#(holder)"}"#)
            for status in ListedStanding.allCases {
                #expect(try await !fixture.slugs(type, nil, status).contains(old))
            }
        }
    }

    @Test func `boards of a retracted benchmark say so, and those of before do not`() async throws {
        try await CorrectionFixture.with { fixture in
            let then = try await fixture.logLength()
            try await fixture.correct(.retract, .name(.benchmark, "gsm8k"))
            var query = BoardQuery(benchmark: "gsm8k")
            #expect(try await fixture.registry.leaderboard(query).benchmark.status == .retracted)
            #expect(try await fixture.registry.sota(query).benchmark.status == .retracted)
            #expect(try await fixture.registry.history(query).benchmark.status == .retracted)
            query.asOf = .position(then)
            #expect(try await fixture.registry.leaderboard(query).benchmark.status == .active)
            #expect(try await fixture.registry.sota(query).benchmark.status == .active)
        }
    }
}

extension CorrectionFixture {
    fileprivate func slugs(_ type: RecordType, _ search: String?, _ status: ListedStanding) async throws -> [String] {
        var query = NameQuery(search: search)
        query.status = status
        switch type {
        case .metric: return try await registry.metrics(query).items.map(\.metric.slug)
        case .model: return try await registry.models(query).items.map(\.model.slug)
        default:
            var benchmarks = BenchmarkQuery(search: search)
            benchmarks.status = status
            return try await registry.benchmarks(benchmarks).items.map(\.benchmark.slug)
        }
    }

    fileprivate func standing(_ type: RecordType, _ slug: String) async throws -> Standing? {
        switch type {
        case .metric: try await registry.metric(slug)?.status
        case .model: try await registry.model(slug)?.status
        default: try await registry.benchmark(slug)?.about.status
        }
    }
}
