import API
import ArgumentParser
import Claims
import Formats
import Registry

/// One ranking.
struct Leaderboard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the ranking for a benchmark.",
        discussion: """
            Ranks scores of one metric in one unit: differences, ratios, ranges, upper bounds and averages over several \
            benchmarks never stand among them. CSV has the columns of Docs/csv.md, with values as printed.
            """
    )

    @OptionGroup var board: BoardOptions

    @Option(name: .long, help: "How many entries at most, 1 to 1000.")
    var limit = 50

    @Flag(name: .long, help: "In CSV, leave cells as they are that a spreadsheet would run as a formula.")
    var raw = false

    @OptionGroup var output: FormatOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    mutating func validate() throws {
        try checkLimit(limit)
    }

    mutating func run() async throws {
        let logger = talk.logger()
        let database = database
        let query = board.query(limit: limit)
        let page = try await Interruption.cancels {
            try await RegistrySession.with(database, logger: logger) { try await $0.leaderboard(query) }
        }
        switch output.format {
        case .csv: try StandardOutput.write(LeaderboardTable.csv(page, cells: raw ? .raw : .harmless))
        case .markdown: try StandardOutput.write(LeaderboardTable.markdown(page))
        case .json:
            var json = JSONWriter()
            page.write(to: &json, next: page.next, nextUnranked: page.nextUnranked)
            json.endLine()
            try StandardOutput.write(json.bytes)
        case .table: try printTable(page)
        }
    }

    private func printTable(_ page: BoardPage) throws {
        guard let board = page.board else {
            talk.say("\(page.benchmark.name) has no board: no paper states a score on it.")
            return
        }
        try StandardOutput.write("\(BoardText.title(page.benchmark, board).cleanedForTerminal())\n\n")
        var table = TextTable(columns: [
            .init("#", .right), .init("model", isFlexible: true), .init("value", .right), .init("size", .right),
            .init("published"), .init("code"), .init("paper", isFlexible: true), .init("evidence", isFlexible: true),
        ])
        for entry in page.entries { add(entry, of: board, to: &table) }
        try StandardOutput.write(table)
        if page.next != nil { talk.say("More with a larger --limit.") }
        try printUnranked(page.unranked, of: board)
        let others = page.boards.filter { $0.id != board.id }
        if !others.isEmpty {
            let names = others.map(BoardText.name).joined(separator: "; ").cleanedForTerminal()
            try StandardOutput.write("\nOther boards: \(names)\n")
        }
    }

    private func printUnranked(_ entries: [BoardEntry], of board: Board) throws {
        guard !entries.isEmpty else { return }
        try StandardOutput.write("\nWithout a rank (ranges, upper bounds, averages over several benchmarks):\n\n")
        var table = TextTable(columns: [
            .init("", .right), .init("model", isFlexible: true), .init("value", .right), .init("size", .right),
            .init("published"), .init("code"), .init("paper", isFlexible: true), .init("evidence", isFlexible: true),
        ])
        for entry in entries { add(entry, of: board, to: &table) }
        try StandardOutput.write(table)
    }

    private func add(_ entry: BoardEntry, of board: Board, to table: inout TextTable) {
        table.cell(entry.rank)
        table.cell(entry.model?.name ?? entry.subject)
        table.cell(BoardText.value(entry, unit: board.unit))
        table.cell(entry.parameters.map(BoardText.size))
        table.cell(entry.reportedByPaper.published?.description)
        table.cell(entry.codeLinks.isEmpty ? nil : "yes")
        table.cell(entry.reportedByPaper.title)
        table.cell(entry.evidence.text)
        table.endRow()
    }
}
