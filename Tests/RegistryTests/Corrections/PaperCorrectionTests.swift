import Claims
import Formats
import Postgres
import Testing

@testable import Registry

/// Papers as wholes: their abstracts corrected, and they themselves taken back and restored.
@Suite struct PaperCorrectionTests {
    /// The fixture with a reader that finds every decimal before a percent sign.
    private static func withReader(_ body: (CorrectionFixture) async throws -> Void) async throws {
        try await CorrectionFixture.with { fixture in
            var registry = fixture.registry
            registry.reader = { _, abstract in
                var records = ExtractedRecords()
                for match in abstract.matches(of: /([0-9]+\.[0-9]+)% [a-z]+ on GSM8K/) {
                    guard let value = ExactDecimal(String(match.output.1)) else { continue }
                    let start = abstract.utf8.distance(from: abstract.startIndex, to: match.range.lowerBound)
                    let words = String(match.output.0)
                    records.claims.append(
                        ExtractedClaim(
                            value: value,
                            unit: "percent",
                            kind: .score,
                            metric: "accuracy",
                            benchmarks: ["GSM8K"],
                            subject: "Owl",
                            evidence: Evidence(
                                source: .abstract,
                                start: start,
                                end: start + words.utf8.count,
                                text: words
                            ),
                            confidence: 0.9
                        )
                    )
                }
                return (records, ExtractorVersion(name: "rules", version: "1.0.0"))
            }
            try await body(fixture.over(registry))
        }
    }

    private static func patch(_ abstract: String) -> String {
        JSONNode.object([("abstract", .string(abstract))]).text
    }

    @Test func `a corrected abstract is read anew, stays when the old one is brought again, and goes by a revert`()
        async throws
    {
        try await Self.withReader { fixture in
            let before = try await fixture.fields(.claim, 1)
            let length = try await fixture.logLength()
            let text = "At last Owl reaches 78.37% accuracy on GSM8K; Ox has 81.0% accuracy on GSM8K."
            let correction = try await fixture.correct(.update, .id(.paper, 1), Self.patch(text))
            #expect(try await fixture.logLength() == length + 2)
            // The claim found again keeps its id and has its evidence where it stands now; the other one is new.
            #expect(try await fixture.values("gsm8k") == ["81.0"])
            try await Self.expectEvidence(of: 1, in: fixture)
            let paper = try #require(try await fixture.registry.paper(1))
            #expect(paper.paper.abstract == text && paper.claims.map(\.claim.value.description) == ["78.37", "81.0"])
            #expect(paper.claims.first?.id == 1 && paper.claims.allSatisfy { $0.status == .active })
            #expect(paper.setBy.contains("\"abstract\""))
            #expect(paper.links.map(\.status) == [.retired] && paper.sotaClaims.map(\.status) == [.retired])

            let outcomes = try await fixture.registry.ingest(try CorrectionFixture.papers(extractor: "2.0.0"))
            #expect(outcomes.first?.result == .unchanged)
            #expect(try await fixture.values("gsm8k") == ["81.0"])

            try await fixture.revert(correction.id)
            #expect(try await fixture.values("gsm8k") == ["78.37"])
            #expect(try await fixture.fields(.claim, 1)["value"] == before["value"])
            #expect(try await fixture.registry.paper(1)?.paper.abstract == CorrectionFixture.abstract)
            #expect(try await fixture.registry.paper(1)?.setBy == "{}")
        }
    }

    @Test func `what people have set stays through a corrected abstract, its evidence where it is true`() async throws {
        try await Self.withReader { fixture in
            try await fixture.correct(.update, .id(.claim, 1), #"{"subject": "Big Owl", "bound": "about"}"#)
            try await fixture.correct(.update, .id(.link, 1), #"{"kind": "project"}"#)
            let text = "Here Owl reaches 78.37% accuracy on GSM8K. Some more: https://example.org/owl"
            try await fixture.correct(.update, .id(.paper, 1), Self.patch(text))
            let claim = try await fixture.fields(.claim, 1)
            #expect(claim["subject"] == .string("Big Owl") && claim["bound"] == .string("about"))
            // The link is not found by the new reading, and a person has touched it: it stays.
            let link = try await fixture.fields(.link, 1)
            #expect(link["evidence"] == .string("Some"))
            #expect(link["status"] == .string("active") && link["kind"] == .string("project"))
            try await Self.expectEvidence(of: 1, in: fixture)
        }
    }

    @Test func `an abstract in which set evidence would not stand does not fit, then and later`() async throws {
        try await Self.withReader { fixture in
            let text = Self.patch("Owl reaches 81.0% accuracy on GSM8K.")
            let open = try await fixture.propose(.update, .id(.paper, 1), text)
            try await fixture.correct(.update, .id(.claim, 1), #"{"evidence": "78.37% accuracy"}"#)
            let places = try await CorrectionRefused.places {
                _ = try await fixture.propose(.update, .id(.paper, 1), text)
            }
            #expect(places == ["/patch/abstract"])
            let length = try await fixture.logLength()
            guard
                case .conflicted(let kept, let fields) = try await fixture.registry.acceptCorrection(
                    open.id,
                    by: fixture.bob
                )
            else {
                Issue.record("no conflict")
                return
            }
            #expect(kept.state == .conflicted && fields.map(\.name) == ["abstract"])
            #expect(fields.first?.isConflict == true && fields.first?.detail?.contains("claim 1") == true)
            // Nothing of the attempt is left.
            #expect(try await fixture.logLength() == length + 1)
            #expect(try await fixture.values("gsm8k") == ["78.37"])
            #expect(try await fixture.registry.paper(1)?.paper.abstract == CorrectionFixture.abstract)
            let report = try #require(try await fixture.registry.correctionReport(open.id))
            #expect(report.fields.first?.isConflict == true && report.fields.first?.detail != nil)
        }
    }

    @Test func `an abstract cannot be made another paper's, nor blank`() async throws {
        try await Self.withReader { fixture in
            let other = try #require(try await fixture.registry.paper(2))
            let patch = JSONNode.object([
                ("title", .string(other.paper.title)), ("abstract", .string(other.paper.abstract)),
            ]).text
            #expect(
                try await CorrectionRefused.places { _ = try await fixture.propose(.update, .id(.paper, 1), patch) }
                    == ["/patch/title"]
            )
            #expect(
                try await CorrectionRefused.places {
                    _ = try await fixture.propose(.update, .id(.paper, 1), Self.patch(" "))
                } == ["/patch/abstract"]
            )
        }
    }

    @Test func `a retracted paper counts nowhere, stays so, and is restored as it was`() async throws {
        try await Self.withReader { fixture in
            let registry = fixture.registry
            // Of the records one is retracted by itself, and one restored: that is theirs, whatever becomes of the paper.
            try await fixture.correct(.retract, .id(.link, 1))
            try await fixture.correct(.retract, .id(.sotaClaim, 1))
            try await fixture.correct(.restore, .id(.sotaClaim, 1))
            let before = try #require(try await registry.paper(1))
            let then = try await fixture.logLength()
            let length = then
            let retraction = try await fixture.correct(.retract, .id(.paper, 1))
            #expect(try await fixture.logLength() == length + 2)

            let gone = try #require(try await registry.paper(1))
            #expect(gone.status == .retracted && gone.claims.map(\.status) == [.retracted])
            #expect(try await fixture.values("gsm8k").isEmpty)
            #expect(try await registry.sota(BoardQuery(benchmark: "gsm8k")).statements.isEmpty)
            #expect(try await registry.benchmark("gsm8k")?.claimCount == 0)
            #expect(try await registry.model("owl")?.sizes.isEmpty == true)
            #expect(try await registry.papers(PaperQuery()).page.items.map(\.paper.id) == [2])
            var retracted = PaperQuery()
            retracted.status = .retracted
            #expect(try await registry.papers(retracted).page.items.map(\.paper.id) == [1])

            // As of before, all of it is there.
            var query = BoardQuery(benchmark: "gsm8k")
            query.asOf = .position(then)
            #expect(try await registry.leaderboard(query).entries.count == 1)
            var list = PaperQuery()
            list.asOf = .position(then)
            #expect(try await registry.papers(list).page.items.map(\.paper.id) == [2, 1])
            #expect(try await registry.paper(1, asOf: .position(then)).paper?.status == .active)

            // No reading brings it back, nor any part of it.
            var again = try CorrectionFixture.papers(extractor: "2.0.0")
            again[0].paper.abstract += " And 99.9% accuracy on GSM8K."
            #expect(try await registry.ingest(again).map(\.result) == [.unchanged, .updated])
            let version = ExtractorVersion(name: "rules", version: "3.0.0")
            var walk = try await registry.beginReextraction(by: version, scope: .outdated)
            #expect(walk.count == 1)
            #expect(try await registry.nextPapers(of: &walk, limit: 10).map(\.id) == [2])
            #expect(try await fixture.values("gsm8k").isEmpty)
            for (operation, target, patch, place) in [
                (CorrectionOperation.restore, CorrectionTarget.id(.claim, 1), "{}", "/target"),
                (.create, .new(.link), #"{"paper": 1, "url": "https://a.org", "kind": "code"}"#, "/patch/paper"),
                (.update, .id(.paper, 1), Self.patch("Words."), "/patch/abstract"),
                (.retract, .id(.paper, 1), "{}", "/operation"),
            ] {
                let places = try await CorrectionRefused.places {
                    _ = try await fixture.propose(operation, target, patch, source: "https://example.org/x")
                }
                #expect(places == [place])
            }

            try await fixture.revert(retraction.id)
            let after = try #require(try await registry.paper(1))
            #expect(after.status == .active && after.setBy == before.setBy)
            #expect(after.claims.map(\.status) == before.claims.map(\.status))
            #expect(after.links.map(\.status) == [.retracted] && after.links.map(\.setBy) == before.links.map(\.setBy))
            #expect(after.sotaClaims.map(\.setBy) == before.sotaClaims.map(\.setBy))
            #expect(after.claims.map(\.setBy) == ["{}"])
            #expect(try await fixture.values("gsm8k") == ["78.37"])
            #expect(try await registry.benchmark("gsm8k")?.claimCount == 1)
            #expect(try await registry.model("owl")?.sizes.count == 1)
        }
    }

    @Test func `a retracted paper takes along what its reading no longer finds, and gives it back as it was`()
        async throws
    {
        try await Self.withReader { fixture in
            let registry = fixture.registry
            try await fixture.correct(.update, .id(.paper, 1), Self.patch("Owl reaches 81.0% accuracy on GSM8K."))
            // A board on which nothing counts is not chosen.
            try await fixture.correct(.update, .id(.paper, 2), Self.patch("Owl reaches 50.0% accuracy on GSM8K."))
            let before = try #require(try await registry.paper(1))
            #expect(before.claims.map(\.status.rawValue).sorted() == ["active", "retired"])
            #expect(try await Self.count(.retired, in: registry) == 1)

            let retraction = try await fixture.correct(.retract, .id(.paper, 1))
            let gone = try #require(try await registry.paper(1))
            #expect(gone.claims.map(\.status) == [.retracted, .retracted] && gone.links.map(\.status) == [.retracted])
            let counts = try await [Self.count(.retired, in: registry), Self.count(.retracted, in: registry)]
            #expect(counts == [0, 2])

            try await fixture.revert(retraction.id)
            let after = try #require(try await registry.paper(1))
            #expect(after.claims.map(\.status) == before.claims.map(\.status))
            #expect(after.claims.map(\.setBy) == before.claims.map(\.setBy))
            #expect(after.links.map(\.status) == [.retired])
            #expect(try await Self.count(.retired, in: registry) == 1)
        }
    }

    /// How many claims of a status stand on the board of GSM8K.
    private static func count(_ status: BoardStatus, in registry: Registry) async throws -> Int {
        var query = BoardQuery(benchmark: "gsm8k")
        query.status = status
        return try await registry.leaderboard(query).entries.count
    }

    @Test func `what came to a paper between two retractions is restored, too`() async throws {
        try await CorrectionFixture.with { fixture in
            let registry = fixture.registry
            try await fixture.correct(.retract, .id(.paper, 1))
            let restoration = try await fixture.correct(.restore, .id(.paper, 1))
            let link = #"{"paper": 1, "url": "https://a.org", "kind": "code"}"#
            try await fixture.correct(.create, .new(.link), link, source: "https://example.org/x")
            // Retracted again by the first retraction, of which the new link has no revision.
            try await fixture.revert(restoration.id)
            #expect(try await registry.paper(1)?.links.map(\.status) == [.retracted, .retracted])
            try await fixture.correct(.restore, .id(.paper, 1))
            #expect(try await registry.paper(1)?.links.map(\.status) == [.active, .active])
            #expect(try await registry.paper(1)?.claims.map(\.status) == [.active])
        }
    }

    @Test func `a paper retracted while it is read anew stays retracted`() async throws {
        try await Self.withReader { fixture in
            let registry = fixture.registry
            let version = ExtractorVersion(name: "rules", version: "2.0.0")
            var walk = try await registry.beginReextraction(by: version, scope: .outdated)
            let papers = try await registry.nextPapers(of: &walk, limit: 10)
            try await fixture.correct(.retract, .id(.paper, 1))
            let readings = papers.map { PaperReadAnew(paper: $0, records: ExtractedRecords()) }
            let outcomes = try await registry.keep(readings, readBy: version)
            #expect(outcomes.map(\.result) == [.unchanged, .updated])
            #expect(try await registry.paper(1)?.claims.map(\.status) == [.retracted])
        }
    }

    /// Makes sure that all evidence stands where it says.
    private static func expectEvidence(of paper: Int64, in fixture: CorrectionFixture) async throws {
        let found = try #require(try await fixture.registry.paper(paper))
        let evidence =
            found.claims.map(\.claim.evidence) + found.links.map(\.reading.evidence)
            + found.sotaClaims.map(\.reading.evidence) + found.benchmarks.map(\.reading.evidence)
            + found.modelSizes.map(\.reading.evidence)
        for words in evidence where !words.text.isEmpty {
            let text = Array((words.source == .title ? found.paper.title : found.paper.abstract).utf8)
            #expect(words.end <= text.count)
            #expect(Array(text[words.start..<words.end]) == Array(words.text.utf8))
        }
    }
}
