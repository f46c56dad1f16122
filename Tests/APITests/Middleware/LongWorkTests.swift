import Testing

@testable import API

@Suite struct LongWorkTests {
    struct Case: CustomTestStringConvertible {
        var query: String?
        var isMuch: Bool
        var testDescription: String { query ?? "no query" }
    }

    @Test(arguments: [
        Case(query: nil, isMuch: false),
        Case(query: "", isMuch: false),
        Case(query: "limit=", isMuch: false),
        Case(query: "limit=200", isMuch: false),
        Case(query: "limit=201", isMuch: true),
        Case(query: "q=a%20b&limit=1000&cursor=x", isMuch: true),
        Case(query: "limit=1000x", isMuch: false),
        Case(query: "limit=-1000", isMuch: false),
        Case(query: "q=limit=1000", isMuch: false),
        Case(query: "no_limit=1000", isMuch: false),
    ])
    func `a long part of a list counts as long work`(case query: Case) {
        #expect(LongWork.asksForMuch(query.query) == query.isMuch)
    }
}
