import Logging
import Testing

@testable import Postgres

extension ServerTests {
    @Suite struct Errors {
        /// A statement that must fail, with a value that must not show.
        struct Case: CustomTestStringConvertible, Sendable {
            let sql: SQL
            let sqlState: String
            var testDescription: String { sqlState }
        }

        private static let secret = "s3cret-value"

        @Test(arguments: [
            Case(sql: "SELEC 1", sqlState: "42601"),
            Case(sql: "SELECT * FROM no_such_table WHERE a = \(secret)", sqlState: "42P01"),
            Case(sql: "SELECT \(secret)::int", sqlState: "22P02"),
            Case(sql: "SELECT \(secret)::date", sqlState: "22007"),
            Case(sql: "SELECT 1 / \(0)::int", sqlState: "22012"),
            Case(sql: "SELECT \("<" + secret)::xml", sqlState: "2200N"),
            Case(sql: "SELECT (\(#"{"a": s3cret-value}"#)::jsonb)", sqlState: "22P02"),
            Case(sql: "INSERT INTO error_case VALUES (1, \(secret))", sqlState: "23505"),
            Case(sql: "INSERT INTO error_case VALUES (NULL, \(secret))", sqlState: "23502"),
            Case(sql: "INSERT INTO error_case VALUES (-1, \(secret))", sqlState: "23514"),
            Case(
                sql: "INSERT INTO error_case VALUES (2, \(secret + String(repeating: "x", count: 20)))",
                sqlState: "22001"
            ),
        ])
        func `the server's errors come with SQLSTATE and without values`(sample: Case) async throws {
            try await TestCluster.shared.withClient { client in
                try await client.script(
                    """
                    DROP TABLE IF EXISTS error_case;
                    CREATE TABLE error_case (id int PRIMARY KEY CHECK (id >= 0), name varchar(20));
                    INSERT INTO error_case VALUES (1, 'x');
                    """
                )
                let error = try #require(
                    await #expect(throws: PostgresError.self) {
                        try await client.query(sample.sql.named("a_statement"))
                    }
                )
                #expect(error.code == .server)
                #expect(error.sqlState == sample.sqlState)
                #expect(error.statementName == "a_statement")
                #expect(error.severity == "ERROR")
                for text in ["\(error)", error.debugDescription, error.message, "\(dump(of: error))"] {
                    #expect(!text.contains("s3cret"))
                }
            }
        }

        @Test(arguments: [
            ("", "the connection is lost"), ("\n", "the connection is lost"), ("one line\n", "one line"),
            (
                "connection to server at \"db1\" failed: Connection refused\n\tIs the server running?\nnext: timeout\n",
                "connection to server at \"db1\" failed: Connection refused; Is the server running?; next: timeout"
            ),
        ])
        func `what libpq says in several lines is told in one`(message: String, line: String) {
            #expect(ConnectionHandle.line(message) == line)
        }

        @Test func `a violated constraint is named`() async throws {
            try await TestCluster.shared.withClient { client in
                try await client.script(
                    "DROP TABLE IF EXISTS named; CREATE TABLE named (id int CONSTRAINT only_once UNIQUE)"
                )
                try await client.execute("INSERT INTO named VALUES (1)")
                let error = try #require(
                    await #expect(throws: PostgresError.self) {
                        try await client.execute("INSERT INTO named VALUES (1)")
                    }
                )
                #expect(error.isUniqueViolation(of: "only_once"))
                #expect(!error.isUniqueViolation(of: "another"))
                #expect(error.tableName == "named")
            }
        }

        @Test func `an error that only shows at the commit of a single statement is not lost`() async throws {
            try await TestCluster.shared.withClient { client in
                try await client.script(
                    """
                    DROP TABLE IF EXISTS late;
                    CREATE TABLE late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED);
                    INSERT INTO late VALUES (1);
                    """
                )
                let error = await #expect(throws: PostgresError.self) {
                    try await client.execute("INSERT INTO late VALUES (1)")
                }
                #expect(error?.sqlState == "23505")
                #expect(try await client.read("SELECT count(*) FROM late")[0].decode(Int.self) == 1)
            }
        }

        @Test func `a statement that can not be sent is misuse`() async throws {
            try await TestCluster.shared.withClient { client in
                for sql in ["SELECT \("a\0b")", "COPY pg_class TO STDOUT"] as [SQL] {
                    let error = await #expect(throws: PostgresError.self) { try await client.query(sql) }
                    #expect(error?.code == .misuse)
                }
                let one = try await client.read("SELECT 1")[0].decode(Int.self)
                #expect(one == 1)
            }
        }

        @Test func `a connection string that can not be read is misuse, and is not repeated`() {
            let configuration = PostgresConfiguration(conninfo: "password=s3cret nonsense")
            let error = #expect(throws: PostgresError.self) {
                try PostgresClient(configuration: configuration, logger: Logger(label: "test"))
            }
            #expect(error?.code == .misuse)
            #expect(error?.debugDescription.contains("s3cret") == false)
        }

        @Test func `no server gives a clear error after the connect timeout`() async throws {
            try await TestCluster.shared.withClient {
                $0.conninfo = "host=/nonexistent user=test"
                $0.connectTimeout = .milliseconds(200)
            } _: { client in
                let error = await #expect(throws: PostgresError.self) { try await client.read("SELECT 1") }
                #expect(error?.code == .connectFailed)
                await #expect(throws: PostgresError.self) {
                    try await client.transaction { try await $0.query("SELECT 1") }
                }
            }
        }

        private func dump(of error: PostgresError) -> String {
            var text = ""
            Swift.dump(error, to: &text)
            return text
        }
    }
}
