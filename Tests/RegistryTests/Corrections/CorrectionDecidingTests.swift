import Claims
import Formats
import Postgres
import Testing

@testable import Registry

@Suite struct CorrectionDecidingTests {
    @Test func `nobody decides on an own correction, and nobody withdraws another's`() async throws {
        try await CorrectionFixture.with { fixture in
            let registry = fixture.registry
            let own = try await registry.propose(
                CorrectionDraft(.retract, .id(.claim, 1), reason: "wrong"),
                by: fixture.bob
            )
            let length = try await fixture.logLength()
            #expect(
                try await RegistryError.code { try await registry.acceptCorrection(own.id, by: fixture.bob) }
                    == .forbidden
            )
            #expect(
                try await RegistryError.code {
                    try await registry.rejectCorrection(own.id, reason: "no", by: fixture.bob)
                } == .forbidden
            )
            #expect(
                try await RegistryError.code { try await registry.withdrawCorrection(own.id, by: fixture.cat) }
                    == .forbidden
            )
            #expect(
                try await RegistryError.code { try await registry.rebaseCorrection(own.id, by: fixture.cat) }
                    == .forbidden
            )
            #expect(try await fixture.logLength() == length)
            #expect(try await registry.withdrawCorrection(own.id, by: fixture.bob).state == .withdrawn)
            #expect(
                try await RegistryError.code { try await registry.acceptCorrection(own.id, by: fixture.cat) }
                    == .conflict
            )
            #expect(
                try await RegistryError.code { try await registry.acceptCorrection(99, by: fixture.cat) } == .notFound
            )
            #expect(try await fixture.logLength() == length + 1)
        }
    }

    @Test func `who comes second on a field is told so, and rebases`() async throws {
        try await CorrectionFixture.with { fixture in
            let claim = CorrectionTarget.id(.claim, 1)
            let late = try await fixture.propose(.update, claim, #"{"value": "79", "unit": "points"}"#)
            let other = try await fixture.propose(.update, claim, #"{"bound": "about"}"#)
            try await fixture.correct(.update, claim, #"{"value": "78.4"}"#)
            // Other fields of the same record are no conflict.
            guard case .applied = try await fixture.registry.acceptCorrection(other.id, by: fixture.bob) else {
                Issue.record("not applied")
                return
            }
            let length = try await fixture.logLength()
            guard
                case .conflicted(let kept, let fields) = try await fixture.registry.acceptCorrection(
                    late.id,
                    by: fixture.bob
                )
            else {
                Issue.record("no conflict")
                return
            }
            #expect(kept.state == .conflicted && fields.count == 2)
            let value = CorrectedField(
                name: "value",
                base: .string("78.37"),
                current: .string("78.4"),
                proposed: .string("79"),
                isConflict: true
            )
            #expect(fields.contains(value))
            #expect(try await fixture.logLength() == length + 1)
            #expect(try await fixture.fields(.claim, 1)["unit"] == .string("percent"))
            #expect(
                try await RegistryError.code { try await fixture.registry.acceptCorrection(late.id, by: fixture.bob) }
                    == .conflict
            )
            let rebased = try await fixture.registry.rebaseCorrection(late.id, by: fixture.ann)
            #expect(rebased.state == .open && rebased.baseRevision == 3)
            _ = try await fixture.registry.acceptCorrection(late.id, by: fixture.bob)
            #expect(try await fixture.fields(.claim, 1)["value"] == .string("79"))
        }
    }

    @Test func `a correction of an old revision is conflicted from the start, or fits`() async throws {
        try await CorrectionFixture.with { fixture in
            let claim = CorrectionTarget.id(.claim, 1)
            try await fixture.correct(.update, claim, #"{"value": "78.4"}"#)
            #expect(try await fixture.propose(.update, claim, #"{"value": "79"}"#, base: 1).state == .conflicted)
            #expect(try await fixture.propose(.update, claim, #"{"unit": "points"}"#, base: 1).state == .open)
            let places = try await CorrectionRefused.places {
                _ = try await fixture.propose(.update, claim, #"{"unit": "points"}"#, base: 3)
            }
            #expect(places == ["/base_revision"])
        }
    }

    @Test func `of two reviewers at once exactly one decides`() async throws {
        try await CorrectionFixture.with { fixture in
            let another = try fixture.database.another()
            for round in 0..<5 {
                let id = try await fixture.propose(.update, .id(.claim, 1), #"{"value": "8\#(round)"}"#).id
                let length = try await fixture.logLength()
                async let first = RegistryError.code {
                    try await fixture.registry.acceptCorrection(id, by: fixture.bob)
                }
                async let second = RegistryError.code {
                    try await another.rejectCorrection(id, reason: "no", by: fixture.cat)
                }
                let codes = [try await first, try await second]
                #expect(codes.filter { $0 == nil }.count == 1 && codes.contains(.conflict))
                #expect(try await fixture.logLength() == length + 1)
            }
        }
    }

    @Test func `corrections and readings of the same paper at once lose nothing`() async throws {
        try await CorrectionFixture.with { fixture in
            let another = try fixture.database.another()
            for round in 2..<8 {
                let id = try await fixture.propose(.update, .id(.claim, 1), #"{"value": "8\#(round)"}"#).id
                let merge = try await fixture.propose(
                    .merge,
                    .name(.benchmark, "gsm-8000"),
                    #"{"merged_into": "gsm8k"}"#
                ).id
                async let accepted = fixture.registry.acceptCorrection(id, by: fixture.bob)
                async let merged = fixture.registry.acceptCorrection(merge, by: fixture.cat)
                async let read = another.ingest(try CorrectionFixture.papers(extractor: "\(round).0.0"))
                _ = try await (accepted, merged, read)
                #expect(try await fixture.fields(.claim, 1)["value"] == .string("8\(round)"))
                let lost = try await fixture.database.value(
                    """
                    SELECT count(*) FROM claim_benchmark cb JOIN benchmark b ON b.id = cb.benchmark_id
                    WHERE b.status = 'merged'
                    """,
                    as: Int.self
                )
                #expect(lost == 0)
                try await fixture.revert(merge)
            }
            #expect(try await fixture.registry.verifyLog().fault == nil)
        }
    }

    @Test func `who retracts and merges much needs a second reviewer`() async throws {
        try await CorrectionFixture.with { fixture in
            var registry = fixture.registry
            registry.correctionLimits.gravePerHour = 1
            let size = try await fixture.only(.modelSize)
            try await fixture.correct(.retract, .id(.modelSize, size))
            let id = try await fixture.propose(.retract, .id(.claim, 1)).id
            guard case .seconded(let first) = try await registry.acceptCorrection(id, by: fixture.bob) else {
                Issue.record("one was enough")
                return
            }
            #expect(first.state == .open && first.secondedBy == "bob")
            #expect(
                try await RegistryError.code { try await registry.acceptCorrection(id, by: fixture.bob) } == .forbidden
            )
            #expect(try await fixture.fields(.claim, 1)["status"] == .string("active"))
            guard case .applied = try await registry.acceptCorrection(id, by: fixture.cat) else {
                Issue.record("two were not enough")
                return
            }
            #expect(try await fixture.fields(.claim, 1)["status"] == .string("retracted"))
            // Other operations are not counted.
            try await fixture.correct(.update, .id(.paper, 1), #"{"published": "2024"}"#)
        }
    }

    @Test func `nobody brings back an own correction by taking its revert back`() async throws {
        try await CorrectionFixture.with { fixture in
            let registry = fixture.registry
            let draft = CorrectionDraft(
                .update,
                .id(.claim, 1),
                patch: try JSONParser.parse(Array(#"{"value": "79"}"#.utf8)),
                reason: "misread"
            )
            let own = try await registry.propose(draft, by: fixture.bob)
            _ = try await registry.acceptCorrection(own.id, by: fixture.cat)
            let revert = try await fixture.revert(own.id, by: fixture.cat)
            guard
                case .seconded(let open) = try await registry.revertCorrection(revert.id, reason: "no", by: fixture.bob)
            else {
                Issue.record("applied")
                return
            }
            #expect(open.state == .open)
            #expect(try await fixture.fields(.claim, 1)["value"] == .string("78.37"))
        }
    }

    @Test func `what is retracted already is not retracted once more`() async throws {
        try await CorrectionFixture.with { fixture in
            let (first, second) = (
                try await fixture.propose(.retract, .id(.claim, 1)), try await fixture.propose(.retract, .id(.claim, 1))
            )
            _ = try await fixture.registry.acceptCorrection(first.id, by: fixture.bob)
            let before = try await fixture.registry.logHead()
            await #expect(throws: (any Error).self) {
                guard case .conflicted = try await fixture.registry.acceptCorrection(second.id, by: fixture.cat) else {
                    return
                }
                throw CorrectionRefused(faults: [])
            }
            let revisions = try await fixture.registry.revisions(of: .claim, 1)
            #expect(revisions.items.count == 2)
            let after = try await fixture.registry.logHead()
            #expect(after.position <= before.position + 1)
        }
    }

    @Test func `of two merges that cross each other one is made, and no name leads in a circle`() async throws {
        try await CorrectionFixture.with { fixture in
            let registry = fixture.registry
            let (one, other) = (
                try await fixture.propose(.merge, .id(.benchmark, 1), #"{"merged_into": "gsm-8000"}"#),
                try await fixture.propose(.merge, .id(.benchmark, 2), #"{"merged_into": "gsm8k"}"#)
            )
            async let first = try? registry.acceptCorrection(one.id, by: fixture.bob)
            async let second = try? registry.acceptCorrection(other.id, by: fixture.cat)
            let applied = await [first, second].filter { if case .applied? = $0 { true } else { false } }
            #expect(applied.count == 1)
            let found = [try await registry.benchmark("gsm8k"), try await registry.benchmark("gsm-8000")]
            #expect(found[0] != nil && found[0]?.benchmark == found[1]?.benchmark)
        }
    }

    @Test func `a revert waits for a reviewer unless one asks who did not propose the original`() async throws {
        try await CorrectionFixture.with { fixture in
            let registry = fixture.registry
            let id = try await fixture.correct(.update, .id(.claim, 1), #"{"value": "79"}"#).id
            guard case .seconded(let open) = try await registry.revertCorrection(id, reason: "mistake", by: fixture.ann)
            else {
                Issue.record("applied")
                return
            }
            #expect(open.state == .open && open.reverts == id)
            #expect(
                try await RegistryError.code { try await registry.revertCorrection(id, reason: "no", by: fixture.cat) }
                    == .conflict
            )
            _ = try await registry.acceptCorrection(open.id, by: fixture.bob)
            #expect(try await fixture.fields(.claim, 1)["value"] == .string("78.37"))
            #expect(try await registry.claim(1)?.setBy == "{}")
        }
    }

    @Test func `the queue is the oldest first, filtered and counted; comments stay`() async throws {
        try await CorrectionFixture.with { fixture in
            let registry = fixture.registry
            let first = try await fixture.propose(.update, .id(.claim, 1), #"{"value": "79"}"#)
            _ = try await fixture.propose(.update, .id(.paper, 1), #"{"title": "Owls"}"#)
            let third = try await fixture.propose(.update, .name(.benchmark, "gsm-8000"), #"{"kind": "dataset"}"#)
            _ = try await registry.rejectCorrection(third.id, reason: "no", by: fixture.bob)
            var query = CorrectionQuery(page: PageRequest(limit: 2))
            let page = try await registry.corrections(query)
            #expect(page.items.map(\.id) == [1, 2])
            query.page.cursor = page.next
            #expect(try await registry.corrections(query).items.map(\.id) == [3])
            query.page = PageRequest()
            query.benchmark = "GSM8K"
            #expect(try await registry.corrections(query).items.map(\.id) == [1])
            query.benchmark = nil
            query.proposer = "bob"
            #expect(try await registry.corrections(query).items.isEmpty)
            query.proposer = "ann"
            #expect(try await registry.correctionCounts(query) == [.open: 2, .rejected: 1])
            let length = try await fixture.logLength()
            _ = try await registry.comment(
                onCorrection: first.id,
                "see table 3; DROP TABLE claim; <b>",
                by: fixture.cat
            )
            #expect(try await fixture.logLength() == length + 1)
            #expect(
                try await registry.comments(onCorrection: first.id, page: PageRequest()).items.map(\.author) == ["cat"]
            )
            let report = try await registry.correctionReport(third.id)
            #expect(report?.history.map(\.number) == [1, 2])
        }
    }

    /// A correction that cannot be, and what is wrong with it.
    struct Refused: Sendable, CustomTestStringConvertible {
        var operation: CorrectionOperation
        var target: CorrectionTarget
        var patch: String
        var places: [String]
        var testDescription: String { "\(operation.rawValue) \(target) \(patch.prefix(80))" }

        init(_ operation: CorrectionOperation, _ target: CorrectionTarget, _ patch: String, _ places: [String]) {
            (self.operation, self.target, self.patch, self.places) = (operation, target, patch, places)
        }
    }

    @Test(arguments: [
        Refused(.update, .id(.claim, 1), "{}", ["/patch"]),
        Refused(.update, .id(.claim, 99), #"{"value": "1"}"#, ["/target/id"]),
        Refused(.update, .name(.benchmark, "nothing"), #"{"name": "X"}"#, ["/target/slug"]),
        Refused(
            .update,
            .id(.claim, 1),
            #"{"value": 1, "unit": "", "no": 1, "kind": "best"}"#,
            ["/patch/value", "/patch/unit", "/patch/kind", "/patch/no"]
        ),
        Refused(.update, .id(.claim, 1), #"{"value": null}"#, ["/patch/value"]),
        Refused(.update, .id(.claim, 1), #"{"value": "1e9"}"#, ["/patch/value"]),
        Refused(.update, .id(.claim, 1), #"{"value": "\#(String(repeating: "9", count: 200))"}"#, ["/patch/value"]),
        Refused(.update, .id(.claim, 1), #"{"value": "'; DROP TABLE claim; --"}"#, ["/patch/value"]),
        Refused(.update, .id(.claim, 1), #"{"id": 2}"#, ["/patch/id"]),
        Refused(.update, .id(.claim, 1), #"{"status": "active"}"#, ["/patch/status"]),
        Refused(.update, .id(.claim, 1), #"{"a/b~c": 2}"#, ["/patch/a~1b~0c"]),
        Refused(.update, .id(.claim, 1), #"{"value_high": "2"}"#, ["/patch/value_high"]),
        Refused(.update, .id(.claim, 1), #"{"relative": true}"#, ["/patch/relative"]),
        Refused(.update, .id(.claim, 1), #"{"evidence": "not in the text"}"#, ["/patch/evidence"]),
        Refused(.update, .id(.claim, 1), #"{"evidence_in": "title"}"#, ["/patch/evidence_in"]),
        Refused(.update, .id(.claim, 1), #"{"benchmarks": ["A", "\u0000"]}"#, ["/patch/benchmarks/1"]),
        Refused(.update, .id(.claim, 1), #"{"benchmarks": [{"slug": "nothing"}]}"#, ["/patch/benchmarks/0/slug"]),
        Refused(.update, .id(.claim, 1), #"{"benchmarks": ["...."]}"#, ["/patch/benchmarks/0"]),
        Refused(.update, .id(.claim, 1), #"{"metric": {"slug": 3}}"#, ["/patch/metric"]),
        Refused(.update, .id(.modelSize, 1), #"{"parameters": 99999999999999999999}"#, ["/patch/parameters"]),
        Refused(.update, .id(.modelSize, 1), #"{"parameters": 1.5}"#, ["/patch/parameters"]),
        Refused(.update, .id(.link, 1), #"{"url": "javascript:alert(1)"}"#, ["/patch/url"]),
        Refused(.update, .id(.paper, 1), #"{"identifiers": ["arxiv:2501.00002"]}"#, ["/patch/identifiers/0"]),
        Refused(.update, .id(.paper, 1), #"{"identifiers": ["2501.00002"]}"#, ["/patch/identifiers/0"]),
        Refused(.update, .id(.paper, 1), #"{"abstract": null}"#, ["/patch/abstract"]),
        Refused(.update, .id(.paper, 1), #"{"published": "2025-02-30"}"#, ["/patch/published"]),
        Refused(.restore, .id(.paper, 1), "{}", ["/operation"]),
        Refused(.merge, .id(.claim, 1), #"{"merged_into": "x"}"#, ["/operation"]),
        Refused(.merge, .name(.benchmark, "gsm8k"), #"{"merged_into": "gsm8k"}"#, ["/patch/merged_into"]),
        Refused(.merge, .name(.benchmark, "gsm8k"), #"{"merged_into": "nothing"}"#, ["/patch/merged_into"]),
        Refused(.merge, .name(.benchmark, "gsm8k"), "{}", ["/patch"]),
        Refused(.alias, .name(.benchmark, "gsm8k"), #"{"aliases": ["GSM-8000"]}"#, ["/patch/aliases/0"]),
        Refused(.alias, .name(.benchmark, "gsm8k"), #"{"aliases": []}"#, ["/patch/aliases"]),
        Refused(
            .update,
            .name(.benchmark, "gsm8k"),
            #"{"name": "GSM-8000", "slug": "gsm-8000"}"#,
            ["/patch/name", "/patch/slug"]
        ),
        Refused(.update, .name(.metric, "accuracy"), #"{"direction": null}"#, ["/patch/direction"]),
        Refused(.update, .name(.model, "owl"), #"{"parameters": 7}"#, ["/patch/parameters"]),
        Refused(.create, .new(.benchmark), #"{"name": "GSM8K dataset"}"#, ["/patch/name"]),
        Refused(.create, .new(.claim), #"{"paper": 99}"#, ["/patch/paper"]),
        Refused(
            .create,
            .new(.claim),
            #"{"paper": 1}"#,
            ["/patch/value", "/patch/unit", "/patch/kind", "/patch/evidence"]
        ),
        Refused(.restore, .id(.claim, 1), "{}", ["/operation"]),
        Refused(.retract, .id(.claim, 1), #"{"value": "1"}"#, ["/patch/value"]),
        Refused(.split, .name(.benchmark, "gsm8k"), "{}", ["/operation"]),
        Refused(.update, .id(.claim, 1), "[]", ["/patch"]),
    ])
    func `what cannot be is refused by its place, and nothing is written`(refused: Refused) async throws {
        try await CorrectionFixture.with { fixture in
            let length = try await fixture.logLength()
            let places = try await CorrectionRefused.places {
                _ = try await fixture.propose(refused.operation, refused.target, refused.patch)
            }
            #expect(places == refused.places)
            #expect(try await fixture.logLength() == length)
            #expect(try await fixture.database.value("SELECT count(*) FROM correction", as: Int.self) == 0)
        }
    }
}
