/// How a private cluster is started and left.
package struct ClusterOptions: Sendable {
    /// What a process wants of the cluster.
    package enum Access: Sendable {
        /// To own it: to start the server, or take over one that a killed process left, and stop it at the end.
        /// Another owner is an error.
        case own
        /// To use it: beside an owner as a guest; without one, as its owner for the time. The last one to leave stops
        /// the server, where no owner is left.
        case share
    }

    /// How much of what is committed survives a loss of power.
    package enum Durability: Sendable {
        /// All of it.
        case full
        /// Nothing for sure: for clusters that are thrown away. The server's own crash is survived all the same.
        case none
    }

    /// What this process wants of the cluster.
    package var access: Access
    /// The folder of PostgreSQL's programs; nil to find them, see ``PostgresInstallation/find(explicit:preferring:)``.
    package var binaries: String?
    /// Whether ``PrivateCluster/stop()`` lets the server run on, for the next process to take over.
    package var leavesRunning = false
    /// Whether the server stops when this process dies, however it dies.
    ///
    /// Without it, the next start takes the server over, which is quicker and finishes what the server was doing.
    package var stopsWithProcess = false
    /// What survives a loss of power.
    package var durability = Durability.full
    /// PostgreSQL's own cache in MB.
    package var sharedBuffersMegabytes = 256
    /// The most sessions at a time.
    package var maxConnections = 40
    /// How long to wait for another owner to end, for one who wants to own the cluster.
    package var waitLimit = Duration.milliseconds(100)
    /// How long making, starting and recovering may take, for a guest the waiting for it.
    package var startLimit = Duration.seconds(120)
    /// How long the server may take to stop by itself, before it is made to.
    package var stopLimit = Duration.seconds(30)

    /// Options with the defaults.
    ///
    /// - Parameters:
    ///   - access: what this process wants of the cluster.
    ///   - binaries: the folder of PostgreSQL's programs; nil to find them.
    package init(access: Access = .own, binaries: String? = nil) {
        self.access = access
        self.binaries = binaries
    }
}
