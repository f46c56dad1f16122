import Synchronization

/// Bytes that a closure collects.
final class SharedBytes: Sendable {
    private let state = Mutex<[UInt8]>([])

    var bytes: [UInt8] { state.withLock(\.self) }

    func append(_ more: [UInt8]) {
        state.withLock { $0 += more }
    }
}

/// A number that a closure counts up.
final class SharedCount: Sendable {
    private let state = Mutex(0)

    var value: Int { state.withLock(\.self) }

    /// The number before it is counted up.
    func next() -> Int {
        state.withLock { number in
            defer { number += 1 }
            return number
        }
    }
}
