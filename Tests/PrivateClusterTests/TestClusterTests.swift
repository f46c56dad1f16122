import PrivateCluster
import TestSupport
import Testing

extension PrivateClusterTests {
    @Suite struct TestClusterTests {
        @Test func `a database of one's own is a copy of its template`() async throws {
            let cluster = try await TestCluster.shared()
            _ = try await TestCluster.createDatabase("original")
            try await cluster.psql("CREATE TABLE t AS SELECT 42 AS n", database: "original")
            let conninfo = try await TestCluster.createDatabase("a copy's \\name", template: "original")
            #expect(conninfo == cluster.conninfo(database: "a copy's \\name"))
            #expect(try await cluster.psql("SELECT n FROM t", database: "a copy's \\name") == "42")
            for name in ["original", "a copy's \\name", "absent"] { try await TestCluster.dropDatabase(name) }
            // Other tests have databases of their own in the same cluster.
            let left = try await cluster.psql(
                "SELECT count(*) FROM pg_database WHERE datname IN ('original', 'a copy''s \\name')"
            )
            #expect(left == "0")
        }

        @Test func `a failing statement is an error with the server's words`() async throws {
            let cluster = try await TestCluster.shared()
            let error = await #expect(throws: PsqlError.self) { try await cluster.psql("SELECT absent") }
            #expect(error?.description.contains("\"absent\" does not exist") == true)
        }
    }
}
