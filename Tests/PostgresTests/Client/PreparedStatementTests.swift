import Postgres
import Testing

extension ServerTests {
    @Suite struct PreparedStatements {
        private func prepared(_ client: PostgresClient) async throws -> [String] {
            try await client.query("SELECT statement FROM pg_prepared_statements ORDER BY 1").decode(String.self)
        }

        @Test func `a statement is prepared once and the least used makes room`() async throws {
            try await TestCluster.shared.withClient {
                $0.shortConnections = 1
                $0.preparedStatementLimit = 3
            } _: { client in
                for number in 0..<30 {
                    let column = ["a", "b", "c", "d", "e"][number % 5]
                    let answer = try await client.read("SELECT \(number)::int AS \(identifier: column)")[0].decode(
                        Int.self
                    )
                    #expect(answer == number)
                }
                let statements = try await prepared(client)
                #expect(statements.count == 3)
            }
        }

        @Test func `a changed table does not break its statements`() async throws {
            try await TestCluster.shared.withClient { client in
                try await client.script("DROP TABLE IF EXISTS shape; CREATE TABLE shape AS SELECT 1 AS a")
                for type in ["text", "bigint", "numeric"] {
                    let value = try await client.read("SELECT * FROM shape")[0].decode(String.self)
                    #expect(value == "1")
                    let locked = try await client.query("SELECT * FROM shape FOR UPDATE")[0].decode(String.self)
                    #expect(locked == "1")
                    try await client.script("ALTER TABLE shape ALTER COLUMN a TYPE \(type) USING a::\(type)")
                }
            }
        }

        @Test func `statements that the server has forgotten are prepared anew`() async throws {
            try await TestCluster.shared.withClient {
                $0.shortConnections = 1
            } _: { client in
                for _ in 0..<3 {
                    let answer = try await client.read("SELECT \(3)::int")[0].decode(Int.self)
                    #expect(answer == 3)
                    try await client.execute("DEALLOCATE ALL")
                }
            }
        }

        @Test func `for a pooler nothing is prepared and everything works`() async throws {
            try await TestCluster.shared.withClient {
                $0.pipelining = false
                $0.preparedStatements = false
                $0.shortConnections = 1
            } _: { client in
                let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<100 {
                        group.addTask { try await client.read("SELECT \(number)::int")[0].decode(Int.self) }
                    }
                    return try await group.reduce(0, +)
                }
                #expect(answers == 4950)
                let error = await #expect(throws: PostgresError.self) { try await client.query("SELECT 1 / 0") }
                #expect(error?.sqlState == "22012")
                try await client.script("DROP TABLE IF EXISTS pooled; CREATE TABLE pooled (id int PRIMARY KEY)")
                await #expect(throws: PostgresError.self) {
                    try await client.transaction { tx in
                        try await tx.batch([
                            "INSERT INTO pooled VALUES (1)", "INSERT INTO pooled VALUES (1)",
                            "INSERT INTO pooled VALUES (2)",
                        ])
                    }
                }
                try await client.transaction { tx in
                    try await tx.execute("INSERT INTO pooled VALUES (\(3))")
                    var text = CopyText()
                    text.append(4)
                    try await tx.copyIn("COPY pooled FROM STDIN", text)
                }
                let ids = try await client.read("SELECT id FROM pooled ORDER BY id").decode(Int.self)
                #expect(ids == [3, 4])
                var streamed = 0
                for try await rows in client.stream("SELECT id FROM pooled", chunkRows: 1) { streamed += rows.count }
                #expect(streamed == 2)
                let statements = try await prepared(client)
                #expect(statements.isEmpty)
            }
        }
    }
}
