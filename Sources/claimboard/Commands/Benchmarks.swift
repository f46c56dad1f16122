import API
import ArgumentParser
import Formats
import Registry

/// The list of benchmarks.
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the benchmarks that the registry knows, those with most claims first.",
        discussion: "With a search, the best matches come first; typos are forgiven."
    )

    @Argument(help: "Words of a name.")
    var search: [String] = []

    @Option(name: .long, help: "How many at most, 1 to 1000.")
    var limit = 50

    @OptionGroup var output: FormatOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    mutating func validate() throws {
        try checkLimit(limit)
    }

    mutating func run() async throws {
        let logger = talk.logger()
        let words = search.joined(separator: " ")
        let query = BenchmarkQuery(search: words.isEmpty ? nil : words, page: PageRequest(limit: limit))
        let database = database
        let page = try await Interruption.cancels {
            try await RegistrySession.with(database, logger: logger) { try await $0.benchmarks(query) }
        }
        switch output.format {
        case .table:
            var table = TextTable(columns: [
                .init("slug"), .init("name", isFlexible: true), .init("claims", .right), .init("papers", .right),
            ])
            fill(&table, page.items)
            try StandardOutput.write(table)
            if page.items.isEmpty { talk.say("No benchmark is known\(words.isEmpty ? "" : " by that name").") }
        case .csv:
            var csv = CSVWriter(columns: ["slug", "name", "claim_count", "paper_count"])
            fill(&csv, page.items)
            try StandardOutput.write(csv.bytes)
        case .markdown:
            var table = MarkdownTable(columns: [
                .init("slug"), .init("name"), .init("claims", .right), .init("papers", .right),
            ])
            fill(&table, page.items)
            try StandardOutput.write(table.text)
        case .json: try StandardOutput.write(json: page.items)
        }
    }

    private func fill(_ table: inout some TableWriter, _ items: [BenchmarkSummary]) {
        for item in items {
            table.cell(item.benchmark.slug)
            table.cell(item.benchmark.name)
            table.cell(item.claimCount)
            table.cell(item.paperCount)
            table.endRow()
        }
    }
}

/// Checks a limit on the length of a list.
///
/// - Throws: `ValidationError`.
func checkLimit(_ limit: Int) throws {
    guard (1...PageRequest.maximumLimit).contains(limit) else {
        throw ValidationError("--limit takes a number from 1 to \(PageRequest.maximumLimit), not \(limit).")
    }
}

extension StandardOutput {
    /// Writes a value as one line of JSON.
    static func write(json value: some JSONValue) throws(OutputError) {
        var json = JSONWriter()
        value.write(to: &json)
        json.endLine()
        try write(json.bytes)
    }

    /// Writes a table, as wide as the terminal where it is one.
    static func write(_ table: TextTable) throws(OutputError) {
        try write(table.rendered(width: width, isColoured: isColoured))
    }
}
