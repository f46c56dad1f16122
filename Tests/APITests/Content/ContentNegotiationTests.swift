import Testing

@testable import API

@Suite struct ContentNegotiationTests {
    struct Case: CustomTestStringConvertible {
        var accept: String?
        var chosen: MediaTypeName?
        var testDescription: String { accept ?? "no Accept" }
    }

    @Test(arguments: [
        Case(accept: nil, chosen: .json),
        Case(accept: "", chosen: .json),
        Case(accept: "*/*", chosen: .json),
        Case(accept: "application/*", chosen: .json),
        Case(accept: "text/*", chosen: .csv),
        Case(accept: "text/csv", chosen: .csv),
        Case(accept: "TEXT/CSV; charset=utf-8", chosen: .csv),
        Case(accept: "text/markdown, text/csv;q=0.5", chosen: .markdown),
        Case(accept: "application/json;q=0.1, text/csv;q=0.9", chosen: .csv),
        Case(accept: "application/json;q=0, */*", chosen: .csv),
        Case(accept: "text/html, application/xhtml+xml, */*;q=0.8", chosen: .json),
        Case(accept: "image/png", chosen: nil),
        Case(accept: "application/json;q=0", chosen: nil),
        Case(accept: "text/csv;q=nonsense", chosen: nil),
    ])
    func `The client's favourite of what is on offer is chosen`(case negotiation: Case) {
        let offers: [MediaTypeName] = [.json, .csv, .markdown]
        #expect(ContentNegotiation.choose(accept: negotiation.accept, from: offers) == negotiation.chosen)
    }

    @Test func `A content type is read without its parameters`() {
        #expect(ContentNegotiation.contentType("Application/JSON ; Charset=\"UTF-8\"") == ("application/json", "utf-8"))
        #expect(ContentNegotiation.contentType("text/plain") == ("text/plain", nil))
        #expect(ContentNegotiation.contentType("") == ("", nil))
    }

    @Test(
        arguments: [
            (nil, false), ("", false), ("gzip", true), ("GZIP", true), ("br, gzip;q=0.5", true), ("gzip;q=0", false),
            ("gzip; q=0.000", false), ("*", true), ("*;q=0", false), ("gzip;q=0, *", false), ("*;q=0, gzip", true),
            ("identity", false), ("br", false), ("gzipped", false), ("x-gzip", true),
        ] as [(String?, Bool)]
    )
    func `gzip is sent to who takes it, and what is said of it by name counts`(header: String?, isTaken: Bool) {
        #expect(Compression.accepts(header) == isTaken)
    }
}
