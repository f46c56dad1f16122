import Foundation
import FoundationNetworking
import Synchronization

/// An answer over HTTP.
struct HTTPAnswer: Sendable {
    var status: Int
    var retryAfter: String?
    var body: Data
}

/// Requests and their answers, which are read up to a limit; redirects are not followed, since the key would go with them.
///
/// The delegate of the session in which the requests run: a delegate of a task's own is not asked everywhere.
final class HTTPExchange: NSObject, URLSessionDataDelegate {
    private struct Exchange {
        var continuation: CheckedContinuation<HTTPAnswer, any Error>
        var body = Data()
        var failure: ModelReaderError?
    }

    private let limit: Int
    /// The requests under way, by their tasks' identifiers.
    private let exchanges = Mutex<[Int: Exchange]>([:])

    /// Makes a delegate.
    ///
    /// - Parameter limit: the most bytes of an answer that are read.
    init(limit: Int) { self.limit = limit }

    /// Sends a request and reads its answer.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - session: where it runs; this is its delegate.
    /// - Returns: the answer, whatever its status.
    /// - Throws: `ModelReaderError`; `CancellationError` where the task is cancelled.
    func run(_ request: URLRequest, in session: URLSession) async throws -> HTTPAnswer {
        let task = session.dataTask(with: request)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                exchanges.withLock { $0[task.taskIdentifier] = Exchange(continuation: continuation) }
                // A session's task that was cancelled before it began never says that it has ended.
                if Task.isCancelled { abandon(task) } else { task.resume() }
            }
        } onCancel: {
            abandon(task)
        }
    }

    /// Ends a request whose answer nobody waits for any more.
    private func abandon(_ task: URLSessionTask) {
        task.cancel()
        let exchange = exchanges.withLock { $0.removeValue(forKey: task.taskIdentifier) }
        exchange?.continuation.resume(throwing: CancellationError())
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLong = exchanges.withLock { exchanges in
            guard var exchange = exchanges.removeValue(forKey: dataTask.taskIdentifier) else { return false }
            if exchange.body.count + data.count > limit {
                exchange.failure = .answerTooLong
            } else {
                exchange.body += data
            }
            exchanges[dataTask.taskIdentifier] = exchange
            return exchange.failure != nil
        }
        if isTooLong { dataTask.cancel() }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        exchanges.withLock { $0[task.taskIdentifier]?.failure = .redirected }
        completionHandler(nil)
        task.cancel()
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let exchange = exchanges.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else { return }
        if let failure = exchange.failure {
            exchange.continuation.resume(throwing: failure)
        } else if let error = error as? URLError {
            exchange.continuation.resume(throwing: Self.failure(error))
        } else if error != nil {
            exchange.continuation.resume(throwing: ModelReaderError.unreachable)
        } else if let response = task.response as? HTTPURLResponse {
            let retryAfter = response.value(forHTTPHeaderField: "Retry-After")
            let answer = HTTPAnswer(status: response.statusCode, retryAfter: retryAfter, body: exchange.body)
            exchange.continuation.resume(returning: answer)
        } else {
            exchange.continuation.resume(throwing: ModelReaderError.notAnAnswer)
        }
    }

    private static func failure(_ error: URLError) -> any Error {
        switch error.code {
        case .cancelled: CancellationError()
        case .timedOut: ModelReaderError.timedOut
        default: ModelReaderError.unreachable
        }
    }
}
