import Claims
import Formats
import Postgres
import Testing

@testable import Registry

@Suite struct CorrectionApplyingTests {
    /// A change of one record, and what it is to be afterwards.
    struct Change: Sendable, CustomTestStringConvertible {
        var type: RecordType
        var patch: String
        var after: String
        var testDescription: String { "\(type.rawValue) \(patch)" }
    }

    @Test(arguments: [
        Change(type: .claim, patch: #"{"value": "78.73"}"#, after: #"{"value": "78.73"}"#),
        Change(type: .claim, patch: #"{"value_high": "80.1"}"#, after: #"{"value_high": "80.1"}"#),
        Change(type: .claim, patch: #"{"unit": "points"}"#, after: #"{"unit": "points"}"#),
        Change(
            type: .claim,
            patch: #"{"kind": "change", "relative": true, "baseline": "Fox"}"#,
            after: #"{"kind": "change", "relative": true, "baseline": "Fox"}"#
        ),
        Change(type: .claim, patch: #"{"bound": "up_to"}"#, after: #"{"bound": "up_to"}"#),
        Change(type: .claim, patch: #"{"aggregate": "average"}"#, after: #"{"aggregate": "average"}"#),
        Change(type: .claim, patch: #"{"metric": "F1"}"#, after: #"{"metric": "F1"}"#),
        Change(type: .claim, patch: #"{"metric": {"slug": "exact-match"}}"#, after: #"{"metric": "exact match"}"#),
        Change(type: .claim, patch: #"{"metric": null}"#, after: #"{"metric": null}"#),
        Change(
            type: .claim,
            patch: #"{"benchmarks": ["GSM8K", "Brand-New"]}"#,
            after: #"{"benchmarks": ["GSM8K", "Brand-New"]}"#
        ),
        Change(type: .claim, patch: #"{"benchmarks": []}"#, after: #"{"benchmarks": []}"#),
        Change(type: .claim, patch: #"{"subject": "Eagle"}"#, after: #"{"subject": "Eagle", "model": "eagle"}"#),
        Change(type: .claim, patch: #"{"model": {"slug": "fox"}}"#, after: #"{"model": "fox", "subject": "Owl"}"#),
        Change(
            type: .claim,
            patch: #"{"evidence": "beats Fox by 2 points"}"#,
            after: #"{"evidence": "beats Fox by 2 points"}"#
        ),
        Change(
            type: .claim,
            patch: #"{"evidence": "Owl", "evidence_in": "title"}"#,
            after: #"{"evidence": "Owl", "evidence_in": "title"}"#
        ),
        Change(
            type: .sotaClaim,
            patch: #"{"strength": "matches", "benchmarks": ["GSM-8000"]}"#,
            after: #"{"strength": "matches", "benchmarks": ["GSM-8000"]}"#
        ),
        Change(
            type: .modelSize,
            patch: #"{"parameters": 8000000000, "bound": "about", "model": "Owl-XL"}"#,
            after: #"{"parameters": 8000000000, "bound": "about", "model": "Owl-XL"}"#
        ),
        Change(
            type: .link,
            patch: #"{"kind": "data", "url": "https://example.org/data"}"#,
            after: #"{"kind": "data", "url": "https://example.org/data"}"#
        ),
        Change(
            type: .paperBenchmark,
            patch:
                #"{"role": "introduced", "counts": [{"count": 1319, "of": "problems"}], "full_name": "Grade School Math"}"#,
            after:
                #"{"role": "introduced", "counts": [{"count": 1319, "of": "problems"}], "full_name": "Grade School Math"}"#
        ),
        Change(
            type: .paperBenchmark,
            patch: #"{"benchmark": {"slug": "gsm-8000"}}"#,
            after: #"{"benchmark": "gsm-8000"}"#
        ),
        Change(
            type: .paper,
            patch:
                #"{"title": "Owls", "published": "2025-02-03", "url": "https://example.org/p", "identifiers": ["doi:10.1000/182"]}"#,
            after:
                #"{"title": "Owls", "published": "2025-02-03", "url": "https://example.org/p", "identifiers": ["doi:10.1000/182"]}"#
        ),
        Change(type: .paper, patch: #"{"published": null}"#, after: #"{"published": null}"#),
        Change(
            type: .benchmark,
            patch:
                #"{"name": "GSM 8K", "description": "School maths", "kind": "dataset", "url": "https://example.org/b"}"#,
            after: #"{"name": "GSM 8K", "description": "School maths", "kind": "dataset", "slug": "gsm8k"}"#
        ),
        Change(type: .benchmark, patch: #"{"aliases": ["Grade-School"]}"#, after: #"{"aliases": ["Grade-School"]}"#),
        Change(type: .benchmark, patch: #"{"slug": "grade-school-math"}"#, after: #"{"slug": "grade-school-math"}"#),
        Change(
            type: .metric,
            patch: #"{"direction": "lower", "usual_unit": "points"}"#,
            after: #"{"direction": "lower", "usual_unit": "points"}"#
        ),
        Change(type: .model, patch: #"{"name": "Owl 2"}"#, after: #"{"name": "Owl 2", "aliases": ["Owl"]}"#),
    ])
    func `a field is corrected, stays so when its paper is read anew, and comes back by a revert`(
        change: Change
    ) async throws {
        try await CorrectionFixture.with { fixture in
            let id = change.type.nameKind == nil && change.type != .paper ? try await fixture.only(change.type) : 1
            let before = try await fixture.fields(change.type, id)
            let length = try await fixture.logLength()
            let proposed = try await fixture.propose(.update, .id(change.type, id), change.patch)
            #expect(try await fixture.fields(change.type, id) == before)
            #expect(try await fixture.logLength() == length + 1)
            _ = try await fixture.registry.acceptCorrection(proposed.id, by: fixture.bob)
            #expect(try await fixture.logLength() == length + 2)
            let expected = try JSONParser.parse(Array(change.after.utf8))
            var after = try await fixture.fields(change.type, id)
            for name in expected.memberNames { #expect(after[name] == expected[name], "\(name)") }

            let records = try await fixture.database.value("SELECT count(*) FROM claim", as: Int.self)
            _ = try await fixture.registry.ingest(try CorrectionFixture.papers(extractor: "2.0.0"))
            after = try await fixture.fields(change.type, id)
            for name in expected.memberNames { #expect(after[name] == expected[name], "\(name) read anew") }
            #expect(try await fixture.database.value("SELECT count(*) FROM claim", as: Int.self) == records)

            let reverted = try await fixture.revert(proposed.id)
            #expect(reverted.reverts == proposed.id && reverted.state == .accepted)
            #expect(try await fixture.fields(change.type, id) == before)
            // What takes something back can be taken back as well.
            try await fixture.revert(reverted.id, by: fixture.bob)
            let again = try await fixture.fields(change.type, id)
            for name in expected.memberNames { #expect(again[name] == expected[name], "\(name) again") }
        }
    }

    @Test(arguments: [RecordType.claim, .sotaClaim, .modelSize, .link, .paperBenchmark])
    func `a record is retracted for good, and restored`(type: RecordType) async throws {
        try await CorrectionFixture.with { fixture in
            let id = try await fixture.only(type)
            let retracted = try await fixture.correct(.retract, .id(type, id))
            #expect(try await fixture.fields(type, id)["status"] == .string("retracted"))
            _ = try await fixture.registry.ingest(try CorrectionFixture.papers(extractor: "2.0.0"))
            #expect(try await fixture.fields(type, id)["status"] == .string("retracted"))
            if type == .claim { #expect(try await fixture.values("gsm8k").isEmpty) }
            let restored = try await fixture.correct(.restore, .id(type, id))
            #expect(try await fixture.fields(type, id)["status"] == .string("active"))
            try await fixture.revert(restored.id)
            #expect(try await fixture.fields(type, id)["status"] == .string("retracted"))
            try await fixture.revert(retracted.id)
            #expect(try await fixture.fields(type, id)["status"] == .string("active"))
            if type == .claim { #expect(try await fixture.values("gsm8k") == ["78.37"]) }
        }
    }

    @Test(arguments: [
        (
            RecordType.claim,
            #"{"paper": 1, "value": "2", "unit": "points", "kind": "change", "evidence": "beats Fox by 2 points"}"#
        ),
        (.sotaClaim, #"{"paper": 1, "strength": "sets", "benchmarks": ["GSM8K"], "evidence": "beats Fox"}"#),
        (.modelSize, #"{"paper": 1, "parameters": 7000, "model": "Owl-S", "evidence": "Owl"}"#),
        (.link, #"{"paper": 1, "url": "https://example.org/owl2", "kind": "code", "evidence": "Code"}"#),
        (.paperBenchmark, #"{"paper": 1, "name": "New-Bench", "role": "mentioned", "evidence": "GSM8K"}"#),
        (.benchmark, #"{"name": "New-Bench", "aliases": ["NB"], "description": "new"}"#),
        (.metric, #"{"name": "Hits at 3", "direction": "higher"}"#),
        (.model, #"{"name": "Raven"}"#),
    ])
    func `a missing record is made, survives a new reading, and is retracted by a revert`(
        type: RecordType,
        patch: String
    ) async throws {
        try await CorrectionFixture.with { fixture in
            let length = try await fixture.logLength()
            let correction = try await fixture.correct(.create, .new(type), patch)
            #expect(try await fixture.logLength() == length + 2)
            let id = try #require(correction.targetID)
            let expected = try JSONParser.parse(Array(patch.utf8))
            _ = try await fixture.registry.ingest(try CorrectionFixture.papers(extractor: "2.0.0"))
            let fields = try await fixture.fields(type, id)
            for name in expected.memberNames where name != "paper" {
                #expect(fields[name] == expected[name], "\(name)")
            }
            #expect(fields["status"] == .string("active"))
            try await fixture.revert(correction.id)
            #expect(try await fixture.fields(type, id)["status"] == .string("retracted"))
        }
    }

    @Test func `evidence from elsewhere takes a source`() async throws {
        try await CorrectionFixture.with { fixture in
            let patch =
                #"{"paper": 1, "value": "81", "unit": "percent", "kind": "score", "metric": "accuracy", "benchmarks": ["GSM8K"], "subject": "Owl"}"#
            let places = try await CorrectionRefused.places {
                _ = try await fixture.propose(.create, .new(.claim), patch)
            }
            #expect(places == ["/patch/evidence"])
            let correction = try await fixture.correct(
                .create,
                .new(.claim),
                patch,
                source: "https://example.org/table"
            )
            let claim = try await fixture.registry.claim(try #require(correction.targetID))
            #expect(claim?.claim.evidence.text == "" && claim?.extractor.name == "people")
            #expect(SetBy(claim?.setBy ?? "")["value"]?["correction"] == .number(String(correction.id)))
            #expect(try await fixture.values("gsm8k") == ["81"])
        }
    }

    @Test func `a correction shows on boards, counts and cards at once`() async throws {
        try await CorrectionFixture.with { fixture in
            let claim = try await fixture.only(.claim, paper: 2)
            #expect(try await fixture.values("gsm8k") == ["78.37"])
            let moved = try await fixture.correct(
                .update,
                .id(.claim, claim),
                #"{"benchmarks": ["GSM8K"], "metric": "accuracy"}"#
            )
            #expect(try await fixture.values("gsm8k") == ["80.0", "78.37"])
            #expect(try await fixture.registry.benchmark("gsm8k")?.claimCount == 2)
            #expect(try await fixture.registry.benchmark("gsm-8000")?.claimCount == 0)
            let turned = try await fixture.correct(.update, .name(.metric, "accuracy"), #"{"direction": "lower"}"#)
            #expect(try await fixture.values("gsm8k") == ["78.37", "80.0"])
            try await fixture.revert(turned.id)
            #expect(try await fixture.values("gsm8k") == ["80.0", "78.37"])
            try await fixture.revert(moved.id)
            #expect(try await fixture.values("gsm8k") == ["78.37"])
        }
    }

    @Test func `an alias of a person is found at the next extraction`() async throws {
        try await CorrectionFixture.with { fixture in
            let alias = try await fixture.correct(.alias, .name(.benchmark, "gsm8k"), #"{"aliases": ["Schoolmath"]}"#)
            let names = try await fixture.registry.provenNames()
            #expect(names.contains(ProvenName(name: "Schoolmath", isSetByPerson: true)))
            #expect(try await fixture.registry.benchmark("schoolmath")?.benchmark.slug == "gsm8k")
            let paper = Sample.paper("New", claims: [try Sample.claim("90", on: ["Schoolmath"], by: "Kite")])
            _ = try await fixture.registry.ingest([paper])
            #expect(try await fixture.values("gsm8k") == ["90", "78.37"])
            try await fixture.revert(alias.id)
            #expect(try await fixture.registry.benchmark("schoolmath") == nil)
        }
    }

    @Test(arguments: [
        (RecordType.benchmark, "gsm-8000", "gsm8k"), (.metric, "exact-match", "accuracy"), (.model, "fox", "owl"),
    ])
    func `two names become one, the old one leads on for ever, and a revert parts them again`(
        type: RecordType,
        from: String,
        into: String
    ) async throws {
        try await CorrectionFixture.with { fixture in
            let kind = try #require(type.nameKind)
            let claim = try await fixture.only(.claim, paper: 2)
            let before = try await fixture.registry.claim(claim)
            let length = try await fixture.logLength()
            let merged = try await fixture.correct(.merge, .name(type, from), #"{"merged_into": "\#(into)"}"#)
            #expect(try await fixture.logLength() == length + 2)
            let found = try await fixture.registry.find(kind, from)
            #expect(found?.slug == into && found?.isRedirect == true)
            let both = try await fixture.registry.claims(query(type, into)).items.count
            #expect(both == 2)
            // Who names it by the old name afterwards means the other.
            let later = Sample.paper(
                "Later",
                claims: [
                    try Sample.claim(
                        "85",
                        metric: type == .metric ? "exact match" : "accuracy",
                        on: [type == .benchmark ? "GSM-8000" : "GSM8K"],
                        by: type == .model ? "Fox" : "Kite"
                    )
                ]
            )
            _ = try await fixture.registry.ingest([later])
            #expect(try await fixture.registry.claims(query(type, into)).items.count == 3)
            try await fixture.revert(merged.id)
            let after = try await fixture.registry.claim(claim)
            #expect(after?.benchmarks == before?.benchmarks && after?.metric == before?.metric)
            #expect(after?.model == before?.model)
            #expect(try await fixture.registry.find(kind, from)?.isRedirect == false)
            #expect(try await fixture.registry.claims(query(type, from)).items.count == 2)
            #expect(try await fixture.registry.claims(query(type, into)).items.count == 1)
        }
    }

    private func query(_ type: RecordType, _ name: String) -> ClaimQuery {
        var query = ClaimQuery()
        switch type {
        case .benchmark: query.benchmark = name
        case .metric: query.metric = name
        default: query.model = name
        }
        return query
    }

    @Test func `merges may follow each other, and every old name leads to the last one`() async throws {
        try await CorrectionFixture.with { fixture in
            try await fixture.correct(.create, .new(.benchmark), #"{"name": "Third"}"#)
            let first = try await fixture.correct(.merge, .name(.benchmark, "gsm-8000"), #"{"merged_into": "gsm8k"}"#)
            try await fixture.correct(.merge, .name(.benchmark, "gsm8k"), #"{"merged_into": "third"}"#)
            #expect(try await fixture.registry.find(.benchmark, "gsm-8000")?.slug == "third")
            #expect(try await fixture.values("third", metric: "accuracy") == ["78.37"])
            try await fixture.revert(first.id)
            #expect(try await fixture.registry.find(.benchmark, "gsm-8000")?.slug == "gsm-8000")
            #expect(try await fixture.values("gsm-8000") == ["80.0"])
        }
    }

    @Test func `a slug that was in use leads on for ever`() async throws {
        try await CorrectionFixture.with { fixture in
            try await fixture.correct(.update, .name(.benchmark, "gsm8k"), #"{"slug": "grade-school"}"#)
            #expect(try await fixture.registry.find(.benchmark, "gsm8k")?.slug == "grade-school")
            let places = try await CorrectionRefused.places {
                _ = try await fixture.propose(.update, .name(.benchmark, "gsm-8000"), #"{"slug": "gsm8k"}"#)
            }
            #expect(places == ["/patch/slug"])
        }
    }
}
