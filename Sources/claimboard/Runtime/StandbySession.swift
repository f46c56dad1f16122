import Postgres
import Registry

/// The standbys for the time of a service.
enum StandbySession {
    /// Runs a body on a registry whose reads go to standbys, and closes the connections to them in the end.
    ///
    /// - Parameters:
    ///   - configuration: how to reach them; `nil` for none.
    ///   - registry: the registry over the primary.
    ///   - body: what is done with it.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws.
    static func with<Value>(
        _ configuration: PostgresConfiguration?,
        of registry: Registry,
        body: (Registry) async throws -> Value
    ) async throws -> Value {
        guard let configuration else { return try await body(registry) }
        let standbys = try registry.standbyReads(configuration)
        let watch = Task { await standbys.watch() }
        do {
            let value = try await body(registry.reading(from: standbys))
            await end(watch, standbys)
            return value
        } catch {
            await end(watch, standbys)
            throw error
        }
    }

    private static func end(_ watch: Task<Void, Never>, _ standbys: StandbyReads) async {
        watch.cancel()
        await watch.value
        await standbys.close()
    }
}
