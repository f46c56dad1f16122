internal import Postgres

/// How the connections to the database stand, of one purpose.
package struct ConnectionFigures: Sendable, Hashable {
    /// What they are for: `short` requests share connections, `exclusive` ones have one each.
    package var lane: String
    /// Open connections, and those being made.
    package var connections: Int
    /// Those with work under way.
    package var busy: Int
    /// Requests that wait for one.
    package var waiting: Int
    /// The most that may wait; further ones are refused.
    package var queueLimit: Int
}

extension Registry {
    /// The connections to the database, by what they are for.
    package func connectionFigures() async -> [ConnectionFigures] {
        let (short, exclusive) = await client.client.poolFigures()
        return [("short", short), ("exclusive", exclusive)].map { lane, figures in
            ConnectionFigures(
                lane: lane,
                connections: figures.connections,
                busy: figures.busy,
                waiting: figures.waiting,
                queueLimit: figures.queueLimit
            )
        }
    }
}
