import Foundation
import FoundationNetworking
import Logging
import Synchronization

/// Asks the endpoint: one call, its time limit, further attempts, and what the endpoint does not understand.
final class ChatClient: Sendable {
    private struct State {
        var usage = ModelUsage()
        /// What the endpoint is known to take no more than.
        var shape = RequestShape.full
    }

    private let settings: ModelSettings
    private let logger: Logger
    private let exchange: HTTPExchange
    private let session: URLSession
    private let state = Mutex(State())

    init(_ settings: ModelSettings, logger: Logger) {
        self.settings = settings
        self.logger = logger
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.httpMaximumConnectionsPerHost = settings.concurrentCalls
        // Ours is the whole call's; this one, of every pause in it, is not to come first.
        configuration.timeoutIntervalForRequest = 86_400
        exchange = HTTPExchange(limit: settings.answerBytes)
        session = URLSession(configuration: configuration, delegate: exchange, delegateQueue: nil)
    }

    /// Lets go of the connections.
    func close() { session.invalidateAndCancel() }

    /// What the calls so far have cost.
    var usage: ModelUsage { state.withLock { $0.usage } }

    /// Asks about a paper.
    ///
    /// - Parameters:
    ///   - paper: the paper.
    ///   - deadline: when the time for all papers is over.
    /// - Returns: what the model wrote.
    /// - Throws: `ModelReaderError`, `CancellationError`.
    func ask(_ paper: SpacedPaper, deadline: ContinuousClock.Instant) async throws -> String {
        let policy = RetryPolicy(attempts: settings.attempts, firstWait: settings.firstWait)
        var attempt = 1
        var shape = state.withLock { $0.shape }
        while true {
            let outcome = try await call(ChatRequest(paper: paper, shape: shape), deadline: deadline)
            let failure: ModelReaderError
            switch outcome.result {
            case .success(let chat):
                let understood = shape
                state.withLock { state in
                    if let usage = chat.usage { state.usage.add(usage) }
                    state.shape = max(state.shape, understood)
                }
                return try chat.content
            case .failure(let error): failure = error
            }
            if case .badRequest = failure, let simpler = shape.simpler {
                logger.debug("the endpoint does not take the question, asking more simply")
                shape = simpler
                continue
            }
            let wait = policy.wait(
                afterAttempt: attempt,
                failure,
                retryAfter: outcome.retryAfter,
                chance: Double.random(in: 0..<1),
                left: deadline - .now
            )
            guard let wait else { throw deadline <= .now ? ModelReaderError.outOfTime : failure }
            logger.debug("asking again", metadata: ["attempt": "\(attempt)", "reason": "\(failure)"])
            try await Task.sleep(for: wait)
            attempt += 1
        }
    }

    /// Makes one call within its time limit.
    ///
    /// - Returns: the chat or what went wrong, and how long the endpoint asks us to wait.
    private func call(
        _ request: ChatRequest,
        deadline: ContinuousClock.Instant
    ) async throws -> (result: Result<ChatAnswer, ModelReaderError>, retryAfter: Duration?) {
        let limit = min(settings.callLimit, deadline - .now)
        guard limit > .zero else { return (.failure(.outOfTime), nil) }
        state.withLock { $0.usage.calls += 1 }
        let urlRequest = try request.urlRequest(settings)
        do {
            let answer = try await withThrowingTaskGroup(of: HTTPAnswer.self) { [exchange, session] group in
                group.addTask { try await exchange.run(urlRequest, in: session) }
                group.addTask {
                    try await Task.sleep(for: limit)
                    throw ModelReaderError.timedOut
                }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw ModelReaderError.unreachable }
                return first
            }
            if let failure = Self.failure(of: answer) {
                return (.failure(failure), RetryPolicy.retryAfter(answer.retryAfter))
            }
            return (.success(try ChatAnswer(answer.body)), nil)
        } catch let error as ModelReaderError {
            return (.failure(error), nil)
        }
    }

    private static func failure(of answer: HTTPAnswer) -> ModelReaderError? {
        switch answer.status {
        case 200..<300: nil
        case 300..<400: .redirected
        case 401, 402, 403: .refused(status: answer.status)
        case 404: .notFound
        case 408, 409, 425, 429, 500, 502...599: .busy(status: answer.status)
        default: .badRequest(status: answer.status)
        }
    }
}
