internal import CLibPQ
internal import Glibc

/// A value that only one thread at a time gets at.
///
/// A POSIX mutex and not `Synchronization.Mutex`, because the thread sanitizer knows only the former.
///
/// SAFETY: the value is touched between locking and unlocking only; both pointers live as long as the object.
final class Lock<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    init(_ value: sending Value) {
        mutex = .allocate(capacity: 1)
        self.value = value
        let failure = pthread_mutex_init(mutex, nil)
        precondition(failure == 0, "no mutex could be made")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func withLock<R>(_ body: (inout Value) -> R) -> R {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }
}
