internal import CLibPQ
internal import Glibc

/// Makes connections, each on a thread of its own.
///
/// libpq's non-blocking way would still look up host names on the event loop, and gives up on a silent host only in its
/// blocking way; so the whole of it happens on a thread that may wait.
struct Connector: Sendable {
    private let parameters: [(keyword: String, value: String)]

    /// Reads the configuration.
    ///
    /// - Parameters:
    ///   - configuration: The client's configuration.
    ///   - statementTimeout: The server's own time limit for each statement; nil for none.
    /// - Throws: `PostgresError` of code `misuse` when the connection string cannot be read.
    init(_ configuration: PostgresConfiguration, statementTimeout: Duration?) throws(PostgresError) {
        let given = try Conninfo(configuration.conninfo)
        var parameters = [("dbname", configuration.conninfo), ("client_encoding", "UTF8")]
        if let name = configuration.applicationName { parameters.append(("application_name", name)) }
        let seconds = max(2, configuration.connectTimeout.components.seconds)
        for (keyword, value) in Connector.bounds(seconds: seconds) where given[keyword] == nil {
            parameters.append((keyword, value))
        }
        if configuration.wantsPrimary, given.hostCount > 1, given["target_session_attrs"] == nil {
            parameters.append(("target_session_attrs", "read-write"))
        }
        if configuration.preparedStatements {
            var options = given["options"].map { [$0] } ?? []
            options += Connector.settings.map { "-c \($0)" }
            if let statementTimeout {
                options.append("-c statement_timeout=\(statementTimeout.milliseconds)")
            }
            parameters.append(("options", options.joined(separator: " ")))
        }
        self.parameters = parameters
    }

    /// What is relied on, whatever the server, the database or the role has for a default.
    ///
    /// Reads that go together each see the newest state; literals are escaped as the standard has it; texts are read in one
    /// form.
    private static let settings = [
        #"default_transaction_isolation=read\ committed"#, "standard_conforming_strings=on", "TimeZone=UTC",
        "DateStyle=ISO", "bytea_output=hex",
    ]

    /// Connects on a thread of its own and reports from there.
    func connect(_ report: @escaping @Sendable (Result<ConnectionHandle, PostgresError>) -> Void) {
        DetachedThread.start { report(connectBlocking()) }
    }

    private func connectBlocking() -> Result<ConnectionHandle, PostgresError> {
        var keywords = parameters.map { strdup($0.keyword).map { UnsafePointer($0) } }
        var values = parameters.map { strdup($0.value).map { UnsafePointer($0) } }
        defer { for string in keywords + values { free(UnsafeMutablePointer(mutating: string)) } }
        keywords.append(nil)
        values.append(nil)
        guard let pointer = PQconnectdbParams(keywords, values, 1) else {
            return .failure(PostgresError(.connectFailed, "out of memory"))
        }
        let handle = ConnectionHandle(pointer)
        guard PQstatus(pointer) == CONNECTION_OK else {
            return .failure(PostgresError(.connectFailed, handle.lastMessage))
        }
        guard PQsetnonblocking(pointer, 1) == 0 else {
            return .failure(PostgresError(.connectFailed, handle.lastMessage))
        }
        // Notices can repeat values, and libpq would print them on standard error.
        PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        return .success(handle)
    }

    /// How long to wait for a server that is silent: as long for an answer as for a connection.
    ///
    /// Without them, the connection to a machine that vanished would stay for hours: the one for notifications sends
    /// nothing that could find out.
    private static func bounds(seconds: Int64) -> [(keyword: String, value: String)] {
        [
            ("connect_timeout", "\(seconds)"),
            ("keepalives_idle", "\(seconds)"), ("keepalives_interval", "2"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "\(seconds * 1000 + 6000)"),
        ]
    }
}

extension Duration {
    /// Whole milliseconds, at least 1.
    var milliseconds: Int64 {
        max(1, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
    }
}
