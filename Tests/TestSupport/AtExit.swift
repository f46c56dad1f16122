import Dispatch
import Foundation
import PrivateCluster
import Synchronization

/// What is to be stopped at the end of the process.
enum AtExit {
    private static let cluster = Mutex<PrivateCluster?>(nil)

    /// Stops a cluster when the process exits, before the temporary folders are removed.
    ///
    /// A process that is killed cannot do so: then the server stops by ``ClusterOptions/stopsWithProcess``, and the
    /// folder goes when the next process makes one.
    static func stop(_ value: PrivateCluster) {
        cluster.withLock { $0 = value }
        atexit {
            guard let cluster = AtExit.cluster.withLock(\.self) else { return }
            let done = DispatchSemaphore(value: 0)
            Task.detached {
                try? await cluster.stop()
                done.signal()
            }
            _ = done.wait(timeout: .now() + 20)
        }
    }
}
