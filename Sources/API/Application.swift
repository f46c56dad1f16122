package import Extraction
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import Registry

/// What the API answers from.
package struct APIServices: Sendable {
    /// The records; whoever writes through it sees the write in the cache.
    package let registry: Registry
    /// Answers about benchmarks, kept until a write changes them.
    let cache: BoardCache
    /// The counts that /metrics shows.
    package var metrics: RequestMetrics
    /// What reads papers and texts at the moment; asked before each request's.
    package var extractor: @Sendable () async -> Extractor

    /// Puts the parts together.
    ///
    /// - Parameters:
    ///   - registry: the records.
    ///   - cacheBytes: the most bytes of answers to keep; 0 keeps none.
    ///   - metrics: takes the counts.
    ///   - extractor: what reads papers and texts; asked before each request's.
    package init(
        registry: Registry,
        cacheBytes: Int = APIServices.defaultCacheBytes,
        metrics: RequestMetrics = RequestMetrics(),
        extractor: @escaping @Sendable () async -> Extractor = { Extractor() }
    ) {
        let cache = BoardCache(registry: registry, capacity: cacheBytes)
        var writing = registry.afterEachCommit { await cache.catchUp() }
        writing.reader = { title, abstract in
            (await extractor().extract(title: title, abstract: abstract), Extractor.version)
        }
        self.registry = writing
        self.cache = cache
        self.metrics = metrics
        self.extractor = extractor
    }

    /// The main boards of some five thousand benchmarks.
    package static let defaultCacheBytes = 64 << 20
}

/// Builds the whole service: router, middleware, limits.
///
/// What serves and what is tested is built here.
///
/// - Parameters:
///   - configuration: what the operator has set.
///   - services: what the routes answer from.
///   - logger: where the service logs to.
///   - addPages: adds routes that are not the API's, such as pages for people.
///   - onRunning: told the TCP port once the service listens.
/// - Returns: the application, to be run as a service; graceful shutdown finishes the requests in flight.
package func buildApplication(
    _ configuration: APIConfiguration,
    services: APIServices,
    logger: Logger,
    addPages: (Router<APIContext>) -> Void = { _ in },
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    let limits = configuration.limits
    let channel = HTTP1Channel.Configuration(
        additionalChannelHandlers: [ConnectionHandler(), StallHandler(limit: TimeAmount(limits.stallTime))],
        idleTimeout: TimeAmount(limits.idleTime),
        httpDecoderConfiguration: .init(
            maxHeaderFieldSize: limits.headerFieldBytes,
            maxHeaderListSize: limits.headerBytes,
            maxHeaderFieldCount: limits.headerFields
        )
    )
    return Application(
        router: buildRouter(configuration, services: services, logger: logger, addPages: addPages),
        server: .http1OnLoops(channel),
        configuration: ApplicationConfiguration(
            address: .hostname(configuration.host, port: configuration.port),
            serverName: "claimboard",
            availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)
        ),
        onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? configuration.port) },
        logger: logger
    )
}

/// Builds the router with its middleware.
///
/// Apart from the application, so that tests can walk the routes.
package func buildRouter(
    _ configuration: APIConfiguration,
    services: APIServices,
    logger: Logger = Logger(label: "api"),
    addPages: (Router<APIContext>) -> Void = { _ in }
) -> Router<APIContext> {
    let access = AccessControl(
        registry: services.registry,
        issuer: configuration.openID.map { OpenIDIssuer($0, logger: logger) }
    )
    // Middleware covers only the routes added after it, and the answers about routes need the list of all of them:
    // hence the first pass, which only collects.
    let plan = Router(context: APIContext.self)
    addRoutes(to: plan, configuration, services: services, access: access)
    addPages(plan)

    let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
    router.addMiddleware {
        RequestLog(metrics: services.metrics)
        LongWork()
        // Answers from the cache count, too.
        Admission(limiter: RateLimiter(configuration.rates), access: access, proxies: configuration.rates.proxies)
        Positions(registry: services.registry, cache: services.cache)
        AcceptedForms()
        if services.cache.keepsAnswers {
            BoardCaching(cache: services.cache, baseURL: configuration.publicBaseURL ?? "")
        }
        Compression()
        ConditionalRequests()
        StandardHeaders()
        ProblemResponses(routes: RouteList(plan))
    }
    addRoutes(to: router, configuration, services: services, access: access)
    addPages(router)
    return router
}

private func addRoutes(
    to router: Router<APIContext>,
    _ configuration: APIConfiguration,
    services: APIServices,
    access: AccessControl
) {
    OperationRoutes(services: services).add(to: router)
    ContractRoutes().add(to: router)
    V1Routes(configuration: configuration, services: services, access: access).add(to: router.group("v1"))
}
