import Registry

/// The figures of the connections to the database in Prometheus's text format.
enum PoolExposition {
    /// One gauge a figure, one label a lane.
    static func text(_ lanes: [ConnectionFigures]) -> String {
        var text = ""
        func add(_ name: String, _ help: String, _ value: (ConnectionFigures) -> Int) {
            text += "# HELP claimboard_database_\(name) \(help)\n# TYPE claimboard_database_\(name) gauge\n"
            for lane in lanes {
                text += "claimboard_database_\(name){lane=\"\(lane.lane)\"} \(value(lane))\n"
            }
        }
        add("connections", "Open connections.", \.connections)
        add("busy_connections", "Connections with work under way.", \.busy)
        add("waiting", "Requests that wait for a connection.", \.waiting)
        add("queue_limit", "Requests that may wait; further ones are answered 503.", \.queueLimit)
        return text
    }
}
