import Extraction
import Logging
import Registry

/// The extractor of a service: it looks for the benchmarks that the registry knew some minutes ago.
///
/// Reading the names takes longer than a request may, so requests go on with the old ones meanwhile.
actor CurrentExtractor {
    private let registry: Registry
    private let logger: Logger
    private var extractor = Extractor()
    private var nextReading: ContinuousClock.Instant?
    private var reading: Task<Void, Never>?

    /// How old the names may become: a correction shows soon, and the database hardly notices the question.
    private static let period = Duration.seconds(600)

    init(registry: Registry, logger: Logger) {
        self.registry = registry
        self.logger = logger
    }

    /// The extractor for now; only the first call waits for the names.
    func current() async -> Extractor {
        if nextReading.map({ $0 <= .now }) ?? true, reading == nil {
            reading = Task { await renew() }
        }
        if nextReading == nil { await reading?.value }
        return extractor
    }

    private func renew() async {
        do {
            extractor = try await Extractor(knowing: registry)
        } catch {
            logger.warning("the known benchmarks could not be read", metadata: ["error": "\(error)"])
        }
        nextReading = .now + Self.period
        reading = nil
    }
}
