/// What a stream of notifications tells.
package enum PostgresNotification: Hashable, Sendable {
    /// From here on everything is heard. Comes first, and again after each time the connection was made anew or the
    /// reader fell too far behind: whatever was sent before it may have been missed.
    case subscribed
    /// The connection broke: what is sent from here on is missed until the next ``subscribed``.
    case interrupted
    /// A notification's payload.
    case message(String)
}
