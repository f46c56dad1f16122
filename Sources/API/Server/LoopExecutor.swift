import NIOCore

/// Runs tasks on the event loop of a connection.
///
/// A request that is read on one thread, answered on a second and written on the first again wakes a thread at each change,
/// which costs more than a short answer itself.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
