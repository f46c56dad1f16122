/// How reads are shared out among the servers, and how these are.
package struct StandbyFigures: Sendable, Hashable {
    /// Why a read that could have gone to a standby went to the primary.
    package enum Fallback: String, Sendable, Hashable, CaseIterable {
        /// The standby did not get so far in time.
        case behind
        /// It was not one any more.
        case promoted
        /// It did not answer, or could not.
        case failed
        /// None was there and up to date.
        case none
    }

    /// A server that reads may go to.
    package struct Server: Sendable, Hashable {
        /// Host and port.
        package var name: String
        /// `unknown`, `unreachable`, `standby`, or `primary` where it takes writes itself.
        package var condition: String
        /// Whether reads go there now.
        package var isUsable: Bool
        /// How far it is behind, in seconds; `nil` where that is not known.
        package var lagSeconds: Double?
        /// How many bytes of the log it has still to replay; `nil` where that is not known.
        package var lagBytes: UInt64?
        /// Reads that it has answered.
        package var reads = 0
    }

    /// The servers, in the order of the connection string.
    package var servers: [Server]
    /// Whether the primary has answered the last time it was asked.
    package var isPrimaryReachable: Bool
    /// Reads that the primary has answered.
    package var primaryReads = 0
    /// Reads that went to the primary although they could have gone to a standby, by reason.
    package var fallbacks: [Fallback: Int] = [:]
    /// Reads that waited for a standby to get so far.
    package var waits = 0
}
