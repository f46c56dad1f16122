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

    /// As the service does, and with more patience for a connection than the test has.
    private static func registryThatGivesUp() throws -> Registry {
        var configuration = PostgresConfiguration(conninfo: "host=/nonexistent dbname=nothing user=nobody")
        configuration.connectTimeout = .seconds(3600)
        configuration.outagePatience = .milliseconds(50)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return Registry(client: try PostgresClient(configuration: configuration, logger: logger), logger: logger)
    }

    @Test(.timeLimit(.minutes(2)))
    func `Once it is known that the database is away, nobody waits for it`() async throws {
        try await TestServer.run(try Self.registryThatGivesUp()) { (client: HTTPClient) async throws -> Void in
            for _ in 1...20 {
                for target in ["/v1/benchmarks", "/v1/benchmarks/gsm8k/leaderboard", "/v1/exports/papers.csv"] {
                    let answer = try await client.send("GET", target)
                    #expect(answer.status == 503 && answer.problem == "unavailable")
                    #expect(answer.headers["retry-after"] == "5")
                }
                let written = try await client.post("/v1/papers", "{}", headers: Tester.ann.json)
                #expect(written.status == 503 && written.headers["retry-after"] == "5")
            }
        }
    }

    @Test(.timeLimit(.minutes(2)))
    func `A credential that cannot be looked up is not counted as a wrong one`() async throws {
        var rates = RateConfiguration()
        rates.reads = RateLimit(quota: 3, seconds: 3600)
        let registry = try Self.registryThatGivesUp()
        try await TestServer.run(registry, rates: rates) { (client: HTTPClient) async throws -> Void in
            for _ in 1...10 {
                let answer = try await client.send("GET", "/v1/account", headers: Tester.ann.authorization)
                #expect(answer.status == 503 && answer.problem == "unavailable")
            }
        }
    }
}
