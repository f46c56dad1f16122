import Claims
import Formats
import Postgres
import Testing

@testable import Registry

/// Corrections whose target moved on in a way that no field tells: they become conflicted, and say by what.
@Suite struct CorrectionMisfitTests {
    /// Something that comes in between.
    struct Meanwhile: Sendable, CustomTestStringConvertible {
        var open: (CorrectionOperation, CorrectionTarget, String)
        var between: (CorrectionOperation, CorrectionTarget, String)
        var field: String
        var testDescription: String { "\(open) behind \(between)" }
    }

    static let cases = [
        Meanwhile(
            open: (.merge, .name(.benchmark, "gsm8k"), #"{"merged_into": "gsm-8000"}"#),
            between: (.merge, .name(.benchmark, "gsm-8000"), #"{"merged_into": "gsm8k"}"#),
            field: "merged_into"
        ),
        Meanwhile(
            open: (.merge, .name(.model, "owl"), #"{"merged_into": "fox"}"#),
            between: (.retract, .name(.model, "fox"), "{}"),
            field: "merged_into"
        ),
        Meanwhile(
            open: (.alias, .name(.metric, "accuracy"), #"{"aliases": ["Rightness"]}"#),
            between: (.alias, .name(.metric, "exact-match"), #"{"aliases": ["Rightness"]}"#),
            field: "aliases"
        ),
        Meanwhile(
            open: (.update, .id(.paper, 1), #"{"identifiers": ["doi:10.1000/1"]}"#),
            between: (.update, .id(.paper, 2), #"{"identifiers": ["doi:10.1000/1"]}"#),
            field: "identifiers"
        ),
        Meanwhile(
            open: (.retract, .id(.claim, 1), "{}"),
            between: (.retract, .id(.claim, 1), "{}"),
            field: "status"
        ),
        Meanwhile(
            open: (.update, .id(.claim, 1), #"{"benchmarks": ["GSM8K", "GSM-8000"]}"#),
            between: (.merge, .name(.benchmark, "gsm-8000"), #"{"merged_into": "gsm8k"}"#),
            field: "benchmarks"
        ),
    ]

    @Test(arguments: cases)
    func `what does not fit any more becomes conflicted, and tells by what`(meanwhile: Meanwhile) async throws {
        try await CorrectionFixture.with { fixture in
            let open = try await fixture.propose(meanwhile.open.0, meanwhile.open.1, meanwhile.open.2)
            try await fixture.correct(meanwhile.between.0, meanwhile.between.1, meanwhile.between.2)
            let length = try await fixture.logLength()
            let outcome = try await fixture.registry.acceptCorrection(open.id, by: fixture.bob)
            guard case .conflicted(let kept, let fields) = outcome else {
                Issue.record("no conflict")
                return
            }
            #expect(kept.state == .conflicted && kept.revision == 2)
            let told = try #require(fields.first { $0.name == meanwhile.field })
            #expect(told.isConflict && told.detail != nil)
            #expect(try await fixture.logLength() == length + 1)
            let report = try #require(try await fixture.registry.correctionReport(open.id))
            #expect(report.fields == fields)
            // It waits for nobody but its proposer.
            let query = CorrectionQuery(state: .open)
            #expect(try await fixture.registry.corrections(query).items.isEmpty)
            #expect(
                try await RegistryError.code {
                    try await fixture.registry.acceptCorrection(open.id, by: fixture.cat)
                } == .conflict
            )
            // As long as nothing changes it cannot be brought back, either.
            #expect(
                try await CorrectionRefused.places {
                    _ = try await fixture.registry.rebaseCorrection(open.id, by: fixture.ann)
                }?.isEmpty == false
            )
            #expect(try await fixture.registry.withdrawCorrection(open.id, by: fixture.ann).state == .withdrawn)
        }
    }

    @Test func `a circular merge can be rebased to another`() async throws {
        try await CorrectionFixture.with { fixture in
            let open = try await fixture.propose(.merge, .name(.model, "owl"), #"{"merged_into": "fox"}"#)
            try await fixture.correct(.create, .new(.model), #"{"name": "Bird"}"#)
            try await fixture.correct(.merge, .name(.model, "fox"), #"{"merged_into": "owl"}"#)
            _ = try await fixture.registry.acceptCorrection(open.id, by: fixture.bob)
            let patch = JSONNode.object([("merged_into", .string("bird"))])
            let rebased = try await fixture.registry.rebaseCorrection(open.id, patch: patch, by: fixture.ann)
            #expect(rebased.state == .open)
            #expect(try await fixture.registry.correctionReport(open.id)?.fields.contains(where: \.isConflict) == false)
            guard case .applied = try await fixture.registry.acceptCorrection(open.id, by: fixture.bob) else {
                Issue.record("not applied")
                return
            }
            #expect(try await fixture.registry.model("fox")?.model.slug == "bird")
        }
    }

    @Test func `a revert that does not fit is refused, and nothing is kept`() async throws {
        try await CorrectionFixture.with { fixture in
            let made = try await fixture.correct(.update, .id(.paper, 1), #"{"identifiers": ["doi:10.1000/1"]}"#)
            try await fixture.correct(.update, .id(.paper, 2), #"{"identifiers": ["arxiv:2501.00001"]}"#)
            let length = try await fixture.logLength()
            let places = try await CorrectionRefused.places { try await fixture.revert(made.id) }
            #expect(places == ["/patch/identifiers/0"])
            #expect(try await fixture.logLength() == length)
            #expect(try await fixture.registry.corrections(CorrectionQuery()).items.count == 2)
        }
    }

    @Test(arguments: [
        (RecordType.benchmark, "gsm-8000", "gsm8k"), (.metric, "exact-match", "accuracy"), (.model, "fox", "owl"),
    ])
    func `who names what was merged away is told what it is now, and nothing is proposed`(
        type: RecordType,
        old: String,
        holder: String
    ) async throws {
        try await CorrectionFixture.with { fixture in
            try await fixture.correct(.merge, .name(type, old), #"{"merged_into": "\#(holder)"}"#)
            let length = try await fixture.logLength()
            do {
                _ = try await fixture.propose(.retract, .name(type, old))
                Issue.record("not refused")
            } catch let refused as CorrectionRefused {
                #expect(refused.faults.map(\.pointer) == ["/target/slug"])
                #expect(refused.faults.first?.detail.contains(" \(holder):") == true)
            }
            #expect(try await fixture.logLength() == length)
            // A name that the holder goes by is no such thing.
            let name = try await fixture.fields(type, try await fixture.id(type, holder)).strings("aliases").first
            let alias = try #require(name)
            let proposed = try await fixture.propose(.alias, .name(type, alias), #"{"aliases": ["Xyz"]}"#)
            #expect(proposed.targetSlug == holder)
        }
    }

    @Test(arguments: [
        (#"{"benchmarks": ["GSM8K", "MATH", "gsm8k"]}"#, ["/patch/benchmarks/2"]),
        (#"{"benchmarks": ["GSM8K", {"slug": "gsm8k"}]}"#, ["/patch/benchmarks/1"]),
        (#"{"benchmarks": [{"slug": "gsm8k"}, {"slug": "gsm8k"}]}"#, ["/patch/benchmarks/1"]),
        (#"{"benchmarks": ["New One", "new one"]}"#, ["/patch/benchmarks/1"]),
        (#"{"subject": "Big\nOwl"}"#, ["/patch/subject"]),
        (#"{"benchmarks": ["GSM\u00078K"]}"#, ["/patch/benchmarks/0", "/patch/benchmarks/0"]),
        (#"{"metric": {"slug": "a\tb"}}"#, ["/patch/metric/slug"]),
        (#"{"baseline": "Fox\u009b"}"#, ["/patch/baseline"]),
    ])
    func `a benchmark twice, and control characters, are refused by their place`(
        patch: String,
        expected: [String]
    ) async throws {
        try await CorrectionFixture.with { fixture in
            let length = try await fixture.logLength()
            let places = try await CorrectionRefused.places {
                _ = try await fixture.propose(.update, .id(.claim, 1), patch)
            }
            #expect(places.map(Set.init) == Set(expected))
            #expect(try await fixture.logLength() == length)
        }
    }

    @Test(arguments: ["a\u{0}b", "a\u{1B}[31m", "a\rb", "a\u{7F}", "a\u{85}b"])
    func `reasons and comments have no control characters but line breaks and tabs`(text: String) async throws {
        try await CorrectionFixture.with { fixture in
            let open = try await fixture.propose(.retract, .id(.claim, 1))
            let length = try await fixture.logLength()
            let registry = fixture.registry
            let draft = CorrectionDraft(.retract, .id(.link, 1), reason: text)
            #expect(
                try await CorrectionRefused.places { _ = try await registry.propose(draft, by: fixture.ann) }
                    == ["/reason"]
            )
            #expect(
                try await CorrectionRefused.places {
                    _ = try await registry.rejectCorrection(open.id, reason: text, by: fixture.bob)
                } == ["/reason"]
            )
            #expect(
                try await CorrectionRefused.places {
                    _ = try await registry.comment(onCorrection: open.id, text, by: fixture.bob)
                } == ["/text"]
            )
            #expect(try await fixture.logLength() == length)
            let comment = try await registry.comment(onCorrection: open.id, "one\n\ttwo", by: fixture.bob)
            #expect(comment.text == "one\n\ttwo")
        }
    }
}
