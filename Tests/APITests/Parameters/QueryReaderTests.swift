import Claims
import HTTPTypes
import Hummingbird
import Testing

@testable import API

@Suite struct QueryReaderTests {
    @Test func `What is wrong, unknown or given twice is reported at once`() throws {
        var query = try reader("limit=0&kind=kinds&flag=yes&from=2023-02-29&twice=1&twice=1&who=me&%C3%A9=1&q=")
        #expect(query.integer("limit", in: 1...1000) == nil)
        #expect(query.choice("kind", of: ClaimKind.self) == nil)
        #expect(query.boolean("flag") == nil)
        #expect(query.date("from") == nil)
        #expect(query.text("twice") == nil)
        #expect(query.text("q") == nil)
        let finished = query
        let problem = #expect(throws: Problem.self) { try finished.finish() }
        #expect(problem?.kind == .invalidParameters)
        let names = ["limit", "kind", "flag", "from", "twice", "q", "who", "é"]
        #expect(problem?.parts.map(\.place) == names.map { .parameter($0) })
    }

    @Test func `Well-formed values are read`() throws {
        var query = try reader("limit=1000&kind=score&flag=false&from=2024-02-29&q=a+b%2Bc%20d&&fraction=0.50")
        #expect(query.integer("limit", in: 1...1000) == 1000)
        #expect(query.choice("kind", of: ClaimKind.self) == .score)
        #expect(query.boolean("flag") == false)
        #expect(query.date("from")?.description == "2024-02-29")
        #expect(query.text("q") == "a b+c d")
        #expect(query.fraction("fraction") == 0.5)
        #expect(query.text("missing") == nil)
        try query.finish()
    }

    @Test(arguments: ["-1", "0", "1001", "1e3", "+5", " 5", "5.0", "0x5", "99999999999999999999", "", "٣"])
    func `Only plain whole numbers in the range are numbers`(value: String) throws {
        var query = try reader("limit=" + PercentDecoding.encode(value))
        #expect(query.integer("limit", in: 1...1000) == nil)
        let finished = query
        #expect(throws: Problem.self) { try finished.finish() }
    }

    @Test(arguments: ["%", "a=%4", "a=%zz", "%00=1", "a=%00", "a=%ff", "a=%ed%a0%80", "a=%c0%80"])
    func `A query that is not percent-encoded UTF-8 is malformed`(query: String) {
        let problem = #expect(throws: Problem.self) { _ = try reader(query) }
        #expect(problem?.kind == .malformedRequest)
    }

    private func reader(_ query: String) throws -> QueryReader {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/x?" + query)
        return try QueryReader(Request(head: head, body: RequestBody(buffer: ByteBuffer())))
    }
}
