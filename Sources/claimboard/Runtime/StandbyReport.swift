import Logging
import Postgres
import PrivateCluster

/// What the doctor finds out about standbys.
struct StandbyReport {
    let configuration: PostgresConfiguration
    let logger: Logger

    /// Looks at each server of the address.
    ///
    /// - Parameters:
    ///   - primary: a client of the primary, by whose position they are measured.
    ///   - tell: takes a line for each.
    /// - Throws: what `tell` throws, and `PostgresError` where the primary cannot be asked.
    func examine(
        _ primary: PostgresClient,
        tell: (ClusterReport.Outcome, String, String) throws -> Void
    ) async throws {
        let head = try await primary.serverState()
        try tell(
            head.isStandby ? .failure : .fine,
            "primary",
            head.isStandby ? "is a standby itself, which takes no writes" : "takes writes"
        )
        var isAnyFollowing = false
        for host in try configuration.hosts() {
            let (outcome, text) = await examine(host, head.position, &isAnyFollowing)
            try tell(outcome, "server \(host.name)", text)
        }
        if !isAnyFollowing { try tell(.warning, "standbys", "none follows: all reads go to the primary") }
    }

    private func examine(
        _ host: PostgresConfiguration.Host,
        _ head: LSN,
        _ isAnyFollowing: inout Bool
    ) async -> (ClusterReport.Outcome, String) {
        var configuration = host.configuration
        configuration.connectTimeout = .seconds(3)
        do {
            let client = try PostgresClient(configuration: configuration, logger: logger)
            let state: Result<ServerState, any Error>
            do { state = .success(try await client.serverState()) } catch { state = .failure(error) }
            await client.close()
            let found = try state.get()
            guard found.isStandby else { return (.fine, "takes writes") }
            isAnyFollowing = true
            let lag = head.bytes(since: found.position)
            // What a standby a second behind has to replay, where much is written.
            let isBehind = lag > 16 << 20
            return (isBehind ? .warning : .fine, "follows, \(lag) bytes behind")
        } catch {
            return (.warning, "cannot be asked, reads do not go there: \(Failure(error).message ?? "\(error)")")
        }
    }
}
