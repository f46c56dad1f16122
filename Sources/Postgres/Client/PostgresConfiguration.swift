/// How to reach PostgreSQL, and within which bounds.
package struct PostgresConfiguration: Sendable {
    /// A libpq connection string or URI
    /// (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING), several hosts included.
    package var conninfo: String
    /// What the connections are called in `pg_stat_activity`; nil leaves it to the connection string.
    package var applicationName: String?
    /// Whether connections are made only to a server that takes writes, where the connection string names several hosts and
    /// does not say which of them are wanted (`target_session_attrs`).
    ///
    /// On by default: after a failover, the other server is found. A single host is taken as it is.
    package var wantsPrimary = true
    /// How long one attempt to connect to one host may take, and how long a request waits while there is no connection.
    ///
    /// Whole seconds, at least 2, for the attempt itself (libpq's own bound). A server that falls silent later is given up
    /// after as long, where the connection string has no other bounds.
    package var connectTimeout: Duration = .seconds(10)
    /// How long requests hope for a server to which no connection can be made; nil for as long as ``connectTimeout``.
    ///
    /// With it, once attempts have failed for so long, every request fails at once, until one of the attempts, which go on
    /// twice a second, goes through. For services, whose clients had better come again than wait.
    package var outagePatience: Duration?
    /// The time limit of a request on the short lane that names none, the wait for a connection included.
    package var statementTimeout: Duration = .seconds(30)
    /// How long a transaction, stream or COPY waits for a connection of its own.
    package var leaseTimeout: Duration = .seconds(30)

    /// The connections that short requests share.
    ///
    /// Two keep two cores busy; more cost more wake-ups than they bring.
    package var shortConnections = 2
    /// How many connections more short requests may use while some are stalled by one that takes long.
    package var spareShortConnections = 2
    /// The most connections for transactions, streams and COPY, each used by one at a time.
    package var exclusiveConnections = 8
    /// The most requests that wait for the short lane; a further one fails as `overloaded`.
    package var shortQueueLimit = 4096
    /// The most transactions that wait for a connection; a further one fails as `overloaded`.
    package var exclusiveQueueLimit = 256
    /// How many short requests go to the server at once on one connection.
    package var batchSize = 16
    /// How long an exclusive connection stays open unused.
    package var idleTimeout: Duration = .seconds(60)

    /// Whether requests are pipelined.
    ///
    /// Off for poolers that cannot do it: each request then waits for the one before.
    package var pipelining = true
    /// Whether statements are prepared once and kept by the connection, and sessions have settings of their own.
    ///
    /// Off for transaction poolers, which give each transaction another session.
    package var preparedStatements = true
    /// The most prepared statements a connection keeps.
    package var preparedStatementLimit = 256

    /// Makes a configuration of a connection string, everything else as it is by default.
    package init(conninfo: String) {
        self.conninfo = conninfo
    }
}
