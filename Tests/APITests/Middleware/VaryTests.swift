import HTTPTypes
import Testing

@testable import API

@Suite struct VaryTests {
    struct Case: CustomTestStringConvertible {
        var before: String?
        var after: String
        var testDescription: String { before ?? "no Vary" }
    }

    @Test(arguments: [
        Case(before: nil, after: "Accept-Encoding"),
        Case(before: "Accept", after: "Accept, Accept-Encoding"),
        Case(before: "Accept-Encoding", after: "Accept-Encoding"),
        Case(before: "accept-ENCODING", after: "accept-ENCODING"),
        Case(before: "Origin,  Accept-Encoding ,Accept", after: "Origin,  Accept-Encoding ,Accept"),
        Case(before: "Accept-Encodings", after: "Accept-Encodings, Accept-Encoding"),
    ])
    func `a field that the answer depends on is named once`(case vary: Case) {
        var headers: HTTPFields = [:]
        headers[.vary] = vary.before
        headers.addVary("Accept-Encoding")
        #expect(headers[.vary] == vary.after)
    }
}
