import ArgumentParser
import Claims
import Extraction
import Formats
import Registry

/// Stored papers through the extractor of today.
struct Reextract: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read stored papers anew with this version's extractor.",
        discussion: """
            Goes over the papers that an older version of the extractor read last. A record that is found again keeps its id, \
            one that is no longer found is retired, and a field that a person has set stays. The extractor also looks for \
            the benchmarks that the registry knows by now.

            Exit status: 0 done, 1 failed, 2 wrong use, 3 some papers were refused. After an interruption, all batches \
            before it are in; run it again to go on (with --all: with the --before that it names).
            """
    )

    @Flag(name: .long, help: "Also read papers anew that this version has read.")
    var all = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "With --all: only papers last read before this time, such as 2026-01-31T12:00:00Z. Default: now.",
            valueName: "time"
        )
    )
    var before: String?

    @Flag(name: .long, help: "Only tell how many papers would be read anew.")
    var dryRun = false

    @Option(name: .long, help: "How to print the outcome.")
    var format = Ingest.Format.text

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    mutating func validate() throws {
        guard let before else { return }
        if !all { throw ValidationError("--before goes with --all.") }
        if before.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z/) == nil {
            throw ValidationError("--before wants a time in UTC such as 2026-01-31T12:00:00Z, not \(before).")
        }
    }

    mutating func run() async throws {
        let command = self
        let logger = talk.logger()
        let hasRefused = try await Interruption.cancels {
            try await RegistrySession.with(command.database, logger: logger) { registry in
                try await command.run(registry)
            }
        }
        if hasRefused { throw ExitStatus.refused }
    }

    /// Returns whether papers were refused.
    private func run(_ registry: Registry) async throws -> Bool {
        var scope = ReextractionScope.outdated
        if all {
            let start = try await registry.now()
            scope = .readBefore(before ?? start)
        }
        if dryRun {
            let count = try await registry.beginReextraction(by: Extractor.version, scope: scope).count
            try StandardOutput.write(Self.plan(count, format))
            return false
        }
        do {
            let totals = try await ReextractRun(registry: registry, talk: talk).reextract(scope)
            switch format {
            case .text: try StandardOutput.write(totals.text)
            case .json: try StandardOutput.write(totals.json)
            }
            return totals.hasRefused
        } catch {
            if Task.isCancelled, case .readBefore(let time) = scope {
                talk.say("To go on: claimboard reextract --all --before \(time)")
            }
            throw error
        }
    }

    private static func plan(_ count: Int, _ format: Ingest.Format) -> [UInt8] {
        switch format {
        case .text:
            return Array("\(count) papers would be read anew by \(Extractor.version)\n".utf8)
        case .json:
            var json = JSONWriter()
            json.object { json in
                json.member("papers", count)
                json.member("extractor", Extractor.version.description)
                json.member("dry_run", true)
            }
            json.endLine()
            return json.bytes
        }
    }
}
