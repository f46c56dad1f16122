package import Registry
import Synchronization

/// Answers about benchmarks, and the benchmarks' boards, kept until a write changes them.
///
/// Every write names the benchmarks that it has changed (``Registry/benchmarkChanges()``). The process that writes does not
/// wait for that: it asks what has changed between its commit and its answer (``catchUp()``), so that who has written
/// never sees the state before. While the notifications cannot be heard, it asks four times a second, and nothing is served
/// from here that is not known to be at most a second old.
package final class BoardCache: Sendable {
    /// How a wait for another's answer ends.
    enum Flight: Sendable {
        /// The answer, for all who waited.
        case landed(CachedAnswer)
        /// It cannot be shared: each has to ask.
        case unshared
        /// It was broken off: the next one asks in its place.
        case lost
    }

    /// What to do for a request.
    enum Entry: Sendable {
        case hit(CachedAnswer)
        /// Ask, and tell the others by ``land(_:_:of:)``.
        case lead(since: UInt64)
        /// Another one is asking the same.
        case wait
    }

    struct State {
        var answers: AnswerStore
        var boards: [String: BenchmarkBoards] = [:]
        var slugs: [Int64: String] = [:]
        var flights: [AnswerKey: [CheckedContinuation<Flight, Never>]] = [:]
        /// Counts what was forgotten, so that an answer from before is not kept after.
        var turn: UInt64 = 0
        /// The last turn at which a benchmark was forgotten, since there were no flights.
        var forgotten: [Int64: UInt64] = [:]
        /// Answers asked for before this turn are not kept.
        var floor: UInt64 = 0
        /// Whether a task asks for changes, because none are heard.
        var isPolling = false
        var freshness = Freshness()
        /// Up to where every write is known.
        var reached: WritePosition?
        var figures = CacheFigures()
    }

    let registry: Registry
    let state: Mutex<State>
    /// Looks for those who bring positions.
    let looks = SharedLooks<WritePosition?>()
    private let upkeep: Mutex<Task<Void, Never>?> = Mutex(nil)

    /// Makes an empty cache and starts to listen.
    ///
    /// - Parameters:
    ///   - registry: whose writes it hears of.
    ///   - capacity: the most bytes of answers; 0 keeps nothing.
    package init(registry: Registry, capacity: Int) {
        self.registry = registry
        self.state = Mutex(State(answers: AnswerStore(capacity: capacity)))
        guard capacity > 0 else { return }
        let task = Task { [weak self, changes = registry.benchmarkChanges()] in
            for await change in changes {
                guard let self else { return }
                await self.hear(change)
            }
        }
        upkeep.withLock { $0 = task }
    }

    deinit {
        upkeep.withLock { $0?.cancel() }
    }

    /// Whether there is room for any answer.
    var keepsAnswers: Bool { state.withLock { $0.answers.capacity > 0 } }

    /// How it has done so far.
    var figures: CacheFigures {
        state.withLock { state in
            var figures = state.figures
            figures.answers = state.answers.count
            figures.bytes = state.answers.bytes
            figures.capacity = state.answers.capacity
            figures.evictions = state.answers.evictions
            figures.boards = state.boards.count
            figures.isListening = state.freshness.isListening
            return figures
        }
    }
}

// MARK: Answers

extension BoardCache {
    /// Looks for an answer, and makes the caller the one who asks where there is none and nobody else does.
    func enter(_ key: AnswerKey) -> Entry {
        state.withLock { state in
            if state.freshness.isKnown, let answer = state.answers.find(key) {
                state.figures.hits += 1
                return .hit(answer)
            }
            if state.flights[key] != nil { return .wait }
            state.figures.misses += 1
            state.flights[key] = []
            Registry.readsMustSee(logPosition: state.freshness.seen)
            return .lead(since: state.turn)
        }
    }

    /// Waits for the one who asks the same.
    func wait(for key: AnswerKey) async -> Flight {
        await withCheckedContinuation { continuation in
            let isGone = state.withLock { state in
                guard state.flights[key] != nil else { return true }
                state.flights[key]?.append(continuation)
                state.figures.joined += 1
                return false
            }
            if isGone { continuation.resume(returning: .lost) }
        }
    }

    /// Tells those who wait how it ended, and keeps the answer where nothing has changed since it was asked for.
    func land(_ flight: Flight, _ key: AnswerKey, since turn: UInt64) {
        let (waiting, outcome) = state.withLock { state in
            var outcome = flight
            if case .landed(let answer) = flight {
                if state.isCurrent(answer.tag.benchmark, since: turn) {
                    state.answers.insert(answer, for: key)
                } else {
                    // Among those who wait may be who wrote meanwhile: they ask anew.
                    outcome = .lost
                }
            }
            let waiting = state.flights.removeValue(forKey: key) ?? []
            if state.flights.isEmpty {
                state.forgotten = [:]
                // Whoever asked before for boards alone is no flight, and must not keep what was forgotten since.
                state.floor = state.turn
            }
            return (waiting, outcome)
        }
        for continuation in waiting { continuation.resume(returning: outcome) }
    }
}

// MARK: Boards

extension BoardCache {
    /// The boards of a benchmark, by its slug, where they are known to be those of now.
    func boards(of slug: String) -> BenchmarkBoards? {
        state.withLock { $0.freshness.isKnown ? $0.boards[slug] : nil }
    }

    /// The boards of a benchmark, by any of its names, for one who reads what stands on them.
    ///
    /// They may be those of a while ago: every read of a board sees the benchmark's counter, and with it whether they still
    /// hold (``outdate(_:)``).
    ///
    /// - Throws: `RegistryError` (notFound).
    func benchmarkBoards(_ name: String) async throws -> BenchmarkBoards {
        let (known, turn) = state.withLock { state in
            Registry.readsMustSee(logPosition: state.freshness.seen)
            return (state.boards[name], state.turn)
        }
        if let known { return known }
        let boards = try await registry.benchmarkBoards(name)
        state.withLock { state in
            guard state.mayKeep(boards.benchmark.id, since: turn) else { return }
            if state.boards.count >= Self.mostBoards {
                state.boards = [:]
                state.slugs = [:]
            }
            state.boards[boards.benchmark.slug] = boards
            state.slugs[boards.benchmark.id] = boards.benchmark.slug
        }
        return boards
    }

    /// Forgets boards that a read has found to be no longer those of now.
    func outdate(_ boards: BenchmarkBoards) {
        state.withLock { state in
            let slug = boards.benchmark.slug
            if state.boards[slug]?.logPosition == boards.logPosition { state.boards[slug] = nil }
        }
    }

    /// Counts a 304 that took no answer.
    func noteUnchanged() {
        state.withLock { $0.figures.unchanged += 1 }
    }

    /// Half a kilobyte each, for a benchmark with two or three boards: 8 MB.
    private static let mostBoards = 16_384
}

extension BoardCache.State {
    /// Whether what was asked for at a turn still holds.
    fileprivate func isCurrent(_ benchmark: Int64, since turn: UInt64) -> Bool {
        freshness.seen != nil && mayKeep(benchmark, since: turn)
    }

    /// The same of boards, which are kept also before the first look at what was written: they are seen to be outdated by
    /// whoever reads them, and nothing is answered by them alone until then.
    fileprivate func mayKeep(_ benchmark: Int64, since turn: UInt64) -> Bool {
        turn >= floor && forgotten[benchmark] ?? 0 <= turn
    }

    /// Forgets what is known about a benchmark.
    mutating func forget(_ benchmark: Int64) {
        turn += 1
        // What nobody remembers in detail, nobody who asked before may keep.
        if forgotten.count >= 10_000 {
            forgotten = [:]
            floor = turn
        }
        forgotten[benchmark] = turn
        figures.forgotten += answers.removeAll(about: benchmark)
        if let slug = slugs.removeValue(forKey: benchmark) { boards[slug] = nil }
    }

    /// Forgets everything.
    mutating func forgetAll() {
        turn += 1
        floor = turn
        forgotten = [:]
        figures.forgotten += answers.count
        answers.removeAll()
        boards = [:]
        slugs = [:]
    }
}
