import Testing

@testable import Postgres

@Suite struct ArrayTextTests {
    @Test(
        arguments: [
            ("{}", []), ("{a}", ["a"]), (#"{a,NULL,"NULL"}"#, ["a", nil, "NULL"]),
            (#"{"a\"b\\",null}"#, [#"a"b\"#, nil]),
            (#"{"","{,}"}"#, ["", "{,}"]), ("{a b,c}", ["a b", "c"]),
        ] as [(String, [String?])]
    )
    func `arrays are read as PostgreSQL prints them`(text: String, elements: [String?]) {
        #expect([String?].read(text) == elements)
    }

    @Test(arguments: ["", "{", "a", "{a", "a}", "{a,}", "{,a}", #"{"a}"#, #"{"a"b}"#, "{{a}}", "[0:1]={a,b}", #"{a\}"#])
    func `what is no array of one dimension is refused`(text: String) {
        #expect([String?].read(text) == nil)
    }

    @Test func `NULL needs an optional element`() {
        #expect([Int].read("{1,NULL}") == nil)
        #expect([Int?].read("{1,NULL}") == [1, nil])
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `what is written is read back`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let texts = (0..<50).map { _ in Bool.random(using: &random) ? random.text() : nil }
        #expect([String?].read(texts.textForm) == texts, "seed \(seed)")
    }
}
