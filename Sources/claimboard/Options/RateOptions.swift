import API
import ArgumentParser

/// How many requests the service takes of one client.
struct RateOptions: ParsableArguments {
    @Option(
        name: .customLong("read-limit"),
        help: ArgumentHelp(
            "Reads that one client may make, in how many seconds; off for no limit. "
                + "Default: $CLAIMBOARD_READ_LIMIT, else 6000000/60.",
            valueName: "n/seconds"
        )
    )
    var reads: String?

    @Option(
        name: .customLong("write-limit"),
        help: ArgumentHelp(
            "The same for writes. Default: $CLAIMBOARD_WRITE_LIMIT, else 6000/60.",
            valueName: "n/seconds"
        )
    )
    var writes: String?

    @Option(
        name: .customLong("extract-limit"),
        help: ArgumentHelp(
            "The same for texts to be read and not kept. Default: $CLAIMBOARD_EXTRACT_LIMIT, else 6000/60.",
            valueName: "n/seconds"
        )
    )
    var extractions: String?

    @Flag(name: .customLong("no-rate-limits"), help: "No limits at all.")
    var isOff = false

    @Option(
        name: .customLong("proxies"),
        help: ArgumentHelp(
            "How many proxies in front add to X-Forwarded-For, by which clients are told apart then. "
                + "Default: $CLAIMBOARD_PROXIES, else 0: the header is not believed.",
            valueName: "n"
        )
    )
    var proxies: String?

    /// The limits, from flags, environment and defaults in this order.
    ///
    /// - Throws: `ValidationError`.
    func configuration() throws -> RateConfiguration {
        var configuration = isOff ? RateConfiguration.off : RateConfiguration()
        if !isOff {
            try Self.read("--read-limit", reads ?? environment("CLAIMBOARD_READ_LIMIT"), into: &configuration.reads)
            try Self.read("--write-limit", writes ?? environment("CLAIMBOARD_WRITE_LIMIT"), into: &configuration.writes)
            let extractions = extractions ?? environment("CLAIMBOARD_EXTRACT_LIMIT")
            try Self.read("--extract-limit", extractions, into: &configuration.extractions)
        }
        if let text = proxies ?? environment("CLAIMBOARD_PROXIES") {
            guard let count = Int(text), (0...16).contains(count) else {
                throw ValidationError("--proxies takes a number from 0 to 16, not \(text).")
            }
            configuration.proxies = count
        }
        return configuration
    }

    private static func read(_ name: String, _ text: String?, into limit: inout RateLimit?) throws {
        guard let text else { return }
        guard text != "off" else {
            limit = nil
            return
        }
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard numbers.count == 2, numbers.allSatisfy({ (1...1_000_000_000).contains($0) }) else {
            throw ValidationError(
                "\(name) wants a number of requests and of seconds such as 600/60, or off, not \(text)."
            )
        }
        limit = RateLimit(quota: numbers[0], seconds: numbers[1])
    }
}
