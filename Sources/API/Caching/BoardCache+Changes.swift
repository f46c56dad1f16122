import Registry
import Synchronization

/// How far a cache knows what was written.
struct Freshness: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// The newest entry of the log whose effects were taken into account; `nil` before the first look.
    var seen: Int64?
    /// Whether each write is heard of as it is committed.
    private(set) var isListening = false
    private var listeningSince: Instant?
    private var confirmed: Instant?
    /// Counts how often it has started anew; what was asked before says nothing about after.
    private(set) var epoch = 0

    /// Whether what is cached can be shown: no write from more than a second ago is unknown.
    var isKnown: Bool {
        guard seen != nil else { return false }
        if isListening { return true }
        return confirmed.map { .now < $0 + Self.patience } ?? false
    }

    /// The connection for notifications is there: everything from now on is heard.
    mutating func startListening(at now: Instant) {
        listeningSince = now
    }

    /// Knows nothing any more.
    mutating func startAnew() {
        let epoch = epoch
        self = Freshness()
        self.epoch = epoch + 1
    }

    /// The database was asked at a moment, and what it said was taken into account.
    mutating func confirm(position: Int64, askedAt: Instant, epoch: Int) {
        guard epoch == self.epoch else { return }
        seen = max(seen ?? position, position)
        confirmed = max(confirmed ?? askedAt, askedAt)
        if let listeningSince, listeningSince <= askedAt { isListening = true }
    }

    private static let patience = Duration.seconds(1)
    /// How often to ask while nothing is heard: four looks within the time that other instances may be behind.
    static let pollInterval = Duration.milliseconds(250)
}

extension BoardCache {
    /// Takes what the database tells.
    func hear(_ change: BenchmarkChange) async {
        switch change {
        case .listening:
            forgetEverything()
            state.withLock { $0.freshness.startListening(at: .now) }
            await catchUp()
            if !state.withLock(\.freshness.isListening) { poll() }
        case .deaf:
            forgetEverything()
            poll()
        case .changed(let position, let benchmarks):
            state.withLock { state in
                for benchmark in benchmarks { state.forget(benchmark) }
                if let seen = state.freshness.seen { state.freshness.seen = max(seen, position) }
            }
        case .manyChanged:
            await catchUp()
        }
    }

    /// Forgets what has changed until now, by whoever's write; everything, where that cannot be found out.
    ///
    /// After a commit, called before the writer gets its answer.
    func catchUp() async {
        do { try await forgetChanges() } catch { state.withLock { $0.forgetAll() } }
    }

    /// Forgets what has changed until now.
    ///
    /// - Throws: `RegistryError` where that cannot be found out; then nothing is forgotten.
    func forgetChanges() async throws {
        let asked = ContinuousClock.now
        let (seen, epoch) = state.withLock { ($0.freshness.seen, $0.freshness.epoch) }
        let changes = try await registry.changedBenchmarks(since: seen ?? .max)
        state.withLock { state in
            // Before the first look nobody told what has become of the boards that were read.
            if let benchmarks = changes.benchmarks, seen != nil {
                for benchmark in benchmarks { state.forget(benchmark) }
            } else {
                state.forgetAll()
            }
            state.freshness.confirm(position: changes.position, askedAt: asked, epoch: epoch)
        }
    }

    /// Asks again and again until the notifications are heard.
    private func poll() {
        let isFirst = state.withLock { state in
            defer { state.isPolling = true }
            return !state.isPolling
        }
        guard isFirst else { return }
        Task { [weak self] in
            while let self,
                self.state.withLock({ state in
                    state.isPolling = !state.freshness.isListening
                    return state.isPolling
                })
            {
                await self.catchUp()
                try? await Task.sleep(for: Freshness.pollInterval)
            }
        }
    }
}
