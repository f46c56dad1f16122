internal import CLibPQ
internal import Glibc

/// The settings that a libpq connection string or URI makes.
struct Conninfo {
    private var settings: [String: String] = [:]

    /// Reads a connection string, and takes from the environment where the servers are and how to choose among them, where
    /// the string leaves that to it as libpq would (https://www.postgresql.org/docs/15/libpq-envars.html).
    ///
    /// - Parameters:
    ///   - text: the connection string.
    ///   - environment: the value of a variable.
    /// - Throws: `PostgresError` of code `misuse` when it cannot be read.
    init(
        _ text: String,
        environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }
    ) throws(PostgresError) {
        var reason: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &reason) else {
            // The reason repeats parts of the string, which may hold a password.
            PQfreemem(reason)
            throw PostgresError(.misuse, "the connection string cannot be read")
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { settings[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        // What a service file says comes before the environment, and libpq alone reads it.
        guard settings["service"] == nil, environment("PGSERVICE") == nil else { return }
        for (keyword, variable) in Self.variables where settings[keyword] == nil {
            settings[keyword] = environment(variable)
        }
    }

    private static let variables = [
        ("host", "PGHOST"), ("hostaddr", "PGHOSTADDR"), ("port", "PGPORT"),
        ("target_session_attrs", "PGTARGETSESSIONATTRS"), ("options", "PGOPTIONS"),
        ("connect_timeout", "PGCONNECT_TIMEOUT"),
    ]

    /// A setting; nil where the string does not make it.
    subscript(keyword: String) -> String? {
        get { settings[keyword] }
        set { settings[keyword] = newValue }
    }

    /// How many hosts it names; 1 where it leaves the host to libpq.
    var hostCount: Int {
        max(1, Self.items(settings["host"]).count, Self.items(settings["hostaddr"]).count)
    }

    /// One string a host, in their order, with everything else as it was.
    ///
    /// - Throws: `PostgresError` of code `misuse` where the numbers of hosts, addresses and ports do not fit.
    func each() throws(PostgresError) -> [Conninfo] {
        let hosts = Self.items(settings["host"])
        let addresses = Self.items(settings["hostaddr"])
        let ports = Self.items(settings["port"])
        let count = hostCount
        guard [0, count].contains(hosts.count), [0, count].contains(addresses.count),
            [0, 1, count].contains(ports.count)
        else { throw PostgresError(.misuse, "the connection string has not as many ports as hosts") }
        return (0..<count).map { index in
            var one = self
            one["host"] = hosts.isEmpty ? nil : hosts[index]
            one["hostaddr"] = addresses.isEmpty ? nil : addresses[index]
            one["port"] = ports.isEmpty ? nil : ports[ports.count == 1 ? 0 : index]
            return one
        }
    }

    /// The string in keywords and values.
    var text: String {
        settings.sorted { $0.key < $1.key }.map { keyword, value in
            let escaped = value.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
            return "\(keyword)='\(escaped)'"
        }.joined(separator: " ")
    }

    /// Where the only host is, for people: `db1:5432`, or a socket's folder.
    var name: String {
        let host = settings["host"] ?? settings["hostaddr"] ?? "local"
        let port = settings["port"].flatMap { $0.isEmpty ? nil : $0 } ?? "5432"
        return host.isEmpty ? "local:\(port)" : "\(host):\(port)"
    }

    private static func items(_ list: String?) -> [String] {
        list.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) } ?? []
    }
}

extension PostgresConfiguration {
    /// A server that a connection string names, to be spoken to apart from the others.
    package struct Host: Sendable {
        /// Host and port, without anything secret.
        package let name: String
        /// How to reach this one, whatever it is at the time.
        package let configuration: PostgresConfiguration
    }

    /// The hosts of the connection string, one configuration each, which leads to that host in whatever role it is.
    ///
    /// - Throws: `PostgresError` of code `misuse` when the connection string cannot be read, or wants only a server that
    ///   takes writes.
    package func hosts() throws(PostgresError) -> [Host] {
        // What the environment says of it is meant for the primary.
        let stated = try Conninfo(conninfo) { _ in nil }["target_session_attrs"]
        if ["primary", "read-write"].contains(stated) {
            throw PostgresError(.misuse, "the connection string asks for a primary where standbys are wanted")
        }
        return try Conninfo(conninfo).each().map { one in
            var one = one
            one["target_session_attrs"] = "any"
            var configuration = self
            configuration.conninfo = one.text
            return Host(name: one.name, configuration: configuration)
        }
    }
}
