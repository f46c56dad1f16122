import Testing

@testable import Formats

@Suite struct JSONParserTests {
    struct Refused: CustomTestStringConvertible {
        var text: String
        var offset: Int
        var testDescription: String { text.debugDescription }
    }

    @Test(arguments: [
        Refused(text: "", offset: 0),
        Refused(text: "  ", offset: 2),
        Refused(text: "{", offset: 1),
        Refused(text: "{\"a\":1,}", offset: 7),
        Refused(text: "{\"a\" 1}", offset: 5),
        Refused(text: "{a:1}", offset: 1),
        Refused(text: "{\"a\":1,\"a\":2}", offset: 7),
        Refused(text: "{\"a\":1,\"\\u0061\":2}", offset: 7),
        Refused(text: "[1,]", offset: 3),
        Refused(text: "[1 2]", offset: 3),
        Refused(text: "01", offset: 2),
        Refused(text: "1.", offset: 2),
        Refused(text: ".5", offset: 0),
        Refused(text: "+1", offset: 0),
        Refused(text: "1e", offset: 2),
        Refused(text: "-", offset: 1),
        Refused(text: "NaN", offset: 0),
        Refused(text: "nul", offset: 0),
        Refused(text: "'a'", offset: 0),
        Refused(text: "\"a", offset: 2),
        Refused(text: "\"\n\"", offset: 1),
        Refused(text: "\"\\x\"", offset: 2),
        Refused(text: "\"\\u12\"", offset: 3),
        Refused(text: "\"\\ud800\"", offset: 7),
        Refused(text: "\"\\ud800\\u0041\"", offset: 13),
        Refused(text: "\"\\udc00\"", offset: 7),
        Refused(text: "\u{FEFF}{}", offset: 0),
        Refused(text: "{} {}", offset: 3),
    ])
    func `What is not JSON is refused, with the place`(case refused: Refused) {
        #expect(throws: JSONFault.self) { try JSONParser.parse(Array(refused.text.utf8)) }
        #expect(fault(in: Array(refused.text.utf8))?.offset == refused.offset)
    }

    @Test func `Strings that are not UTF-8 are refused`() {
        for bytes: [UInt8] in [[0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]] {
            #expect(fault(in: [0x22] + bytes + [0x22])?.message == "a string is not UTF-8")
        }
    }

    @Test func `Nesting ends at its limit, however deep the text goes`() {
        func nested(_ depth: Int) -> [UInt8] {
            [UInt8](repeating: UInt8(ascii: "["), count: depth) + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
        }
        #expect(fault(in: nested(JSONParser.maximumDepth)) == nil)
        #expect(fault(in: nested(JSONParser.maximumDepth + 1))?.message == "the nesting is too deep")
        #expect(fault(in: nested(1_000_000))?.message == "the nesting is too deep")
    }

    @Test func `Numbers keep their digits, strings their characters`() throws {
        let text =
            #"{"n": [-0.10, 1E+400, 12345678901234567890], "s": "\u00e9\ud83d\ude00\"\/\n", "b": true, "z": null}"#
        guard case .object(let members) = try JSONParser.parse(Array(text.utf8)) else {
            Issue.record("not an object")
            return
        }
        #expect(members.map(\.name) == ["n", "s", "b", "z"])
        guard case .array(let numbers) = members[0].value, case .string(let string) = members[1].value else {
            Issue.record("not the kinds written")
            return
        }
        #expect(
            numbers.map { if case .number(let digits) = $0 { digits } else { "" } } == [
                "-0.10", "1E+400", "12345678901234567890",
            ]
        )
        #expect(string == "é😀\"/\n")
    }

    private func fault(in bytes: [UInt8]) -> JSONFault? {
        do throws(JSONFault) {
            _ = try JSONParser.parse(bytes)
            return nil
        } catch {
            return error
        }
    }
}
