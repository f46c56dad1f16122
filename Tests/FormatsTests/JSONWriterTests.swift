import Claims
import Foundation
import Testing

@testable import Formats

@Suite struct JSONWriterTests {
    @Test func `writes members, arrays and nulls in the order of the calls`() {
        var json = JSONWriter()
        json.object { json in
            json.member("b", 1)
            json.member("a", nil as String?)
            json.member("list", ["x", "y"])
            json.array("rows", of: [true, false]) { $0.member("is", $1) }
            json.array("none") { _ in }
            json.name(dynamic: "ä\"")
            json.array { json in
                json.value(-0.5)
                json.null()
                json.object { _ in }
            }
        }
        #expect(
            json.string
                == #"{"b":1,"a":null,"list":["x","y"],"rows":[{"is":true},{"is":false}],"none":[],"ä\"":[-0.5,null,{}]}"#
        )
    }

    @Test(arguments: [0, 7, -1, 10, -1_234_567_890, Int.max, Int.min])
    func `writes whole numbers as Swift does`(number: Int) {
        var json = JSONWriter()
        json.value(number)
        #expect(json.string == String(number))
    }

    @Test func `keeps a decimal exactly, as a string`() throws {
        var json = JSONWriter()
        try #require(ExactDecimal("78.370")).write(to: &json)
        #expect(json.string == #""78.370""#)
    }

    @Test(arguments: [
        ("a\"b\\c", #""a\"b\\c""#),
        ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""),
        ("0123456\"89abcdef\\", #""0123456\"89abcdef\\""#),
        ("\u{2028}</script>", "\"\u{2028}</script>\""), ("", "\"\""), ("\n\u{FEFF}", "\"\\n\u{FEFF}\""),
    ])
    func `escapes what JSON asks for and nothing else`(text: String, expected: String) {
        var json = JSONWriter()
        json.value(text)
        #expect(json.string == expected)
    }

    @Test(arguments: [
        ("a\u{2028}b\u{2029}c", #""a\u2028b\u2029c""#), ("</script>", #""\u003c/script>""#), ("“é – 数”", "\"“é – 数”\""),
    ])
    func `can write for a script element`(text: String, expected: String) {
        var json = JSONWriter(escaping: .script)
        json.value(text)
        #expect(json.string == expected)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `Foundation reads back any text`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for escaping in [JSONWriter.Escaping.minimal, .script] {
            // Foundation loses a U+FEFF at the start of a string and after an escape, so that none is in these texts.
            let texts = (0..<2000).map { _ in String(random.text().unicodeScalars.filter { $0 != "\u{FEFF}" }) }
            var json = JSONWriter(escaping: escaping)
            json.array { json in
                for text in texts {
                    json.value(text)
                    json.value(text.dropFirst())
                    Array(text.utf8).withUnsafeBytes { json.value(utf8: $0) }
                }
            }
            let read = try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String])
            // Compared as scalars: String equality would forgive a changed normal form.
            let expected = texts.flatMap { [$0, String($0.dropFirst()), $0] }
            let wrong = zip(read, expected).first { !$0.unicodeScalars.elementsEqual($1.unicodeScalars) }
            #expect(read.count == expected.count && wrong == nil, "seed \(seed)")
        }
    }

    @Test func `a bridged string is written like a native one`() {
        var json = JSONWriter()
        json.value(NSString(string: "naïve \"text\" 数").substring(from: 2))
        #expect(json.string == #""ïve \"text\" 数""#)
    }

    @Test func `a document can leave in pieces`() {
        var (json, sent) = (JSONWriter(), [UInt8]())
        json.object { json in
            json.array("items") { json in
                for number in 0..<5 {
                    json.value(number)
                    sent += json.takeBytes()
                }
            }
        }
        sent += json.takeBytes()
        #expect(String(decoding: sent, as: UTF8.self) == #"{"items":[0,1,2,3,4]}"#)
        #expect(json.bytes.isEmpty)
    }

    @Test func `lines are documents of their own, and a reset starts over in the same room`() {
        var json = JSONWriter(capacity: 4096)
        json.value("one")
        json.endLine()
        json.value("two")
        json.endLine()
        #expect(json.string == "\"one\"\n\"two\"\n")
        let capacity = json.bytes.capacity
        json.beginArray()
        json.reset()
        json.value(true)
        #expect(json.string == "true")
        #expect(json.bytes.capacity == capacity)
    }

    @Test func `a value without a name in an object stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.object { $0.value(1) }
        }
    }

    @Test func `an end that does not fit stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.beginObject()
            json.endArray()
        }
    }

    @Test func `a second value without a new line stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.value(1)
            json.value(2)
        }
    }

    @Test func `a name without a value stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.object { $0.name("alone") }
        }
    }
}
