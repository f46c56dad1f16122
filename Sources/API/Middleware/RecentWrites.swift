import Registry
import Synchronization

/// The last write of each credential, for as long as a standby may be behind it.
///
/// Keeps no credential, only a number made of it that means nothing outside of this process. Of two credentials with the
/// same number, each sees the other's writes as well, which harms nobody.
final class RecentWrites: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct Write {
        var position: WritePosition
        var at: Instant
    }

    private let writes = Mutex<[Int: Write]>([:])
    private let maximumAge: Duration
    private let maximumCount: Int

    /// Standbys further behind than a minute have not been read from for long.
    ///
    /// - Parameters:
    ///   - maximumAge: how long a write is remembered.
    ///   - maximumCount: how many credentials; beyond it, all that are too old are forgotten, and where none is, all.
    init(maximumAge: Duration = .seconds(60), maximumCount: Int = 10_000) {
        self.maximumAge = maximumAge
        self.maximumCount = maximumCount
    }

    /// Remembers a write.
    func note(_ position: WritePosition, of credential: String, at now: Instant = .now) {
        let key = credential.hashValue
        writes.withLock { writes in
            if writes.count >= maximumCount, writes[key] == nil {
                writes = writes.filter { now - $0.value.at < maximumAge }
                if writes.count >= maximumCount { writes = [:] }
            }
            let last = writes[key].map(\.position)
            writes[key] = Write(position: [last, position].compactMap(\.self).max() ?? position, at: now)
        }
    }

    /// The position of a credential's last write; `nil` where that was long ago.
    func position(of credential: String, at now: Instant = .now) -> WritePosition? {
        writes.withLock { writes in
            guard let write = writes[credential.hashValue], now - write.at < maximumAge else { return nil }
            return write.position
        }
    }
}
