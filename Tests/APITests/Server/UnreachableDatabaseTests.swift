import API
import Logging
import Postgres
import Registry
import Testing

@Suite struct UnreachableDatabaseTests {
    @Test func `Without its database the service lives, says that it is not ready, and answers 503`() async throws {
        var configuration = PostgresConfiguration(conninfo: "host=/nonexistent dbname=nothing user=nobody")
        configuration.connectTimeout = .seconds(2)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let registry = Registry(
            client: try PostgresClient(configuration: configuration, logger: logger),
            logger: logger
        )
        try await TestServer.run(registry) { client in
            #expect(try await client.send("GET", "/livez").status == 200)
            for target in ["/readyz", "/v1/benchmarks"] {
                let answer = try await client.send("GET", target)
                #expect(answer.status == 503)
                #expect(answer.problem == "unavailable")
                #expect(answer.headers["retry-after"] == "5")
                #expect(!answer.text.contains("nonexistent"))
            }
            let page = try await client.send("GET", "/benchmarks")
            #expect(page.status == 503)
            #expect(page.text.contains("the database cannot be reached"))
        }
    }
}
