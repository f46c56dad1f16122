import API
import ArgumentParser
import Claims
import Formats
import Registry

/// The best there is on a benchmark.
struct SOTA: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sota",
        abstract: "Print the best claimed results on a benchmark, and what papers say of themselves.",
        discussion:
            "One line for each metric and unit: which model, how large, in which paper, and the words that say so."
    )

    @OptionGroup var board: BoardOptions
    @OptionGroup var output: FormatOptions
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    mutating func run() async throws {
        let logger = talk.logger()
        let database = database
        let query = board.query()
        let report = try await Interruption.cancels {
            try await RegistrySession.with(database, logger: logger) { try await $0.sota(query) }
        }
        switch output.format {
        case .json: try StandardOutput.write(json: report)
        case .csv:
            var csv = CSVWriter(columns: [
                "benchmark", "metric", "unit", "direction", "value", "model", "parameters", "published", "paper_id",
                "paper_title", "paper_url", "code_url", "evidence", "confidence", "claim_id", "tie_count",
            ])
            for best in report.best { add(best, of: report.benchmark, to: &csv) }
            try StandardOutput.write(csv.bytes)
        case .markdown:
            var table = MarkdownTable(columns: [
                .init("metric"), .init("value", .right), .init("model"), .init("size", .right), .init("published"),
                .init("paper"), .init("evidence"),
            ])
            fill(&table, report)
            try StandardOutput.write(table.text)
        case .table: try printTable(report)
        }
    }

    private func printTable(_ report: SOTAReport) throws {
        try StandardOutput.write("\(report.benchmark.name.cleanedForTerminal())\n\n")
        if report.best.isEmpty {
            talk.say("No paper states a score on it.")
        } else {
            var table = TextTable(columns: [
                .init("metric"), .init("best", .right), .init("model", isFlexible: true), .init("size", .right),
                .init("published"), .init("paper", isFlexible: true), .init("evidence", isFlexible: true),
            ])
            fill(&table, report)
            try StandardOutput.write(table)
        }
        guard !report.statements.isEmpty else { return }
        try StandardOutput.write("\nStatements about the state of the art:\n\n")
        var table = TextTable(columns: [
            .init("strength"), .init("model", isFlexible: true), .init("paper", isFlexible: true),
            .init("evidence", isFlexible: true),
        ])
        for statement in report.statements {
            table.cell(statement.statement.strength.rawValue)
            table.cell(statement.model?.name ?? statement.statement.subject)
            table.cell(statement.paper.title)
            table.cell(statement.statement.evidence.text)
            table.endRow()
        }
        try StandardOutput.write(table)
    }

    private func fill(_ table: inout some TableWriter, _ report: SOTAReport) {
        for best in report.best {
            table.cell(BoardText.name(best.board))
            table.cell(BoardText.value(best.entry, unit: best.board.unit))
            table.cell(best.entry.model?.name ?? best.entry.subject)
            table.cell(best.entry.parameters.map(BoardText.size))
            table.cell(best.entry.reportedByPaper.published?.description)
            table.cell(best.entry.reportedByPaper.title)
            table.cell(best.entry.evidence.text)
            table.endRow()
        }
    }

    private func add(_ best: SOTAEntry, of benchmark: BenchmarkReference, to csv: inout CSVWriter) {
        csv.cell(benchmark.slug)
        csv.cell(best.board.metric?.slug)
        csv.cell(best.board.unit)
        csv.cell(best.board.direction.rawValue)
        csv.cell(best.entry.value)
        csv.cell(best.entry.model?.name ?? best.entry.subject)
        csv.cell(best.entry.parameters.map(Int.init))
        csv.cell(best.entry.reportedByPaper.published?.description)
        csv.cell(Int(best.entry.reportedByPaper.id))
        csv.cell(best.entry.reportedByPaper.title)
        csv.cell(best.entry.reportedByPaper.url)
        csv.cell(best.entry.codeLinks.first)
        csv.cell(best.entry.evidence.text)
        csv.cell(best.entry.confidence.description)
        csv.cell(Int(best.entry.claimID))
        csv.cell(best.tieCount)
        csv.endRow()
    }
}
