internal import CLibPQ
internal import Glibc

/// Waits for sockets to become ready (epoll, level-triggered).
struct Poller: ~Copyable {
    /// A descriptor that is ready, known by the token it was added with.
    struct Readiness {
        let token: UInt64
        let canRead: Bool
        let canWrite: Bool
    }

    private let descriptor: Int32
    private var events = [epoll_event](repeating: epoll_event(), count: 64)

    init() {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        precondition(descriptor >= 0, "no file descriptor left for the event loop")
    }

    deinit {
        close(descriptor)
    }

    func add(_ socket: Int32, token: UInt64) {
        control(EPOLL_CTL_ADD, socket, token: token, reads: true, writes: false)
    }

    func change(_ socket: Int32, token: UInt64, reads: Bool, writes: Bool) {
        control(EPOLL_CTL_MOD, socket, token: token, reads: reads, writes: writes)
    }

    func remove(_ socket: Int32) {
        var event = epoll_event()
        epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, &event)
    }

    /// Waits until something is ready or the milliseconds are over; -1 waits for ever.
    mutating func wait(milliseconds: Int32) -> [Readiness] {
        let count = epoll_wait(descriptor, &events, Int32(events.count), milliseconds)
        guard count > 0 else { return [] }
        return events[..<Int(count)].map { event in
            // Errors and hang-ups are found by reading.
            let failed = event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
            return Readiness(
                token: event.data.u64,
                canRead: failed || event.events & EPOLLIN.rawValue != 0,
                canWrite: failed || event.events & EPOLLOUT.rawValue != 0
            )
        }
    }

    private func control(_ operation: Int32, _ socket: Int32, token: UInt64, reads: Bool, writes: Bool) {
        var event = epoll_event()
        event.events = (reads ? EPOLLIN.rawValue : 0) | (writes ? EPOLLOUT.rawValue : 0)
        event.data.u64 = token
        epoll_ctl(descriptor, operation, socket, &event)
    }
}
