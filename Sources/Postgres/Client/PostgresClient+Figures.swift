/// How many connections a lane of a client has, and how many requests wait for one.
package struct PoolFigures: Sendable, Hashable {
    /// Open connections, and those being made.
    package var connections: Int
    /// Those with work under way.
    package var busy: Int
    /// Requests without a connection.
    package var waiting: Int
    /// The most that may wait.
    package var queueLimit: Int
}

extension PostgresClient {
    /// How the lanes for short requests and for transactions stand now.
    package func poolFigures() async -> (short: PoolFigures, exclusive: PoolFigures) {
        await withCheckedContinuation { continuation in
            mailbox.post(.run { continuation.resume(returning: ($0.short.figures, $0.exclusive.figures)) })
        }
    }
}

extension PoolStateMachine {
    /// How it stands.
    var figures: PoolFigures {
        PoolFigures(connections: connections, busy: busy, waiting: waiting, queueLimit: queueLimit)
    }
}
