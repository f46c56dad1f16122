import Formats
import Registry

/// The figures of reads from standbys in Prometheus's text format.
enum StandbyExposition {
    /// Counters and gauges, one label a server or a reason; empty without standbys.
    static func text(_ figures: StandbyFigures?) -> String {
        guard let figures else { return "" }
        var text = ""
        func begin(_ name: String, _ type: String, _ help: String) {
            text += "# HELP claimboard_\(name) \(help)\n# TYPE claimboard_\(name) \(type)\n"
        }
        func add(_ name: String, _ label: String, _ value: String, _ number: some CustomStringConvertible) {
            text += "claimboard_\(name){\(label)=\"\(escaped(value))\"} \(number)\n"
        }
        begin("database_reads_total", "counter", "Reads by the server that answered them.")
        add("database_reads_total", "server", "primary", figures.primaryReads)
        for server in figures.servers { add("database_reads_total", "server", server.name, server.reads) }
        begin("read_fallbacks_total", "counter", "Reads that the primary answered in a standby's place, by reason.")
        for reason in StandbyFigures.Fallback.allCases {
            add("read_fallbacks_total", "reason", reason.rawValue, figures.fallbacks[reason] ?? 0)
        }
        begin("read_waits_total", "counter", "Reads that waited for a standby to show an earlier write.")
        text += "claimboard_read_waits_total \(figures.waits)\n"
        begin("primary_up", "gauge", "1 while the primary answers.")
        text += "claimboard_primary_up \(figures.isPrimaryReachable ? 1 : 0)\n"
        begin("standby_usable", "gauge", "1 while reads go to the server.")
        for server in figures.servers { add("standby_usable", "server", server.name, server.isUsable ? 1 : 0) }
        begin("standby_lag_seconds", "gauge", "How far the server is behind the primary.")
        for server in figures.servers {
            if let lag = server.lagSeconds { add("standby_lag_seconds", "server", server.name, lag) }
        }
        begin("standby_lag_bytes", "gauge", "Bytes of the primary's log that the server has still to replay.")
        for server in figures.servers {
            if let lag = server.lagBytes { add("standby_lag_bytes", "server", server.name, lag) }
        }
        return text
    }

    private static func escaped(_ value: String) -> String {
        value.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : String($0) }.joined()
    }
}

extension JSONWriter {
    /// The members that tell of the servers, where there are standbys.
    mutating func members(of figures: StandbyFigures) {
        member("primary", figures.isPrimaryReachable ? "reachable" : "unreachable")
        array("standbys", of: figures.servers) { json, server in
            json.member("condition", server.condition)
            json.member("used", server.isUsable)
        }
    }
}
