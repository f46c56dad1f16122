import Dispatch
import Glibc

/// Ctrl-C and requests to end, for commands that have something to put in order first.
enum Interruption {
    /// Runs a body that SIGINT, SIGTERM and SIGHUP cancel.
    ///
    /// A second signal ends the program at once.
    ///
    /// - Returns: what the body returns.
    /// - Throws: what the body throws; `CancellationError` where it was cancelled.
    static func cancels<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task {
            let value = try await body()
            try Task.checkCancellation()
            return value
        }
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if task.isCancelled { _exit(ExitStatus.interrupted.rawValue) }
                StandardError.write("Stopping; once more to stop at once.")
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        do {
            return try await task.value
        } catch {
            // Whatever a cancelled operation calls its end, it is the interruption that ended it.
            throw task.isCancelled ? CancellationError() : error
        }
    }
}
