import ArgumentParser
import Glibc
import Logging

/// How much a command says.
struct TalkOptions: ParsableArguments {
    @Flag(name: .long, help: "Say nothing but errors on standard error.")
    var quiet = false

    @Flag(name: .long, help: "Say more on standard error: what the parts do, and when.")
    var verbose = false

    /// A logger to standard error at the wanted level; `level` is that without either flag.
    func logger(level: Logger.Level = .warning) -> Logger {
        var logger = Logger(label: "claimboard") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = quiet ? .error : verbose ? .debug : level
        return logger
    }

    /// Says a line on standard error, unless quiet is wanted.
    func say(_ line: String) {
        if !quiet { StandardError.write(line) }
    }

    mutating func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet and --verbose contradict each other.") }
    }
}

/// Where the registry is.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The home of the private PostgreSQL.",
            discussion: "Default: $XDG_DATA_HOME/claimboard, else ~/.local/share/claimboard; "
                + "/var/lib/claimboard for root.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var data: String?

    @Option(
        name: .customLong("database-url"),
        help: ArgumentHelp(
            "A PostgreSQL (15 to 18) to use instead: a libpq address. Default: $DATABASE_URL.",
            valueName: "url"
        )
    )
    var databaseURL: String?

    mutating func validate() throws {
        if data != nil && databaseURL != nil {
            throw ValidationError("--data and --database-url contradict each other: the registry is in one place.")
        }
        if data?.isEmpty == true || databaseURL?.isEmpty == true {
            throw ValidationError("--data and --database-url want a value that is not empty.")
        }
    }

    /// Where the registry is, from flags, environment and defaults in this order.
    var place: DatabasePlace {
        if let data { return .privateCluster(folder: data) }
        if let url = databaseURL ?? environment("DATABASE_URL") { return .server(conninfo: url) }
        return .privateCluster(folder: Self.defaultFolder)
    }

    private static var defaultFolder: String {
        if let home = environment("XDG_DATA_HOME") { return home + "/claimboard" }
        // As root, PostgreSQL runs as another user, who may not enter root's home.
        guard geteuid() != 0 else { return "/var/lib/claimboard" }
        return (environment("HOME") ?? ".") + "/.local/share/claimboard"
    }
}

/// Where a registry is.
enum DatabasePlace: Equatable {
    case privateCluster(folder: String)
    case server(conninfo: String)
}

/// A variable of the environment; `nil` where it is not set or empty.
func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
}

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table
    case csv
    case json
    case markdown
}

/// The choice of format.
struct FormatOptions: ParsableArguments {
    @Option(name: .long, help: "How to print the result.")
    var format = OutputFormat.table
}
