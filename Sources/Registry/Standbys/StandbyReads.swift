package import Logging
package import Postgres
internal import Synchronization

/// Sends reads to standbys, and to the primary whatever no standby can answer: no read fails for a standby's sake.
///
/// Each read is preceded, on the same connection and in the same round trip, by a statement that proves how far the server
/// is. So it does not matter which server a connection leads to, nor what becomes of it between two reads.
package final class StandbyReads: Sendable {
    struct Standby: Sendable {
        let name: String
        let client: PostgresClient
    }

    private struct Counts {
        var reads: [Int]
        var primaryReads = 0
        var fallbacks: [StandbyFigures.Fallback: Int] = [:]
        var waits = 0
        /// Whose turn it is.
        var turn = 0
    }

    let primary: PostgresClient
    let standbys: [Standby]
    let limits: StandbyLimits
    let logger: Logger
    let replication: Mutex<ReplicationState>
    private let counts: Mutex<Counts>

    /// Connects to the servers when they are first asked.
    ///
    /// - Parameters:
    ///   - configuration: how to reach them; of several hosts each is a server of its own, whatever its role is at the time.
    ///   - primary: the client whose reads they take over.
    ///   - limits: how far behind they may be.
    ///   - logger: told when a server comes and goes.
    /// - Throws: `PostgresError` of code `misuse` where the connection string cannot be read, or asks for a primary.
    package init(
        _ configuration: PostgresConfiguration,
        primary: PostgresClient,
        limits: StandbyLimits = StandbyLimits(),
        logger: Logger
    ) throws(PostgresError) {
        var standbys: [Standby] = []
        for host in try configuration.hosts() {
            var configuration = host.configuration
            // A server that cannot be reached at once is not worth waiting for: the primary is at hand.
            configuration.connectTimeout = limits.wait
            configuration.statementTimeout = limits.read
            let client = try PostgresClient(configuration: configuration, logger: logger)
            standbys.append(Standby(name: host.name, client: client))
        }
        self.primary = primary
        self.standbys = standbys
        self.limits = limits
        self.logger = logger
        replication = Mutex(ReplicationState(count: standbys.count, limits: limits))
        counts = Mutex(Counts(reads: Array(repeating: 0, count: standbys.count)))
    }

    /// Closes the connections to the standbys.
    package func close() async {
        for standby in standbys { await standby.client.close() }
    }

    /// How it stands.
    package var figures: StandbyFigures {
        let counts = counts.withLock(\.self)
        let replication = replication.withLock(\.self)
        let servers = standbys.indices.map { index in
            StandbyFigures.Server(
                name: standbys[index].name,
                condition: replication.servers[index].condition.rawValue,
                isUsable: replication.isUsable(index),
                lagSeconds: replication.lag(of: index)?.seconds,
                lagBytes: replication.lagBytes(of: index),
                reads: counts.reads[index]
            )
        }
        return StandbyFigures(
            servers: servers,
            isPrimaryReachable: replication.isPrimaryReachable,
            primaryReads: counts.primaryReads,
            fallbacks: counts.fallbacks,
            waits: counts.waits
        )
    }
}

// MARK: Reading

extension StandbyReads {
    /// What came of an attempt to read from a standby.
    private enum Attempt {
        case rows(Rows, StandbyProof)
        /// It does not show yet what the read has to see.
        case behind
        /// It is no standby.
        case promoted
        case failed(PostgresError)
    }

    /// Runs a statement that changes nothing where the present scope may read it.
    func read(_ sql: SQL) async throws(PostgresError) -> Rows {
        guard let scope = ReadScope.current, !scope.isOnPrimary else { return try await readFromPrimary(sql) }
        guard let index = choose(scope.server) else {
            return try await readFromPrimary(sql, scope, StandbyFigures.Fallback.none)
        }
        let common = ReadFloor(lsn: replication.withLock(\.floor))
        var attempt = await attempt(sql, on: index, scope.floor, common)
        if case .behind = attempt, await catchesUp(index, to: scope.floor, until: scope.waitsUntil(limit: limits.wait))
        {
            attempt = await self.attempt(sql, on: index, scope.floor, common)
        }
        switch attempt {
        case .rows(let rows, let proof):
            scope.note(index, proof)
            counts.withLock { $0.reads[index] += 1 }
            return rows
        case .behind: return try await readFromPrimary(sql, scope, .behind)
        case .promoted: return try await readFromPrimary(sql, scope, .promoted)
        case .failed(let error):
            if error.code == .cancelled { throw error }
            note(error, of: index)
            return try await readFromPrimary(sql, scope, .failed)
        }
    }

    private func readFromPrimary(
        _ sql: SQL,
        _ scope: ReadScope? = nil,
        _ fallback: StandbyFigures.Fallback? = nil
    ) async throws(PostgresError) -> Rows {
        scope?.leaveStandbys()
        counts.withLock { counts in
            counts.primaryReads += 1
            if let fallback { counts.fallbacks[fallback, default: 0] += 1 }
        }
        return try await primary.read(sql)
    }

    /// The standby that the scope has read from where it still can be, else the next one that can be.
    private func choose(_ known: Int?) -> Int? {
        let usable = replication.withLock { state in standbys.indices.filter { state.isUsable($0) } }
        if let known, usable.contains(known) { return known }
        guard !usable.isEmpty else { return nil }
        return counts.withLock { counts in
            counts.turn &+= 1
            return usable[counts.turn % usable.count]
        }
    }

    private func attempt(_ sql: SQL, on index: Int, _ floors: ReadFloor...) async -> Attempt {
        do throws(PostgresError) {
            let results = try await standbys[index].client.reads([StandbyProof.query, sql])
            guard let first = results.first, let rows = results.last else { return .behind }
            let proof = try StandbyProof(first)
            guard proof.state.isStandby else { return .promoted }
            guard proof.isBinding else { return .failed(Self.unproven) }
            return floors.allSatisfy { $0.isReached(by: proof) } ? .rows(rows, proof) : .behind
        } catch {
            return .failed(error)
        }
    }

    /// Waits until a standby shows what a read has to see.
    private func catchesUp(
        _ index: Int,
        to floor: ReadFloor,
        until deadline: ContinuousClock.Instant
    ) async -> Bool {
        counts.withLock { $0.waits += 1 }
        var pause = Self.firstPause
        while ContinuousClock.now + pause < deadline, !Task.isCancelled {
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, Self.longestPause)
            do throws(PostgresError) {
                let proof = try StandbyProof(await standbys[index].client.read(StandbyProof.query))
                guard proof.state.isStandby else { return false }
                if floor.isReached(by: proof) { return true }
            } catch {
                return false
            }
        }
        return false
    }

    private static let unproven = PostgresError(
        .misuse,
        "transactions on the standby are not READ COMMITTED by default"
    )

    /// Replication takes a millisecond or two where nothing is in its way.
    private static let firstPause = Duration.milliseconds(2)
    private static let longestPause = Duration.milliseconds(32)

    /// Has the others not run into the same: until it answers again, the server is not read from.
    private func note(_ error: PostgresError, of index: Int) {
        guard [.connectFailed, .connectionLost, .timeout].contains(error.code) else { return }
        replication.withLock { $0.serverFailed(index) }
    }
}

extension Duration {
    /// Seconds, with fractions.
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
