import Postgres
import Testing

extension ServerTests {
    @Suite struct Smoke {
        @Test func `a client runs its first statements`() async throws {
            try await TestCluster.shared.withClient { client in
                let rows = try await client.read("SELECT \(5)::int8, \("x'\\y")::text, \(Int?.none)::int4")
                let (number, text, null) = try rows[0].decode(Int.self, String.self, Int32?.self)
                #expect(number == 5)
                #expect(text == "x'\\y")
                #expect(null == nil)
                try await client.execute("CREATE TABLE smoke (a int PRIMARY KEY, b text)")
                try await client.transaction { tx in
                    try await tx.execute("INSERT INTO smoke VALUES (1, \("one"))")
                    try await tx.batch(["INSERT INTO smoke VALUES (2, 'two')", "INSERT INTO smoke VALUES (3, 'three')"])
                }
                #expect(try await client.query("SELECT count(*) FROM smoke")[0].decode(Int.self) == 3)
                var text2: [UInt8] = []
                for try await chunk in client.copyOut("COPY (SELECT * FROM smoke WHERE a > \(1)) TO STDOUT") {
                    text2 += chunk
                }
                #expect(String(decoding: text2, as: UTF8.self) == "2\ttwo\n3\tthree\n")
                var count = 0
                for try await rows in client.stream("SELECT g FROM generate_series(1, \(2500)) g", chunkRows: 1000) {
                    count += rows.count
                }
                #expect(count == 2500)
                try await client.script("SELECT 1; DROP TABLE smoke;")
            }
        }
    }
}
