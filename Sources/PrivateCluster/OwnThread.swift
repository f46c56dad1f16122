import Foundation
import Synchronization

/// Runs work that blocks on a thread of its own, and waits for it without holding a thread of the cooperative pool.
///
/// - Parameters:
///   - cancellation: set when the waiting task is cancelled; the work has to look at it.
///   - work: what is to be done.
/// - Returns: what the work returned.
/// - Throws: what the work threw.
func onOwnThread<Value: Sendable>(
    cancellation: Cancellation = Cancellation(),
    _ work: @escaping @Sendable () throws(PrivateClusterError) -> Value
) async throws(PrivateClusterError) -> Value {
    let result: Result<Value, PrivateClusterError> = await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
            startThread {
                do throws(PrivateClusterError) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
    } onCancel: {
        cancellation.cancel()
    }
    return try result.get()
}

/// Starts a thread.
func startThread(_ body: @escaping @Sendable () -> Void) {
    Thread.detachNewThread(body)
}

/// A flag that says the result of some work is no longer wanted.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool { flag.load(ordering: .relaxed) }

    func cancel() {
        flag.store(true, ordering: .relaxed)
    }
}

/// How long blocking work may take: until a point in time, or until it is cancelled.
struct Patience: Sendable {
    private let limit: ContinuousClock.Instant
    private let cancellation: Cancellation

    init(_ duration: Duration, cancellation: Cancellation = Cancellation()) {
        self.limit = .now + duration
        self.cancellation = cancellation
    }

    var isCancelled: Bool { cancellation.isCancelled }

    /// Whether the work should be given up.
    var isOver: Bool { isCancelled || .now >= limit }

    /// Blocks the thread for a moment: short enough for a server's start of some 0.1 s not to be drawn out.
    func pause() {
        usleep(3000)
    }
}
