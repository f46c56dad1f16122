import API
import ArgumentParser
import Formats
import Registry

/// Writes all records of a kind.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write all records of one kind as CSV or JSON Lines.",
        discussion: """
            The columns stand in Docs/csv.md, and mean the same next year. The last line of JSON Lines tells that nothing is \
            missing; with --output, FILE.manifest.json has the number of rows and the SHA-256.
            """
    )

    @Argument(
        help: ArgumentHelp("One of: \(Export.all.map(\.name).joined(separator: ", ")).", valueName: "kind"),
        completion: .list(Export.all.map(\.name))
    )
    var kind: String

    /// The forms of an export.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case csv
        case jsonl
    }

    @Option(name: .long, help: "csv or jsonl.")
    var format = Form.csv

    @Flag(name: .long, help: "In CSV, leave cells as they are that a spreadsheet would run as a formula.")
    var raw = false

    @Option(name: .customLong("as-of"), help: "A log position, a snapshot, or a month, day or time. Default: now.")
    var asOf: MomentArgument?

    @Option(name: .long, help: "The file to write. Default: standard output.", completion: .file())
    var output: String?

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    mutating func validate() throws {
        if Export.named(kind) == nil {
            throw ValidationError("There is no export of \(kind): \(Export.all.map(\.name).joined(separator: ", ")).")
        }
    }

    mutating func run() async throws {
        guard let export = Export.named(kind) else { return }
        let logger = talk.logger()
        let database = database
        let form: ExportForm = format == .csv ? .csv(raw: raw) : .jsonLines
        let name = format.rawValue
        let (moment, output) = (asOf?.moment, output)
        let (snapshot, summary) = try await Interruption.cancels {
            try await RegistrySession.with(database, logger: logger) { registry in
                let snapshot =
                    if let moment { try await registry.snapshot(moment) } else { try await registry.currentSnapshot() }
                let writer = ResultWriter(path: output)
                try await writer.open()
                let summary = try await registry.export(export, as: form, of: snapshot) { try await writer.write($0) }
                try await writer.finish(
                    manifest: ExportManifest(export: export, snapshot: snapshot, files: [(name, summary)])
                )
                return (snapshot, summary)
            }
        }
        talk.say("\(summary.rowCount) \(export.name), snapshot \(snapshot)")
    }
}

/// Writes results to a file or to standard output, where a slow reader may make it wait.
private actor ResultWriter {
    private let executor = BlockingExecutor(label: "claimboard.export")
    private let path: String?
    private var file: OutputFile?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(path: String?) {
        self.path = path
    }

    func open() throws {
        if let path { file = try OutputFile(path: path) }
    }

    func write(_ bytes: [UInt8]) throws {
        if let file { try file.write(bytes) } else { try StandardOutput.write(bytes) }
    }

    /// Ends the file, and puts a description beside it.
    func finish(manifest: ExportManifest) throws {
        guard let path, let file else { return }
        try file.finish()
        var json = JSONWriter()
        manifest.write(to: &json)
        json.endLine()
        let beside = try OutputFile(path: path + ".manifest.json")
        try beside.write(json.bytes)
        try beside.finish()
    }
}
