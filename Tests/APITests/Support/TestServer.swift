import API
import Hummingbird
import Logging
import Registry
import Website

/// A running service, built as the real one is.
struct TestServer {
    /// Serves while the closure runs, on a free port.
    static func run<Result: Sendable>(
        _ registry: Registry,
        limits: APILimits = APILimits(),
        cacheBytes: Int = APIServices.defaultCacheBytes,
        _ body: @Sendable @escaping (HTTPClient) async throws -> Result
    ) async throws -> Result {
        var configuration = APIConfiguration()
        configuration.port = 0
        configuration.tokens = [LocalToken(secret: token)].compactMap { $0 }
        configuration.limits = limits
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let application = buildApplication(
            configuration,
            services: APIServices(registry: registry, cacheBytes: cacheBytes),
            logger: logger,
            addPages: { Website(registry: registry).addRoutes(to: $0) },
            onRunning: { continuation.yield($0) }
        )
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await application.run()
                return nil
            }
            group.addTask {
                guard let port = await ports.first(where: { _ in true }) else { return nil }
                return try await body(HTTPClient(port: port))
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw TransportFailure(step: "the service did not start")
        }
    }

    /// The token that may add papers.
    static let token = "cb_test_0123456789_0123456789_0123456789"
}
