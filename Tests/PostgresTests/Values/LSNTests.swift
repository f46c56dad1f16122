import Testing

@testable import Postgres

@Suite struct LSNTests {
    @Test(arguments: [
        ("0/0", 0 as UInt64), ("0/3000148", 0x300_0148), ("16/B374D848", 0x16_B374_D848),
        ("ffffffff/ffffffff", .max), ("00000001/0000000a", 0x1_0000_000A),
    ])
    func `a place reads as PostgreSQL writes it, and is written so`(text: String, value: UInt64) {
        let place = LSN(text)
        #expect(place?.rawValue == value)
        #expect(place.flatMap { LSN($0.description) } == place)
    }

    @Test(arguments: [
        "", "/", "0", "0/", "/0", "0/0/0", "0/g", "0/000000001", "000000001/0", " 0/0", "0/0 ", "0x1/0", "-1/0", "0/é",
        "٣/0",
    ])
    func `nothing else is a place`(text: String) {
        #expect(LSN(text) == nil)
    }

    @Test func `places are ordered by number, and their distance is in bytes`() throws {
        let (low, high) = try (#require(LSN("1/F0000000")), #require(LSN("2/10")))
        #expect(low < high && !(high < low))
        #expect(high.bytes(since: low) == 0x1000_0010)
        #expect(low.bytes(since: high) == 0)
    }

    @Test func `a place is written as PostgreSQL writes it`() {
        #expect(LSN(rawValue: 0x16_B374_D848).description == "16/B374D848")
        #expect(LSN(rawValue: 5).description == "0/5")
    }
}
