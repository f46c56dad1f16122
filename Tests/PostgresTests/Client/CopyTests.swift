import Postgres
import Testing

extension ServerTests {
    @Suite struct Copy {
        private struct SourceFailed: Error {}

        /// Rows as chunks of COPY text; fails after some, if it is to.
        private struct Source: AsyncSequence, Sendable {
            let rows: Int
            var failsAfter = Int.max

            func makeAsyncIterator() -> Iterator { Iterator(source: self) }

            struct Iterator: AsyncIteratorProtocol {
                let source: Source
                private var row = 0

                init(source: Source) { self.source = source }

                mutating func next() async throws -> [UInt8]? {
                    var text = CopyText()
                    while row < source.rows, text.bytes.count < 65_536 {
                        row += 1
                        guard row <= source.failsAfter else { throw SourceFailed() }
                        let value = row.isMultiple(of: 3) ? nil : PostgresNumeric("\(row).50")
                        text.append(row, "name \(row)\t\\\n", value)
                    }
                    return text.bytes.isEmpty ? nil : text.bytes
                }
            }
        }

        private func withTable(_ body: (PostgresClient) async throws -> Void) async throws {
            try await TestCluster.shared.withClient { client in
                try await client.script(
                    "DROP TABLE IF EXISTS copied; CREATE TABLE copied (id int, name text, value numeric)"
                )
                try await body(client)
            }
        }

        private func count(_ client: PostgresClient) async throws -> Int {
            try await client.query("SELECT count(*) FROM copied")[0].decode(Int.self)
        }

        @Test func `a hundred thousand rows go in and come out the same`() async throws {
            try await withTable { client in
                let rows = 100_000
                let sent = try await client.copyIn("COPY copied FROM STDIN", from: Source(rows: rows))
                #expect(sent == rows)
                let (count, nulls, last) = try await client.query(
                    "SELECT count(*), count(*) - count(value), max(name) FILTER (WHERE id = \(rows)) FROM copied"
                )[0].decode(Int.self, Int.self, String.self)
                #expect(count == rows && nulls == rows / 3 && last == "name \(rows)\t\\\n")
                var received: [UInt8] = []
                for try await chunk in client.copyOut(
                    "COPY (SELECT * FROM copied WHERE id > \(0) ORDER BY id) TO STDOUT"
                ) {
                    #expect(chunk.last == UInt8(ascii: "\n"))
                    received += chunk
                }
                var expected: [UInt8] = []
                for try await chunk in Source(rows: rows) { expected += chunk }
                #expect(received == expected)
            }
        }

        @Test func `rows stream in chunks, all of them, in order`() async throws {
            try await withTable { client in
                var next = 1
                for try await rows in client.stream(
                    "SELECT g, 'x' FROM generate_series(1, \(100_000)) g",
                    chunkRows: 4096
                ) {
                    for row in rows {
                        let (number, _) = try row.decode(Int.self, String.self)
                        guard number == next else { throw SourceFailed() }
                        next += 1
                    }
                }
                #expect(next == 100_001)
                for chunkRows in [1, 2, 3, 4] {
                    var total = 0
                    for try await rows in client.stream("SELECT g FROM generate_series(1, 3) g", chunkRows: chunkRows) {
                        total += rows.count
                    }
                    #expect(total == 3)
                }
            }
        }

        @Test func `a source that fails leaves no row behind, and its error comes through`() async throws {
            try await withTable { client in
                await #expect(throws: SourceFailed.self) {
                    try await client.copyIn("COPY copied FROM STDIN", from: Source(rows: 50_000, failsAfter: 40_000))
                }
                let rows = try await count(client)
                #expect(rows == 0)
            }
        }

        @Test func `data that the server refuses is its error, without the data`() async throws {
            try await withTable { client in
                let error = await #expect(throws: PostgresError.self) {
                    try await client.transaction { tx in
                        var text = CopyText()
                        text.append("s3cret", "x", 1)
                        try await tx.copyIn("COPY copied FROM STDIN", text)
                    }
                }
                #expect(error?.sqlState == "22P02")
                #expect(error?.debugDescription.contains("s3cret") == false)
                let rows = try await count(client)
                #expect(rows == 0)
            }
        }

        @Test func `a refusal that comes before the end of the data is told at the end`() async throws {
            try await withTable { client in
                // Long enough for the server's answer to be there before the end is sent.
                struct Slow: AsyncSequence, AsyncIteratorProtocol {
                    var left = 2
                    mutating func next() async throws -> [UInt8]? {
                        left -= 1
                        if left == 0 { try await Task.sleep(for: .milliseconds(300)) }
                        return left >= 0 ? Array("no number\tx\t1\n".utf8) : nil
                    }
                    func makeAsyncIterator() -> Slow { self }
                }
                let error = await #expect(throws: PostgresError.self) {
                    try await client.copyIn("COPY copied FROM STDIN", from: Slow())
                }
                #expect(error?.sqlState == "22P02")
            }
        }

        @Test func `COPY is part of its transaction`() async throws {
            try await withTable { client in
                var text = CopyText()
                for row in 1...10 { text.append(row, "x", Int?.none) }
                let rows = text
                try await client.transaction { tx in
                    #expect(try await tx.copyIn("COPY copied FROM STDIN", rows) == 10)
                    #expect(try await tx.copyIn("COPY copied FROM STDIN", rows) == 10)
                    var received: [UInt8] = []
                    for try await chunk in tx.copyOut("COPY copied TO STDOUT") { received += chunk }
                    #expect(received == rows.bytes + rows.bytes)
                    try await tx.execute("DELETE FROM copied WHERE id > 5")
                }
                let left = try await count(client)
                #expect(left == 10)
            }
        }

        @Test func `a reader that stops early stops the server, and the connection is used again`() async throws {
            try await TestCluster.shared.withClient {
                $0.exclusiveConnections = 1
            } _: { client in
                for _ in 0..<3 {
                    for try await _ in client.copyOut("COPY (SELECT generate_series(1, 100000000)) TO STDOUT") { break }
                    for try await _ in client.stream("SELECT generate_series(1, 100000000)") { break }
                }
                let one = try await client.transaction { try await $0.query("SELECT 1")[0].decode(Int.self) }
                #expect(one == 1)
            }
        }

        @Test func `cancelling the task ends the stream it reads`() async throws {
            try await withTable { client in
                let task = Task {
                    var chunks = 0
                    for try await _ in client.copyOut(
                        "COPY (SELECT pg_sleep(0.01) FROM generate_series(1, 6000)) TO STDOUT"
                    ) {
                        chunks += 1
                    }
                    return chunks
                }
                try await waitUntil { try await self.copies(client) == 1 }
                task.cancel()
                let error = await #expect(throws: PostgresError.self) { try await task.value }
                #expect(error?.code == .cancelled)
                try await waitUntil { try await self.copies(client) == 0 }
            }
        }

        @Test func `a slow reader makes the server wait`() async throws {
            try await withTable { client in
                let iterator = client.copyOut("COPY (SELECT g FROM generate_series(1, 3000000) g) TO STDOUT")
                    .makeAsyncIterator()
                var bytes = try await iterator.next()?.count ?? 0
                try await waitUntil {
                    try await client.query(
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY (SELECT g%' AND wait_event = 'ClientWrite'"
                    )[0].decode(Int.self) == 1
                }
                while let chunk = try await iterator.next() { bytes += chunk.count }
                #expect(bytes == 22_888_896)
            }
        }

        @Test func `a call of the wrong kind is misuse`() async throws {
            try await withTable { client in
                let wrong: [SQL] = ["SELECT 1", "COPY copied FROM STDIN"]
                for sql in wrong {
                    let error = await #expect(throws: PostgresError.self) { for try await _ in client.copyOut(sql) {} }
                    #expect(error?.code == .misuse)
                }
                let rows = try await count(client)
                #expect(rows == 0)
            }
        }

        private func copies(_ client: PostgresClient) async throws -> Int {
            try await client.query(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'COPY (SELECT pg%'"
            )[
                0
            ].decode(Int.self)
        }
    }
}
