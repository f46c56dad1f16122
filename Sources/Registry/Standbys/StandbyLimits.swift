/// How far behind standbys may be, and how long they may take.
package struct StandbyLimits: Sendable {
    /// The most that a standby may be behind the primary for reads to go there.
    ///
    /// As much as other instances may be behind a write.
    package var lag = Duration.seconds(1)
    /// How long the reads of one request wait for a standby to show what was written before; then they are the primary's.
    package var wait = Duration.milliseconds(500)
    /// How long a read may take on a standby before it is made on the primary.
    ///
    /// Reads take milliseconds; what takes this long is a server that has fallen silent.
    package var read = Duration.seconds(2)
    /// The time between two looks at each server: four within the lag that is allowed.
    package var interval = Duration.milliseconds(250)
    /// How long a look may take.
    package var look = Duration.seconds(1)

    /// The defaults.
    package init() {}
}
