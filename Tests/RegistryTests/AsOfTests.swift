import Claims
import Postgres
import Testing

@testable import Registry

/// What was seen must be seen again, whatever is written later.
@Suite struct AsOfTests {
    private static let benchmarks = ["gsm8k", "math", "mmlu", "owl-bench"]

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `every state that the registry was in can be read again, to the letter`(seed: UInt64) async throws {
        try await RegistryDatabase.with { database in
            var history = try RandomHistory(seed: seed, database: database)
            var seen: [(snapshot: Snapshot, views: [String])] = []
            for _ in 0..<18 {
                try await history.step()
                let snapshot = try await database.registry.currentSnapshot()
                guard snapshot != seen.last?.snapshot else { continue }
                seen.append((snapshot, try await Self.views(of: database.registry, asOf: nil)))
            }
            #expect(seen.count > 9, "seed \(seed)")
            for (place, (snapshot, views)) in seen.enumerated() {
                // Every position of the transaction means the state after it.
                let first = min((place > 0 ? seen[place - 1].snapshot.position : 0) + 1, snapshot.position)
                let past = try await Self.views(of: database.registry, asOf: .position(first))
                #expect(past.count == views.count)
                for (now, then) in zip(views, past) where now != then {
                    Issue.record("seed \(seed), \(snapshot):\n\(now)\n---\n\(then)")
                }
                #expect(try await database.registry.snapshot(.position(snapshot.position)) == snapshot)
                let cited = try #require(AsOf("\(snapshot)"))
                #expect(try await database.registry.snapshot(cited) == snapshot)
            }
            #expect(try await database.registry.verifyLog().fault == nil)
        }
    }

    /// What there is to be seen, as text.
    private static func views(of registry: Registry, asOf: AsOf?) async throws -> [String] {
        var views: [String] = []
        for benchmark in benchmarks {
            for query in queries(benchmark) {
                var query = query
                query.asOf = asOf
                views.append(await view { try await registry.leaderboard(query).undated })
                views.append(await view { try await registry.sota(query).undated })
                views.append(await view { try await registry.history(query).undated })
            }
            var claims = ClaimQuery(status: nil, page: PageRequest(limit: 100))
            (claims.benchmark, claims.asOf) = (benchmark, asOf)
            views.append(await view { try await registry.claims(claims) })
            var papers = PaperQuery(page: PageRequest(limit: 100))
            (papers.benchmark, papers.asOf) = (benchmark, asOf)
            views.append(await view { try await registry.papers(papers) })
        }
        for narrow in claimFilters {
            var claims = ClaimQuery(page: PageRequest(limit: 3))
            claims.asOf = asOf
            narrow(&claims)
            views.append(await view { try await registry.claims(claims) })
        }
        var papers = PaperQuery(search: "again", page: PageRequest(limit: 4))
        papers.asOf = asOf
        views.append(await view { try await registry.papers(papers) })
        for id in 1...6 as ClosedRange<Int64> {
            views.append(await view { try await registry.paper(id, asOf: asOf) })
            views.append(await view { try await registry.claim(id, asOf: asOf) })
        }
        return views
    }

    @Test(arguments: [17, 18] as [UInt64])
    func `what an answer about a benchmark cites gives the same answer again`(seed: UInt64) async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            var history = try RandomHistory(seed: seed, database: database)
            var seen: [(query: BoardQuery, page: BoardPage, report: SOTAReport)] = []
            for _ in 0..<14 {
                try await history.step()
                for benchmark in Self.benchmarks where try await registry.benchmark(benchmark) != nil {
                    let query = BoardQuery(benchmark: benchmark)
                    seen.append((query, try await registry.leaderboard(query), try await registry.sota(query)))
                }
            }
            #expect(seen.count > 10)
            for (query, page, report) in seen {
                var then = query
                then.asOf = try #require(AsOf("\(page.snapshot)"))
                let again = try await registry.leaderboard(then)
                #expect(again.snapshot == page.snapshot)
                #expect("\(again.undated)" == "\(page.undated)", "seed \(seed), \(page.snapshot)")
                then.asOf = try #require(AsOf("\(report.snapshot)"))
                let sota = try await registry.sota(then)
                #expect(sota.snapshot == report.snapshot)
                #expect("\(sota.undated)" == "\(report.undated)", "seed \(seed), \(report.snapshot)")
            }
        }
    }

    private static func view<R>(_ body: () async throws -> R) async -> String {
        do {
            return "\(try await body())"
        } catch let error as RegistryError {
            // The words may say that it is about a past time.
            return "\(error.code) \(error.field ?? "")"
        } catch {
            return "\(error)"
        }
    }

    private static func queries(_ benchmark: String) -> [BoardQuery] {
        var queries = [BoardQuery(benchmark: benchmark)]
        func add(_ narrow: (inout BoardQuery) -> Void) {
            var query = BoardQuery(benchmark: benchmark)
            narrow(&query)
            queries.append(query)
        }
        add { $0.metric = "accuracy" }
        add { $0.metric = "f1" }
        add { $0.page.limit = 2 }
        add { $0.maxParameters = 8_000_000_000 }
        add { $0.hasCode = true }
        add { $0.publishedTo = PublicationDate("2024-06") }
        for status in BoardStatus.allCases { add { $0.status = status } }
        return queries
    }

    private static let claimFilters: [@Sendable (inout ClaimQuery) -> Void] = [
        { _ in }, { $0.metric = "f1" }, { $0.model = "owl-1" }, { $0.status = .retracted }, { $0.status = .retired },
        { $0.kind = .change }, { $0.bound = .about }, { $0.unit = "points" }, { $0.minConfidence = 0.5 },
        { $0.paper = 2 },
    ]

    @Test func `a moment is a position, a name or a time, and no other is taken`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            _ = try await registry.ingest([Sample.paper("One"), Sample.paper("Two")])
            let entries = try await registry.log(after: 0, limit: 10)
            _ = try await registry.ingest([Sample.paper("Three")])
            let head = try await registry.currentSnapshot()
            #expect(try await registry.snapshot(.position(0)) == .empty)
            #expect(try await registry.snapshot(.position(1)).position == 2)
            #expect(try await registry.snapshot(.position(2)) == Snapshot(position: 2, hash: entries[1].hash))
            #expect(try await registry.snapshot(.time("2020-01-01T00:00:00Z")) == .empty)
            #expect(try await registry.snapshot(.time(entries[0].at)).position == 2)
            #expect(try await registry.snapshot(.time("2999-01-01T00:00:00Z")) == head)
            let wrong: [AsOf] = [
                .position(4), .snapshot(position: 2, hashPrefix: "000000000000"),
                .snapshot(position: 1, hashPrefix: String(entries[0].hash.prefix(12))),
            ]
            for moment in wrong {
                #expect(try await RegistryError.code { try await registry.snapshot(moment) } == .notFound)
            }
            #expect(AsOf("\(head)") == .snapshot(position: 3, hashPrefix: String(head.hash.prefix(12))))
        }
    }

    @Test(
        arguments: [
            ("7", .position(7)), ("2026", .position(2026)), ("2026-06", .time("2026-06-30T23:59:59.999999Z")),
            ("2024-02", .time("2024-02-29T23:59:59.999999Z")), ("2026-06-01", .time("2026-06-01T23:59:59.999999Z")),
            ("2026-06-01T12:00:00Z", .time("2026-06-01T12:00:00Z")),
            ("2026-06-01T12:00:00.25Z", .time("2026-06-01T12:00:00.25Z")),
            ("9-0123456789ab", .snapshot(position: 9, hashPrefix: "0123456789ab")), ("9-0123456789AB", nil),
            ("-7", nil),
            ("+7", nil), ("", nil), ("2026-13", nil), ("2026-02-30", nil), ("2026-06-01T12:00:00", nil),
            ("2026-06-01T24:00:00Z", nil), ("2026-06-01T12:00:00.Z", nil), ("2026-06-01 12:00:00Z", nil),
            ("9999999999999999999", nil), ("yesterday", nil),
        ] as [(String, AsOf?)]
    )
    func `moments are read as they are written`(text: String, moment: AsOf?) {
        #expect(AsOf(text) == moment)
    }
}

// Answers about a benchmark cite the state after its own newest change, which is as good as the one that was asked for.

extension BoardPage {
    /// The page without which state it is of.
    fileprivate var undated: BoardPage {
        var page = self
        (page.snapshot, page.logPosition) = (.empty, 0)
        return page
    }
}

extension SOTAReport {
    /// The report without which state it is of.
    fileprivate var undated: SOTAReport {
        var report = self
        (report.snapshot, report.logPosition) = (.empty, 0)
        return report
    }
}

extension HistoryReport {
    /// The report without which state it is of.
    fileprivate var undated: HistoryReport {
        var report = self
        (report.snapshot, report.logPosition) = (.empty, 0)
        return report
    }
}
