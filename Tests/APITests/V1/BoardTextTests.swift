import Claims
import Extraction
import Formats
import Registry
import Testing

@testable import API

/// A board's entries are copied into answers as the database has kept them: they must say what their values say.
@Suite struct BoardTextTests {
    @Test func `entries that are copied are to the byte those that are written from values`() async throws {
        let papers = try Self.papers()
        let database = try await TestDatabase.make("board_texts", papers: papers)
        let registry = database.registry
        let snapshot = try await registry.currentSnapshot()
        var queries: [BoardQuery] = []
        for status in BoardStatus.allCases {
            for asOf in [nil, AsOf("\(snapshot)")] {
                var query = BoardQuery(benchmark: "gsm8k")
                (query.status, query.asOf) = (status, asOf)
                queries.append(query)
            }
        }
        for query in queries {
            var query = query
            var parts = 0
            repeat {
                query.page.limit = 3
                let values = try await registry.leaderboard(query)
                let rows = try await registry.leaderboardRows(query)
                let expected = Self.json { values.write(to: &$0, next: values.next, nextUnranked: nil) }
                let written = Self.json { rows.write(to: &$0, next: rows.next, nextUnranked: nil) }
                #expect(written == expected, "\(query.status), as of \(query.asOf.map { "\($0)" } ?? "now")")
                #expect(rows.next == values.next)
                query.page.cursor = values.next
                parts += 1
            } while query.page.cursor != nil && parts < 10
            #expect(parts == (query.status == .active || query.status == .all ? 3 : 1))
        }
    }

    @Test func `what is too long for an index is shown all the same`() async throws {
        let text = String(repeating: "long ", count: 700)
        let database = try await TestDatabase.make("board_long", papers: [try Self.paper("Long", "9", evidence: text)])
        let page = try await database.registry.leaderboardRows(BoardQuery(benchmark: "gsm8k"))
        #expect(Self.json { page.write(to: &$0, next: nil, nextUnranked: nil) }.contains(text))
    }

    private static func json(_ write: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        write(&json)
        return json.string
    }

    /// Seven papers whose texts have all that JSON escapes, ties, and values that are not there.
    private static func papers() throws -> [IngestPaper] {
        [
            try paper(
                "Quote \" backslash \\ slash /",
                "91.5",
                links: ["https://a.example/\"x\"", "https://b.example"]
            ),
            try paper("Tab \t line \n return \r bell \u{7} delete \u{7F}", "91.50", subject: "Owl \t\"\u{1}"),
            try paper("Separators \u{2028}\u{2029} and 日本語 🦉", "88", subject: nil, confidence: 1),
            try paper("</script> & <b>", "87.25", confidence: 0.125),
            try paper("About", "86", bound: .about, date: nil),
            try paper("Year", "85", date: "2024"),
            try paper("Month", "85", date: "2024-05"),
        ]
    }

    private static func paper(
        _ title: String,
        _ value: String,
        bound: Bound = .exact,
        subject: String? = "Owl",
        date: String? = "2024-05-06",
        links: [String] = [],
        confidence: Double = 0.9,
        evidence: String? = nil
    ) throws -> IngestPaper {
        let words = Evidence(source: .title, start: 0, end: (evidence ?? title).utf8.count, text: evidence ?? title)
        var records = ExtractedRecords()
        records.claims = [
            ExtractedClaim(
                value: try #require(ExactDecimal(value)),
                unit: "percent",
                kind: .score,
                bound: bound,
                metric: "accuracy",
                benchmarks: ["GSM8K"],
                subject: subject,
                evidence: words,
                confidence: confidence,
                rules: ["test"]
            )
        ]
        records.links = links.map { Link(url: $0, kind: .code, evidence: words, confidence: 0.9) }
        let paper = Paper(
            title: title,
            abstract: "Some words of \(title).",
            published: date.flatMap { PublicationDate($0) }
        )
        return IngestPaper(
            paper: paper,
            records: records,
            extractor: ExtractorVersion(name: "rules", version: "1.0.0")
        )
    }
}
