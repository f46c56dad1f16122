import Postgres
import Testing

extension ServerTests {
    /// Values through a real server and back.
    @Suite struct Types {
        @Test func `the server prints what we read, and reads what we print`() async throws {
            try await TestCluster.shared.withClient { client in
                try await check(client, "bool", [true, false])
                try await check(client, "smallint", [Int16.min, -1, 0, .max])
                try await check(client, "integer", [Int32.min, -1, 0, .max])
                try await check(client, "bigint", [Int64.min, -1, 0, .max])
                try await check(client, "bigint", [Int.min, .max])
                try await check(client, "text", ["", "it's", #"a\b"c"#, "日本 🙂\n\t\r"])
                try await check(client, "bytea", [[], [0], Array(0...255)] as [[UInt8]])
                try await check(
                    client,
                    "numeric",
                    ["78.370", "-0.00001", "12345678901234567890.5", "NaN"].map(PostgresNumeric.init)
                )
                try await check(client, "uuid", [try #require(PostgresUUID("0190a6c5-5b1e-7c3a-8f00-0123456789ab"))])
                try await check(client, "json", [PostgresJSON(Array(#"{"b": 1, "a": [null]}"#.utf8))])
                try await check(
                    client,
                    "date",
                    [-2_440_550, -719_163, 0, 19_782].map(PostgresDate.init(daysSinceEpoch:))
                )
                try await check(client, "date", [.infinity, .negativeInfinity] as [PostgresDate])
                try await check(client, "timestamptz", [.infinity, .negativeInfinity] as [PostgresTimestamp])
            }
        }

        @Test func `doubles keep every bit, and have no number and infinities`() async throws {
            try await TestCluster.shared.withClient { client in
                try await check(client, "float8", [0.1, -1e300, .leastNonzeroMagnitude, .infinity, -.infinity])
                let row = try await client.read("SELECT \(Double.nan)::float8")[0]
                #expect(try row.decode(Double.self).isNaN)
            }
        }

        @Test(arguments: 1...5 as ClosedRange<UInt64>)
        func `random values come back as they went`(seed: UInt64) async throws {
            var random = SeededGenerator(seed: seed)
            try await TestCluster.shared.withClient { client in
                for _ in 0..<40 {
                    let text = random.text()
                    let number = Int64.random(in: .min ... .max, using: &random)
                    let double = Double.random(in: -1e9...1e9, using: &random)
                    let bytes = (0..<Int.random(in: 0...50, using: &random)).map { _ in
                        UInt8.random(in: 0...255, using: &random)
                    }
                    let texts = (0..<5).map { _ in Bool.random(using: &random) ? random.text() : nil }
                    let moment = PostgresTimestamp(
                        microsecondsSinceEpoch: .random(
                            in: -90_000_000_000_000_000...9_000_000_000_000_000_000,
                            using: &random
                        )
                    )
                    let moments = [moment, nil]
                    let row = try await client.read(
                        """
                        SELECT \(text)::text, \(number)::bigint, \(double)::float8, \(bytes)::bytea, \(texts)::text[],
                            \(moment)::timestamptz, \(moments)::timestamptz[], \(number)::numeric
                        """
                    )[0]
                    let back = try row.decode(
                        String.self,
                        Int64.self,
                        Double.self,
                        [UInt8].self,
                        [String?].self,
                        PostgresTimestamp.self,
                        [PostgresTimestamp?].self,
                        PostgresNumeric.self
                    )
                    #expect(back.0 == text, "seed \(seed)")
                    #expect(back.1 == number && back.7.text == "\(number)", "seed \(seed)")
                    #expect(back.2 == double, "seed \(seed)")
                    #expect(back.3 == bytes, "seed \(seed)")
                    #expect(back.4 == texts, "seed \(seed)")
                    #expect(back.5 == moment && back.6 == moments, "seed \(seed)")
                }
            }
        }

        @Test func `NULL reads as nil and as nothing else`() async throws {
            try await TestCluster.shared.withClient { client in
                let row = try await client.read("SELECT NULL::text, \(Int?.none)::int")[0]
                let (text, number) = try row.decode(String?.self, Int?.self)
                #expect(text == nil && number == nil)
                let error = #expect(throws: PostgresError.self) { try row.decode(column: 0, as: String.self) }
                #expect(error?.code == .decode)
            }
        }

        @Test func `a row must have the columns that are read from it, and rows decode all at once`() async throws {
            try await TestCluster.shared.withClient { client in
                let rows = try await client.read("SELECT g AS number, 'n' || g AS name FROM generate_series(1, 3) g")
                #expect(rows.columns.map(\.name) == ["number", "name"])
                let all = try rows.decode(Int.self, String.self)
                #expect(all.map(\.1) == ["n1", "n2", "n3"])
                #expect(throws: PostgresError.self) { try rows.decode(Int.self) }
                #expect(throws: PostgresError.self) { try rows.decode(Int.self, Int.self) }
                let text = rows[1].withBytes(1) { (bytes: Span<UInt8>?) -> String? in
                    if let bytes { String(postgresText: bytes) } else { nil }
                }
                #expect(text == "n2")
            }
        }

        private func check<Value: PostgresEncodable & PostgresDecodable & Equatable>(
            _ client: PostgresClient,
            _ type: String,
            _ values: [Value]
        ) async throws {
            for value in values {
                let sql: SQL =
                    "SELECT \(value)::\(unescaped: type), \([value, nil])::\(unescaped: type)[], (\(value)::\(unescaped: type))::text"
                let (back, array, text) = try await client.read(sql)[0].decode(Value.self, [Value?].self, Value.self)
                #expect(back == value)
                #expect(array == [value, nil])
                #expect(text == value)
            }
        }
    }
}
