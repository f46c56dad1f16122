import Testing

@testable import Claims

@Suite struct ExactDecimalTests {
    @Test(arguments: ["0", "78.370", "-3", "0.001", "12345678901234567890.5"])
    func `keeps a plain decimal as printed`(text: String) {
        #expect(ExactDecimal(text)?.description == text)
    }

    @Test(arguments: ["", "-", ".5", "5.", "1e3", "+1", "1,000", "１", "1.2.3", " 1", "--1"])
    func `refuses what is not a plain decimal`(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test(arguments: [("9", "10"), ("-10", "-9"), ("-1", "0"), ("1.09", "1.1"), ("007", "8"), ("-0", "0.1")])
    func `compares by value`(less: String, more: String) throws {
        let (less, more) = (try #require(ExactDecimal(less)), try #require(ExactDecimal(more)))
        #expect(less < more)
        #expect(!(more < less))
    }

    @Test func `trailing zeros do not make a difference`() throws {
        let (short, long) = (try #require(ExactDecimal("78.37")), try #require(ExactDecimal("78.370")))
        #expect(!(short < long) && !(long < short))
    }
}
