import Claims
import Testing

@testable import Registry

@Suite struct RecordPlanTests {
    @Test func `equal numbers go together in their order`() throws {
        let stored = [row(try Sample.claim("5", by: "A"), id: 1), row(try Sample.claim("5", by: "B"), id: 2)]
        let found = [row(try Sample.claim("5", by: "A")), row(try Sample.claim("5", by: "B"))]
        let plan = RecordPlan(stored: stored, found: found)
        #expect(plan.kept.map(\.id) == [1, 2])
        #expect(plan.written.isEmpty && plan.retired.isEmpty)
    }

    @Test func `the closest match wins over an earlier one`() throws {
        let other = Evidence(source: .abstract, start: 9, end: 14, text: "Other")
        let stored = [row(try Sample.claim("5"), id: 1), row(try Sample.claim("5", evidence: other), id: 2)]
        let plan = RecordPlan(stored: stored, found: [row(try Sample.claim("5", evidence: other))])
        #expect(plan.kept.map(\.id) == [2])
        #expect(plan.retired.map(\.id) == [1])
    }

    @Test func `another value, unit or kind is another claim`() throws {
        let stored = [row(try Sample.claim("5"), id: 1)]
        for claim in [
            try Sample.claim("6"), try Sample.claim("5", unit: "points"), try Sample.claim("5", kind: .change),
            try Sample.claim("5", high: "6"),
        ] {
            let plan = RecordPlan(stored: stored, found: [row(claim)])
            #expect(plan.written.map(\.id) == [nil])
            #expect(plan.retired.map(\.id) == [1])
        }
    }

    @Test func `another benchmark or metric is the same claim, changed`() throws {
        let stored = [row(try Sample.claim("5"), id: 1, benchmarks: [7])]
        for (claim, benchmarks) in [
            (try Sample.claim("5", on: ["MATH"]), [8]), (try Sample.claim("5", metric: "F1"), [7]),
        ] {
            let plan = RecordPlan(stored: stored, found: [row(claim, benchmarks: benchmarks.map(Int64.init))])
            #expect(plan.written.map(\.id) == [1])
            #expect(plan.written.map(\.reading) == [claim])
            #expect(plan.retired.isEmpty)
        }
    }

    @Test func `what a person has touched is neither overwritten nor retired`() throws {
        var touched = row(try Sample.claim("5", metric: "F1"), id: 1)
        touched.names.metric = 3
        touched.fieldsSet = ["metric"]
        touched.setBy = #"{"metric": {}}"#
        var found = row(try Sample.claim("5", metric: "accuracy", by: "Heron"))
        found.names.metric = 4
        let plan = RecordPlan(stored: [touched], found: [found])
        #expect(plan.written.map(\.reading.metric) == ["F1"])
        #expect(plan.written.map(\.names.metric) == [3])
        #expect(plan.written.map(\.reading.subject) == ["Heron"])
        #expect(plan.written.map(\.setBy) == [touched.setBy])
        #expect(RecordPlan(stored: [touched], found: []).retired.isEmpty)
    }

    @Test func `a retracted claim stays retracted when it is read again`() throws {
        var retracted = row(try Sample.claim("5"), id: 1)
        retracted.status = .retracted
        let plan = RecordPlan(stored: [retracted], found: [row(try Sample.claim("5"))])
        #expect(plan.kept.map(\.status) == [.retracted])
        #expect(plan.written.isEmpty)
    }

    private func row(
        _ claim: ExtractedClaim,
        id: Int64? = nil,
        benchmarks: [Int64] = []
    ) -> RecordRow<ExtractedClaim> {
        RecordRow(id: id, paperID: 1, reading: claim, names: ReadingNames(benchmarks: benchmarks), extractorID: 1)
    }
}
