import ArgumentParser
import Registry

/// Writes everything into a folder or file.
struct Dump: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write everything the registry holds into a folder or file.",
        discussion: """
            History, log and accounts included; tokens and other secrets are left out. Writes go on meanwhile: the dump \
            is of one moment. The same registry gives the same bytes. A path that ends in .claimboard becomes one file, \
            any other a folder with a file a table and manifest.json, which has the SHA-256 of each.
            """
    )

    @Argument(help: "A folder that is not there yet, or a file: NAME.claimboard.", completion: .directory)
    var path: String

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    mutating func run() async throws {
        let logger = talk.logger()
        let database = database
        let path = path
        let manifest = try await Interruption.cancels {
            try await RegistrySession.with(database, logger: logger) { registry in
                if path.hasSuffix(Self.fileSuffix) {
                    try await registry.dump(to: try FileDumpWriter(path: path))
                } else {
                    try await registry.dump(to: try FolderDumpWriter(folder: path))
                }
            }
        }
        let rows = manifest.parts.reduce(0) { $0 + $1.rows }
        talk.say("\(rows) rows, log position \(manifest.position), \(manifest.hash)")
    }

    static let fileSuffix = ".claimboard"
}

/// Brings a dump back.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring a dump into an empty database.",
        discussion: """
            Checks the hash of every table before it writes, and the whole log before it commits: from a dump that was cut \
            or altered nothing is taken. A database with anything in it is refused. Tokens are not part of a dump: make \
            new ones.
            """
    )

    @Argument(help: "The folder or file that dump has written.")
    var path: String

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    mutating func run() async throws {
        let logger = talk.logger()
        let database = database
        let path = path
        let manifest = try await Interruption.cancels {
            try await RegistrySession.withDatabase(database, logger: logger) { client in
                let registry = Registry(client: client, logger: logger)
                return if Self.isFolder(path) {
                    try await registry.restore(from: FolderDumpReader(folder: path))
                } else {
                    try await registry.restore(from: try FileDumpReader(path: path))
                }
            }
        }
        let rows = manifest.parts.reduce(0) { $0 + $1.rows }
        talk.say("\(rows) rows restored; the log is as it was: position \(manifest.position), \(manifest.hash)")
    }

    private static func isFolder(_ path: String) -> Bool {
        (try? InputFile(path: path + "/manifest.json")) != nil
    }
}
