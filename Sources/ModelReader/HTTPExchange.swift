import Foundation
import FoundationNetworking
import Synchronization

/// An answer over HTTP.
struct HTTPAnswer: Sendable {
    var status: Int
    var retryAfter: String?
    var body: Data
}

/// One request and its answer, which is read up to a limit; redirects are not followed, since the key would go with them.
final class HTTPExchange: NSObject, URLSessionDataDelegate {
    private struct State {
        var continuation: CheckedContinuation<HTTPAnswer, any Error>?
        var body = Data()
        var failure: ModelReaderError?
    }

    private let limit: Int
    private let state = Mutex(State())

    private init(limit: Int) { self.limit = limit }

    /// Sends a request and reads its answer.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - session: where it runs.
    ///   - limit: the most bytes of the answer that are read.
    /// - Throws: `ModelReaderError`; `CancellationError` where the task is cancelled.
    static func run(_ request: URLRequest, in session: URLSession, limit: Int) async throws -> HTTPAnswer {
        let exchange = HTTPExchange(limit: limit)
        let task = session.dataTask(with: request)
        task.delegate = exchange
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                exchange.state.withLock { $0.continuation = continuation }
                task.resume()
            }
        } onCancel: {
            task.cancel()
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLong = state.withLock { state in
            if state.body.count + data.count > limit { state.failure = .answerTooLong } else { state.body += data }
            return state.failure != nil
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
        state.withLock { $0.failure = .redirected }
        completionHandler(nil)
        task.cancel()
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let (continuation, body, failure) = state.withLock { state in
            defer { state.continuation = nil }
            return (state.continuation, state.body, state.failure)
        }
        if let failure {
            continuation?.resume(throwing: failure)
        } else if let error = error as? URLError {
            continuation?.resume(throwing: Self.failure(error))
        } else if error != nil {
            continuation?.resume(throwing: ModelReaderError.unreachable)
        } else if let response = task.response as? HTTPURLResponse {
            let retryAfter = response.value(forHTTPHeaderField: "Retry-After")
            let answer = HTTPAnswer(status: response.statusCode, retryAfter: retryAfter, body: body)
            continuation?.resume(returning: answer)
        } else {
            continuation?.resume(throwing: ModelReaderError.notAnAnswer)
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
