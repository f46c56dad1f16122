import Logging
import Registry
import Synchronization

/// Notes that tokens are used, beside the requests: none waits for it.
final class TokenUses: Sendable {
    private let registry: Registry
    /// Those that are being noted, so that a busy token is noted once at a time.
    private let pending = Mutex<Set<Int64>>([])

    init(registry: Registry) {
        self.registry = registry
    }

    /// Has the registry note the use of a token.
    ///
    /// Where that fails, the next use is noted instead.
    func note(_ id: Int64) {
        guard pending.withLock({ $0.insert(id).inserted }) else { return }
        // Detached: it belongs to no request, and must not end with one.
        Task.detached { [self] in
            try? await registry.noteUse(ofToken: id)
            pending.withLock { _ = $0.remove(id) }
        }
    }
}
