package import Postgres
internal import Synchronization

extension Registry {
    /// Standbys of the registry's database.
    ///
    /// - Parameters:
    ///   - configuration: how to reach them.
    ///   - limits: how far behind they may be.
    /// - Returns: the standbys, to be watched (``StandbyReads/watch()``) and read from (``reading(from:)``).
    /// - Throws: `PostgresError` of code `misuse` where the connection string cannot be read, or asks for a primary.
    package func standbyReads(
        _ configuration: PostgresConfiguration,
        limits: StandbyLimits = StandbyLimits()
    ) throws(PostgresError) -> StandbyReads {
        try StandbyReads(configuration, primary: client.client, limits: limits, logger: logger)
    }

    /// The same registry, whose reads within ``withStandbyReads(from:_:)`` go to standbys where they can.
    package func reading(from standbys: StandbyReads) -> Registry {
        var registry = self
        registry.client.standbys = standbys
        return registry
    }

    /// Whether reads may go to standbys.
    package var hasStandbys: Bool { client.standbys != nil }

    /// Whether the primary is known to be away; `false` without standbys, where nobody looks.
    package var isPrimaryAway: Bool {
        client.standbys.map { standbys in standbys.replication.withLock { !$0.isPrimaryReachable } } ?? false
    }

    /// How reads are shared out; `nil` without standbys.
    package var standbyFigures: StandbyFigures? { client.standbys?.figures }

    /// Lets the reads of a body go to standbys: those of one request.
    ///
    /// Each sees what those before it saw, and all see what was committed up to the position. What must not be behind at all,
    /// such as who holds a token, is the primary's all the same.
    ///
    /// - Parameters:
    ///   - position: what they have to see; `nil` where a moment ago will do.
    ///   - body: what reads.
    /// - Returns: what the body returns.
    package func withStandbyReads<R>(
        from position: WritePosition?,
        _ body: () async throws -> R
    ) async rethrows -> R {
        guard hasStandbys else { return try await body() }
        let scope = ReadScope(floor: ReadFloor(lsn: position?.lsn))
        return try await ReadScope.$current.withValue(scope) { try await body() }
    }

    /// Asks that the further reads of this request see all that the log tells up to an entry: for a cache that knows of the
    /// entry already, and must not keep an answer from before it.
    package static func readsMustSee(logPosition: Int64?) {
        guard let logPosition else { return }
        ReadScope.current?.raise(to: ReadFloor(logPosition: logPosition))
    }

    /// The position of the primary: whatever was committed before the call is before it.
    ///
    /// - Throws: `RegistryError` (unavailable).
    package func writePosition() async throws -> WritePosition {
        do {
            return WritePosition(try await client.client.serverState().position)
        } catch {
            throw Database.translated(error)
        }
    }
}
