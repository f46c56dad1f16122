import Testing

@testable import API

@Suite struct PercentDecodingTests {
    @Test(arguments: ["", "plain", "a b&c=d/e?f#g%h+i", "é 😀 ·", "..", "\u{1}\u{7F}"])
    func `Encoding and decoding give the text back`(text: String) {
        #expect(PercentDecoding.decode(PercentDecoding.encode(text)) == text)
        #expect(PercentDecoding.encode(text).utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }

    @Test func `A plus is a space in queries only`() {
        #expect(PercentDecoding.decode("a+b") == "a+b")
        #expect(PercentDecoding.decode("a+b", plusIsSpace: true) == "a b")
    }
}
