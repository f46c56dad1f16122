internal import Logging
internal import Postgres
internal import Synchronization

extension StandbyReads {
    /// Looks at the primary and at each standby, over and over until the task is cancelled.
    ///
    /// Nothing is read from a standby before the first look.
    package func watch() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.keepLooking { await self.lookAtPrimary() } }
            for index in standbys.indices {
                // Each at its own pace: one that is silent does not hold up the looks at the others.
                group.addTask { await self.keepLooking { await self.look(at: index) } }
            }
        }
    }

    private func keepLooking(_ look: () async -> Void) async {
        while !Task.isCancelled {
            await look()
            try? await Task.sleep(for: limits.interval)
        }
    }

    private func lookAtPrimary() async {
        let askedAt = ContinuousClock.now
        do throws(PostgresError) {
            let state = try await primary.serverState(timeout: limits.look)
            // A single host that is a standby takes no writes, and is not ahead of any other.
            guard !state.isStandby else { return replication.withLock { $0.primaryFailed() } }
            replication.withLock { $0.primary(at: state.position, askedAt: askedAt) }
        } catch {
            replication.withLock { $0.primaryFailed() }
        }
    }

    private func look(at index: Int) async {
        let before = replication.withLock { $0.servers[index].condition }
        do throws(PostgresError) {
            let state = try await standbys[index].client.serverState(timeout: limits.look)
            replication.withLock { $0.server(index, is: state) }
        } catch {
            replication.withLock { $0.serverFailed(index) }
        }
        let after = replication.withLock { $0.servers[index].condition }
        guard before != after, !Task.isCancelled else { return }
        logger.notice(
            "a server for reads has changed",
            metadata: ["database.server": "\(standbys[index].name)", "database.condition": "\(after.rawValue)"]
        )
    }
}
