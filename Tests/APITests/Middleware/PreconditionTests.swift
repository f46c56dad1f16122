import HTTPTypes
import Hummingbird
import Testing

@testable import API

@Suite struct PreconditionTests {
    private static let tag = Precondition.tag(of: "claim", id: 17, revision: 3)

    @Test(arguments: [
        #""claim-17-r3""#, #""claim-17-r2", "claim-17-r3""#, #""a,b",, "claim-17-r3" ,"#, #""claim-17-r3-gzip""#, "*",
    ])
    func `The present tag lets the request through`(header: String) throws {
        try Precondition.require(request(header), Self.tag)
    }

    @Test(arguments: [#""claim-17-r2""#, #"W/"claim-17-r3""#, #""claim-17-r31""#, #""*""#])
    func `Another tag, or a weak one, does not`(header: String) {
        let problem = #expect(throws: Problem.self) { try Precondition.require(request(header), Self.tag) }
        #expect(problem?.kind == .preconditionFailed && problem?.status.code == 412)
        #expect(problem?.headers[.eTag] == Self.tag)
    }

    @Test(arguments: ["", ",", "claim-17-r3", #""claim-17-r3"#, #""a" "b""#, #"w/"a""#, #""a b""#, "*, *"])
    func `What is no list of tags is malformed`(header: String) {
        let problem = #expect(throws: Problem.self) { try Precondition.require(request(header), Self.tag) }
        #expect(problem?.kind == .malformedRequest)
        #expect(problem?.parts.map(\.place) == [.header("If-Match")])
    }

    @Test func `A request without If-Match is asked for it`() {
        let problem = #expect(throws: Problem.self) { try Precondition.require(request(nil), Self.tag) }
        #expect(problem?.kind == .preconditionRequired && problem?.status.code == 428)
    }

    private func request(_ header: String?) -> Request {
        var head = HTTPRequest(method: .patch, scheme: "http", authority: "localhost", path: "/v1/claims/17")
        if let header { head.headerFields[.ifMatch] = header }
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }
}
