package import Postgres
package import Registry

extension StandbyLimits {
    /// Limits with which a standby is read from however slow the machine is, and however far it is behind.
    package static var patient: StandbyLimits {
        var limits = StandbyLimits()
        limits.lag = .seconds(3600)
        limits.read = .seconds(30)
        limits.look = .seconds(30)
        return limits
    }
}

extension StandbyReads {
    /// Waits until the figures are as wanted.
    package func waitUntil(_ isWanted: (StandbyFigures) -> Bool) async throws {
        while !isWanted(figures) { try await Task.sleep(for: .milliseconds(10)) }
    }
}

extension PostgresClient {
    /// Stops a standby from taking over what is written, or lets it go on.
    package func replay(_ goesOn: Bool) async throws {
        try await execute(goesOn ? "SELECT pg_wal_replay_resume()" : "SELECT pg_wal_replay_pause()")
        guard !goesOn else { return }
        let isPaused: SQL = "SELECT pg_get_wal_replay_pause_state() = 'paused'"
        while try await read(isPaused).first?.decode(column: 0, as: Bool.self) != true {
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
