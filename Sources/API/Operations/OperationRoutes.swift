import Formats
import HTTPTypes
import Hummingbird
import Registry

/// What operators and their machines ask: is it alive, is it ready, how is it doing.
struct OperationRoutes {
    /// Where they are asked: about this very service, to be answered without a credential and without counting.
    static let paths: Set<String> = ["/livez", "/readyz", "/metrics"]

    let services: APIServices

    func add(to router: Router<APIContext>) {
        router.get("livez", use: live)
        router.get("readyz", use: ready)
        router.get("metrics", use: metrics)
    }

    /// The process answers.
    ///
    /// Looks at nothing else, so that a database that is away does not get it restarted.
    @Sendable private func live(request: Request, context: APIContext) throws -> Response {
        try QueryReader(request).finish()
        return .json(headers: Self.fresh, capacity: 64) { $0.object { $0.member("status", "alive") } }
    }

    /// The database can be reached and has this program's schema; while the primary is away, a standby will do for reads.
    @Sendable private func ready(request: Request, context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        if let figures = services.registry.standbyFigures, !figures.isPrimaryReachable,
            figures.servers.contains(where: \.isUsable)
        {
            return .json(headers: Self.fresh, capacity: 256) { json in
                json.object { json in
                    json.member("status", "read-only")
                    json.members(of: figures)
                }
            }
        }
        let version = try await services.registry.schemaVersion()
        let required = Registry.requiredSchemaVersion
        guard version == required else {
            throw Problem(
                .unavailable,
                "The database has schema version \(version), this program needs \(required).",
                headers: [.retryAfter: "5"]
            )
        }
        return .json(headers: Self.fresh, capacity: 64) { json in
            json.object { json in
                json.member("status", "ready")
                json.member("schema_version", version)
                if let figures = services.registry.standbyFigures { json.members(of: figures) }
            }
        }
    }

    /// Counts and durations for Prometheus.
    @Sendable private func metrics(request: Request, context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        return .text(
            services.metrics.exposition() + services.cache.figures.exposition
                + PoolExposition.text(await services.registry.connectionFigures())
                + StandbyExposition.text(services.registry.standbyFigures),
            as: "text/plain; version=0.0.4; charset=utf-8",
            headers: Self.fresh
        )
    }

    private static let fresh: HTTPFields = [.cacheControl: "no-store"]
}
