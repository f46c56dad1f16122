import Testing

@testable import Postgres

@Suite struct DateTests {
    @Test(arguments: [
        ("1970-01-01", 0), ("2024-02-29", 19_782), ("2000-03-01", 11_017), ("1969-12-31", -1), ("0001-01-01", -719_162),
        ("0001-12-31 BC", -719_163), ("4713-01-01 BC", -2_440_550), ("12024-02-29", 3_672_207),
    ])
    func `days are counted from 1970 and printed as PostgreSQL does`(text: String, days: Int) throws {
        let date = try #require(PostgresDate.read(text))
        #expect(date.daysSinceEpoch == days)
        #expect(date.description == text)
    }

    @Test(arguments: [
        "", "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "2024-01-01x", "24-01-01", "0000-01-01 BC",
    ])
    func `what is no day is refused`(text: String) {
        #expect(PostgresDate.read(text) == nil)
    }

    @Test(arguments: [
        ("2024-02-29 12:30:00+00", "2024-02-29T12:30:00Z"), ("2024-02-29 12:30:00.25+02", "2024-02-29T10:30:00.25Z"),
        ("2024-03-01 00:15:00+05:45", "2024-02-29T18:30:00Z"),
        ("1969-12-31 23:59:59.999999+00", "1969-12-31T23:59:59.999999Z"),
        ("1800-01-01 00:00:00+00:53:28", "1799-12-31T23:06:32Z"), ("2024-02-29T12:30:00Z", "2024-02-29T12:30:00Z"),
        ("2024-02-29 12:30:00", "2024-02-29T12:30:00Z"), ("infinity", "infinity"), ("-infinity", "-infinity"),
    ])
    func `moments of any offset become UTC`(text: String, rfc3339: String) throws {
        #expect(try #require(PostgresTimestamp.read(text)).description == rfc3339)
    }

    @Test(arguments: [
        "2024-02-29", "2024-02-29 25:00:00", "2024-02-29 12:60:00", "2024-02-29 12:30", "2024-02-29 12:30:00+",
    ])
    func `what is no moment is refused`(text: String) {
        #expect(PostgresTimestamp.read(text) == nil)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `every moment is read back`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let moment = PostgresTimestamp(
                microsecondsSinceEpoch: .random(
                    in: -200_000_000_000_000_000...9_000_000_000_000_000_000,
                    using: &random
                )
            )
            #expect(PostgresTimestamp.read(moment.textForm) == moment, "seed \(seed)")
        }
    }
}
