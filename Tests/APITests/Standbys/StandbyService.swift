import Logging
import Postgres
import Registry
import TestSupport

/// A service over a primary and its standby; both hosts stand in both connection strings, as operators write them.
struct StandbyService: Sendable {
    let servers: ReplicatedServers
    let standbys: StandbyReads
    let http: HTTPClient
    /// Past the service, to what is the standby at the beginning.
    let standby: PostgresClient

    /// Serves while the body runs.
    ///
    /// Without a change, the standby is read from however slow the machine is, and however far it is behind.
    static func run(
        _ change: (inout StandbyLimits) -> Void = { _ in },
        _ body: @Sendable @escaping (StandbyService) async throws -> Void
    ) async throws {
        let servers = try await ReplicatedServers.start()
        var logger = Logger(label: "tests")
        logger.logLevel = .critical
        var limits = StandbyLimits.patient
        change(&limits)
        var configuration = PostgresConfiguration(conninfo: servers.conninfo(.first, .second))
        configuration.connectTimeout = .seconds(2)
        // As the service itself has it.
        var patient = configuration
        patient.outagePatience = .milliseconds(500)
        let client = try PostgresClient(configuration: patient, logger: logger)
        let primary = Registry(client: client, logger: logger)
        _ = try await primary.migrate()
        try await Tester.make(in: client)
        _ = try await primary.ingest(Samples.papers)
        let standbys = try primary.standbyReads(configuration, limits: limits)
        let watch = Task { await standbys.watch() }
        defer { watch.cancel() }
        let standby = try PostgresClient(
            configuration: PostgresConfiguration(conninfo: servers.conninfo(.second)),
            logger: logger
        )
        try await TestServer.run(primary.reading(from: standbys)) { http in
            let service = StandbyService(servers: servers, standbys: standbys, http: http, standby: standby)
            try await http.waitUntilListening()
            try await service.standbys.waitUntil { $0.servers[1].isUsable }
            try await service.waitUntilEven()
            try await body(service)
        }
    }

    /// Waits until the standby has all papers.
    func waitUntilEven() async throws {
        let papers: SQL = "SELECT count(*) FROM paper"
        while try await standby.read(papers).first?.decode(column: 0, as: Int.self) ?? 0 < Samples.papers.count {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Cuts the standby off from what is written, for good.
    func stopReceiving() async throws {
        try await standby.execute("ALTER SYSTEM SET primary_conninfo = ''")
        try await standby.execute("SELECT pg_reload_conf()")
        let receivers: SQL = "SELECT count(*) FROM pg_stat_wal_receiver"
        while try await standby.read(receivers).first?.decode(column: 0, as: Int.self) != 0 {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Waits until the standby has a paper.
    func waitUntilShown(_ title: String) async throws {
        let papers: SQL = "SELECT count(*) FROM paper WHERE title = \(title)"
        while try await standby.read(papers).first?.decode(column: 0, as: Int.self) == 0 {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Sends a paper with a claim on GSM8K.
    func add(_ name: String, _ number: Int, as tester: Tester = .ann) async throws -> HTTPAnswer {
        try await http.post(
            "/v1/papers",
            """
            {"title": "\(name)", "abstract": "\(name) achieves an accuracy of 9\(number % 10).\(number)% on GSM8K.", \
            "identifiers": ["arxiv:2511.\(20_000 + number)"]}
            """,
            headers: tester.json
        )
    }
}
