internal import Postgres

/// What the database tells of writes.
package enum BenchmarkChange: Sendable, Hashable {
    /// From here on every write is heard of; what came before may have been missed.
    case listening
    /// Writes are not heard of until the next ``listening``.
    case deaf
    /// A write has changed what is shown of these benchmarks.
    case changed(position: Int64, benchmarks: [Int64])
    /// A write has changed more benchmarks than a message can name.
    case manyChanged(position: Int64)
}

/// The benchmarks that writes have changed.
package struct ChangedBenchmarks: Sendable, Hashable {
    /// The newest entry of the log that this takes into account.
    package var position: Int64
    /// The benchmarks; `nil` where they are too many to be listed.
    package var benchmarks: [Int64]?
}

extension Registry {
    /// Tells of writes, by whichever process, as they are committed.
    ///
    /// - Returns: a stream without an end, which needs a connection to the server that takes the writes.
    package func benchmarkChanges() -> AsyncStream<BenchmarkChange> {
        let notifications = client.client.listen("claimboard_changes")
        return AsyncStream { continuation in
            let task = Task {
                for await notification in notifications {
                    switch notification {
                    case .subscribed: continuation.yield(.listening)
                    case .interrupted: continuation.yield(.deaf)
                    case .message(let payload):
                        if let change = BenchmarkChange(payload: payload) { continuation.yield(change) }
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// Which benchmarks have changed since an entry of the log.
    ///
    /// One look at an index. Writers commit in the order of their entries, so nothing above the position is ever missed.
    ///
    /// - Parameter position: the last entry whose effects are known.
    /// - Returns: the benchmarks, and the entry up to which that holds.
    /// - Throws: `RegistryError` (unavailable).
    package func changedBenchmarks(since position: Int64) async throws -> ChangedBenchmarks {
        let rows = try await client.readPresent(
            """
            SELECT h.position, b.id
            FROM log_head h
            LEFT JOIN LATERAL (
                SELECT b.id FROM benchmark b WHERE b.log_position > \(position) LIMIT \(Self.mostListed + 1)
            ) b ON true
            """
        )
        let head = try rows.value(Int64.self) ?? position
        guard rows.count <= Self.mostListed else { return ChangedBenchmarks(position: head, benchmarks: nil) }
        let ids = try rows.compactMap { try $0.decode(column: 1, as: Int64?.self) }
        return ChangedBenchmarks(position: head, benchmarks: ids)
    }

    /// More than this, and it is cheaper to forget everything.
    private static let mostListed = 5000
}

extension BenchmarkChange {
    /// Reads what `tell_changed_benchmarks` sends: the position, then ids or `*`.
    init?(payload: String) {
        let words = payload.split(separator: " ")
        guard let position = words.first.flatMap({ Int64($0) }) else { return nil }
        if words.dropFirst().first == "*" {
            self = .manyChanged(position: position)
        } else {
            self = .changed(position: position, benchmarks: words.dropFirst().compactMap { Int64($0) })
        }
    }
}
