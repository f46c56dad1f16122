import Claims
import Postgres
import Testing

@testable import Registry

@Suite struct QueueTests {
    private static func papers(_ numbers: Range<Int>) -> [QueuedPaper] {
        numbers.map { number in
            let paper = Paper(
                title: "Paper \(number)\t\\",
                abstract: "Words of \(number).",
                identifiers: [PaperIdentifier(scheme: .doi, value: "10.5555/\(number)")].compactMap { $0 },
                published: PublicationDate("2025-03"),
                label: "\(number)"
            )
            return QueuedPaper(paper: paper, source: IngestSource(file: "a.jsonl", line: number + 1))
        }
    }

    private static func keep(_ lease: QueueLease, in registry: Registry) async throws {
        let papers = lease.papers.map {
            IngestPaper(paper: $0.paper, records: ExtractedRecords(), extractor: Sample.extractor, source: $0.source)
        }
        try await registry.finish(lease, try await registry.ingest(papers))
    }

    @Test func `a paper comes out of the queue as it went in`() async throws {
        try await RegistryDatabase.with { database in
            let papers = Self.papers(0..<3)
            try await database.registry.enqueue(papers)
            let lease = try await database.registry.takeFromQueue(limit: 10)
            #expect(Set(lease.papers) == Set(papers))
        }
    }

    @Test func `no two workers get the same paper, and all get them all`() async throws {
        try await RegistryDatabase.with { database in
            try await database.registry.enqueue(Self.papers(0..<200))
            let taken = try await withThrowingTaskGroup(of: [String?].self) { group in
                for _ in 0..<6 {
                    let registry = try database.another()
                    group.addTask {
                        var labels: [String?] = []
                        while true {
                            let lease = try await registry.takeFromQueue(limit: 7)
                            guard !lease.papers.isEmpty else { return labels }
                            labels += lease.papers.map(\.paper.label)
                            try await Self.keep(lease, in: registry)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            // Who finds the rows that another has locked goes by them, so somebody is left over for none.
            #expect(taken.count == 200 && Set(taken).count == 200)
            #expect(try await database.registry.queueLength() == QueueLength(waiting: 0, dead: 0))
            #expect(try await database.value("SELECT count(*) FROM paper", as: Int.self) == 200)
        }
    }

    @Test func `what a worker has taken and never tells of is taken again, alone, and given up in the end`()
        async throws
    {
        try await RegistryDatabase.with { database in
            var rules = QueueRules()
            rules.lease = .zero
            try await database.registry.enqueue(Self.papers(0..<3))
            let first = try await database.registry.takeFromQueue(limit: 10, rules: rules)
            #expect(first.papers.count == 3)
            #expect(try await database.registry.takeFromQueue(limit: 10, rules: rules).papers.count == 3)
            for _ in 0..<9 {
                #expect(try await database.registry.takeFromQueue(limit: 10, rules: rules).papers.count == 1)
            }
            #expect(try await database.registry.takeFromQueue(limit: 10, rules: rules).papers.isEmpty)
            #expect(try await database.registry.queueLength() == QueueLength(waiting: 0, dead: 3))
            // The one who comes back late changes nothing that is another's.
            try await Self.keep(first, in: database.registry)
            #expect(try await database.registry.queueLength().dead == 3)
            #expect(try await database.registry.reviveDeadPapers() == 3)
            let again = try await database.registry.takeFromQueue(limit: 10)
            try await Self.keep(again, in: database.registry)
            #expect(try await database.registry.queueLength() == QueueLength(waiting: 0, dead: 0))
            #expect(try await database.value("SELECT count(*) FROM paper", as: Int.self) == 3)
        }
    }

    @Test func `a batch that failed waits, says why, and one that was stopped does not`() async throws {
        try await RegistryDatabase.with { database in
            let registry = database.registry
            try await registry.enqueue(Self.papers(0..<2))
            var rules = QueueRules()
            rules.pause = .seconds(3600)
            try await registry.giveBack(try await registry.takeFromQueue(limit: 1), because: "no luck", rules: rules)
            let second = try await registry.takeFromQueue(limit: 10)
            #expect(second.papers.count == 1)
            try await registry.giveBack(second, because: nil)
            #expect(try await registry.takeFromQueue(limit: 10).papers.count == 1)
            let why = try await database.value(
                "SELECT error FROM paper_task WHERE error IS NOT NULL AND due_at > now() AND attempts = 1",
                as: String.self
            )
            #expect(why == "no luck")
        }
    }

    @Test func `a paper that is refused is a dead letter with the reason`() async throws {
        try await RegistryDatabase.with { database in
            let paper = Paper(title: "", abstract: "Words.")
            try await database.registry.enqueue([QueuedPaper(paper: paper)] + Self.papers(0..<1))
            try await Self.keep(try await database.registry.takeFromQueue(limit: 10), in: database.registry)
            #expect(try await database.registry.queueLength().dead == 1)
            #expect(try await database.value("SELECT count(*) FROM paper", as: Int.self) == 1)
            let reason = try await database.value("SELECT error FROM paper_task", as: String.self)
            #expect(reason?.isEmpty == false)
        }
    }
}
