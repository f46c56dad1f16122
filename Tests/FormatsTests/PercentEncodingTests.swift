import Formats
import Testing

@Suite struct PercentEncodingTests {
    @Test(arguments: ["", "plain", "a b&c=d/e?f#g%h+i", "é 😀 ·", "..", "\u{1}\u{7F}"])
    func `Encoding and decoding give the text back`(text: String) {
        #expect(PercentEncoding.decode(PercentEncoding.encode(text)) == text)
        #expect(PercentEncoding.encode(text).utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }

    @Test func `A plus is a space in queries only`() {
        #expect(PercentEncoding.decode("a+b") == "a+b")
        #expect(PercentEncoding.decode("a+b", plusIsSpace: true) == "a b")
    }

    @Test(arguments: ["%", "%4", "a%zz", "%00", "%ff", "%ed%a0%80", "%c0%80"])
    func `What is not percent-encoded UTF-8 without NUL is not decoded`(text: String) {
        #expect(PercentEncoding.decode(text) == nil)
    }
}
