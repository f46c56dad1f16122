import API
import ArgumentParser
import Glibc
import Hummingbird
import Logging
import NIOCore
import PrivateCluster
import Registry
import Website

/// The service.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve pages, API and CSV over HTTP.",
        discussion: """
            Ends at Ctrl-C or SIGTERM, when the requests in flight are answered. There is no TLS: put a reverse proxy in \
            front to serve others than yourself.

            Environment: DATABASE_URL, READ_DATABASE_URL, XDG_DATA_HOME, CLAIMBOARD_POSTGRES_BIN (the folder of the \
            private PostgreSQL's programs), CLAIMBOARD_OIDC_..., CLAIMBOARD_GRAVE_CORRECTIONS and \
            CLAIMBOARD_..._LIMIT (as the options say).

            Who may write has a token: claimboard account create NAME --role ROLE, claimboard token create NAME.
            """
    )

    @Option(name: .long, help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(name: .long, help: "The TCP port to listen on; 0 takes any that is free.")
    var port = 8080

    @Option(
        name: .customLong("public-url"),
        help: ArgumentHelp(
            "How the service is reached from outside, where that is not host and port: links in answers start with it.",
            valueName: "url"
        )
    )
    var publicURL: String?

    @Option(
        name: .customLong("cache-megabytes"),
        help: "How much memory answers about benchmarks may take up until a write changes them; 0 keeps none."
    )
    var cacheMegabytes = APIServices.defaultCacheBytes >> 20

    @OptionGroup var guarding: GuardOptions

    @Option(
        name: .customLong("stall-seconds"),
        help: "For how long a client may take nothing of its answer before its connection is cut off."
    )
    var stallSeconds = 60

    @OptionGroup(title: "OpenID") var openID: OpenIDOptions
    @OptionGroup(title: "Limits") var rates: RateOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var standbys: StandbyOptions
    @OptionGroup var talk: TalkOptions

    mutating func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port takes a number from 0 to 65535, not \(port).")
        }
        guard (0...1_048_576).contains(cacheMegabytes) else {
            throw ValidationError("--cache-megabytes takes a number from 0 to 1048576, not \(cacheMegabytes).")
        }
        guard (1...86_400).contains(stallSeconds) else {
            throw ValidationError("--stall-seconds takes a number from 1 to 86400, not \(stallSeconds).")
        }
        if let publicURL, !publicURL.hasPrefix("http://") && !publicURL.hasPrefix("https://") {
            throw ValidationError("--public-url wants an address that starts with http:// or https://.")
        }
        _ = try configuration()
        _ = try guarding.limits()
        _ = try standbys.configuration(for: database.place)
    }

    mutating func run() async throws {
        let logger = talk.logger(level: .info)
        raiseOpenFileLimit()
        let configuration = try configuration()
        let (database, host, talk, cacheBytes) = (database, host, talk, cacheMegabytes << 20)
        let limits = try guarding.limits()
        let standbys = try standbys.configuration(for: database.place)
        // Long enough for a restart of the private server to go unnoticed.
        let patience = Duration.milliseconds(500)
        try await RegistrySession.with(database, access: .own, outagePatience: patience, logger: logger) { opened in
            var limited = opened
            limited.correctionLimits = limits
            try await StandbySession.with(standbys, of: limited) { registry in
                let extractor = CurrentExtractor(registry: registry, logger: logger)
                let application = buildApplication(
                    configuration,
                    services: APIServices(
                        registry: registry,
                        cacheBytes: cacheBytes,
                        extractor: { await extractor.current() }
                    ),
                    logger: logger,
                    addPages: { Website(registry: registry).addRoutes(to: $0) },
                    onRunning: { port in talk.say("Serving on http://\(Self.authority(host, port))/ until Ctrl-C") }
                )
                let housekeeping = Task { await Housekeeping.run(registry, logger: logger) }
                defer { housekeeping.cancel() }
                do {
                    try await application.runService()
                } catch let error as IOError where error.errnoCode == EADDRINUSE {
                    throw Failure("Port \(configuration.port) of \(host) is taken. Choose another: --port N")
                }
            }
        }
    }

    private func configuration() throws -> APIConfiguration {
        var configuration = APIConfiguration()
        configuration.host = host
        configuration.port = port
        configuration.publicBaseURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        configuration.openID = try openID.configuration()
        configuration.rates = try rates.configuration()
        configuration.limits.stallTime = .seconds(stallSeconds)
        return configuration
    }

    private static func authority(_ host: String, _ port: Int) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
